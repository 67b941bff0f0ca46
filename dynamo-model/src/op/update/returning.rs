//! Updates that give back the item.

use std::fmt;

use aws_sdk_dynamodb::{operation::update_item::builders::UpdateItemInputBuilder, types::ReturnValue};

use super::{OPERATION, Update};
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    op::{
        Context, Request, WriteShape,
        item::from_item,
        write::{Plan, send},
    },
};

/// An [`Update`] that gives back the item, before or after.
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateReturning<E: Entity> {
    update: Update<E>,
    values: ReturnValue,
}

impl<E: Entity> UpdateReturning<E> {
    pub(super) fn new(update: Update<E>, values: ReturnValue) -> Self {
        Self { update, values }
    }

    fn planned(self, context: &Context) -> Result<Plan, Error> {
        let mut plan = self.update.planned(context)?;
        // A second try would find what the first one wrote.
        plan.main.repeats &= self.values == ReturnValue::AllNew;
        plan.main.returning = Some(self.values);
        Ok(plan)
    }
}

impl<E: Entity> Clone for UpdateReturning<E> {
    fn clone(&self) -> Self {
        Self { update: self.update.clone(), values: self.values.clone() }
    }
}

impl<E: Entity> PartialEq for UpdateReturning<E> {
    fn eq(&self, other: &Self) -> bool {
        self.update == other.update && self.values == other.values
    }
}

impl<E: Entity> fmt::Debug for UpdateReturning<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateReturning").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity> Request for UpdateReturning<E> {
    type Table = E::Table;
    type Output = E;
    type Sdk = <E::Writes as WriteShape>::Sdk<UpdateItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(self.planned(context)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<E, Error> {
        let context = db.context();
        let item = send(db, self.planned(&context)?, context.now).await?;
        from_item(item.unwrap_or_default(), OPERATION)
    }
}
