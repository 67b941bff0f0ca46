//! Updates that are done once, however often they have to be tried.

use std::fmt;

use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsInputBuilder;

use super::Update;
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    op::{Context, Request, Transaction, write::send_as_transaction},
};

/// An [`Update`] as a transaction of its own: done once, however often it has to be tried.
#[must_use = "a request does nothing until it is sent"]
pub struct ExactlyOnce<E: Entity>(Update<E>);

impl<E: Entity> ExactlyOnce<E> {
    pub(super) fn new(update: Update<E>) -> Self {
        Self(update)
    }
}

impl<E: Entity> fmt::Debug for ExactlyOnce<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactlyOnce").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity> Request for ExactlyOnce<E> {
    type Table = E::Table;
    type Output = ();
    type Sdk = TransactWriteItemsInputBuilder;

    fn build(self, context: &Context) -> Result<TransactWriteItemsInputBuilder, Error> {
        Transaction::new().and(self.0).build(context)
    }

    async fn send(self, db: &Db<E::Table>) -> Result<(), Error> {
        let context = db.context();
        let plan = self.0.planned(&context)?;
        send_as_transaction(db, plan, context.now).await
    }
}
