//! Deletes one item.

use std::{fmt, marker::PhantomData};

use aws_sdk_dynamodb::{operation::delete_item::builders::DeleteItemInputBuilder, types::ReturnValue};

use super::{
    Context, Request, Returning, Versioned, WriteRequest, WriteShape,
    item::{found, key_of},
    to_item,
    write::{Act, Current, ItemWrite, Plan, Rule, follow, owner_of, send, send_over},
};
use crate::{
    db::Db,
    entity::{Entity, EntityKey as _},
    error::{Error, Operation},
    expr::Condition,
    key::{KeyError, PrimaryKey},
    lifecycle::VersionField,
    schema::FieldRole,
    table::Table,
    value::Item,
};

const OPERATION: Operation = Operation::Delete;

/// Deletes one item by its key; succeeds also if there is none.
///
/// [`version`](Self::version) and [`when`](Self::when) make it depend on what is stored. An entity with unique fields
/// is deleted by a transaction, after a read that tells which values it gives back.
#[must_use = "a request does nothing until it is sent"]
pub struct Delete<E> {
    key: Result<PrimaryKey, KeyError>,
    version: Option<u64>,
    condition: Option<Condition<E>>,
    entity: PhantomData<fn() -> E>,
}

request_traits!(Delete<E> { key, version, condition, entity } as "Delete");

impl<E: Entity> Delete<E> {
    #[doc(hidden)]
    pub fn new(key: Result<PrimaryKey, KeyError>) -> Self {
        Self { key, version: None, condition: None, entity: PhantomData }
    }

    /// Deletes only this version: [`Error::VersionConflict`] if there is another, or none.
    pub fn version(mut self, version: impl VersionField) -> Self
    where
        E: Versioned,
    {
        self.version = Some(version.get());
        self
    }

    /// Deletes only what fulfils this: [`Error::ConditionFailed`] otherwise.
    ///
    /// An item that is not there fulfils what asks for no attribute.
    pub fn when(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.condition = Some(Condition::joined(self.condition.take(), condition(E::__fields())));
        self
    }

    /// Gives back the deleted item.
    pub fn returning_old(self) -> DeleteReturning<E>
    where
        E: Entity<Writes: Returning>,
    {
        DeleteReturning(self)
    }

    fn planned(self, context: &Context, current: &Current) -> Result<Plan, Error> {
        let key = key_of::<E>(self.key, OPERATION)?;
        plan::<E>(context, key, self.version, self.condition, current)
    }
}

fn plan<E: Entity>(
    context: &Context,
    key: Item,
    version: Option<u64>,
    condition: Option<Condition<E>>,
    current: &Current,
) -> Result<Plan, Error> {
    let mut held = Vec::new();
    if !E::SCHEMA.uniques.is_empty()
        && let Some(owner) = owner_of(E::Table::SCHEMA.table, &key)
    {
        let old = current.held::<E>(OPERATION, context)?;
        held = follow::<E>(OPERATION, context, &owner, old, Vec::new(), None);
    }
    let mut main = ItemWrite::new::<E>(OPERATION, context, Act::Delete(key), Rule::Any);
    if let (Some(version), Some(attribute)) = (version, E::SCHEMA.attribute_of(FieldRole::Version)) {
        main.require_version(attribute, version);
    }
    if !E::SCHEMA.uniques.is_empty() {
        current.require(&mut main, context);
    }
    main.require_condition(condition)?;
    Ok(Plan { main: main.checked()?, held })
}

impl<E: Entity> WriteRequest for Delete<E> {
    type Entity = E;

    fn reads(&self, _: &Context) -> Result<Option<Item>, Error> {
        if E::SCHEMA.uniques.is_empty() {
            return Ok(None);
        }
        key_of::<E>(self.key.clone(), OPERATION).map(Some)
    }

    fn plan(self, context: &Context, current: &Current) -> Result<Plan, Error> {
        self.planned(context, current)
    }
}

impl<E: Entity> Request for Delete<E> {
    type Table = E::Table;
    type Output = ();
    type Sdk = <E::Writes as WriteShape>::Sdk<DeleteItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(self.planned(context, &Current::None)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<(), Error> {
        let context = db.context();
        let Some(key) = WriteRequest::reads(&self, &context)? else {
            send(db, self.planned(&context, &Current::None)?, context.now).await?;
            return Ok(());
        };
        send_over::<E>(db, key, OPERATION, &context, |current| self.clone().planned(&context, current)).await
    }
}

/// Deletes one item by its key and gives it back; `None` if there was none or it had expired.
///
/// An item that does not fit the entity is deleted all the same; the error says what was wrong with it. Where no answer
/// comes, it is not tried again, since the second try would find nothing: [`Error::OutcomeUnknown`].
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteReturning<E>(Delete<E>);

request_traits!(DeleteReturning<E> { 0 } as "DeleteReturning");

impl<E: Entity> DeleteReturning<E> {
    fn planned(self, context: &Context) -> Result<Plan, Error> {
        let mut plan = self.0.planned(context, &Current::None)?;
        plan.main.returning = Some(ReturnValue::AllOld);
        plan.main.repeats = false;
        Ok(plan)
    }
}

impl<E: Entity> Request for DeleteReturning<E> {
    type Table = E::Table;
    type Output = Option<E>;
    type Sdk = <E::Writes as WriteShape>::Sdk<DeleteItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(self.planned(context)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<Option<E>, Error> {
        let context = db.context();
        let deleted = send(db, self.planned(&context)?, context.now).await?;
        found(deleted, context.now, OPERATION)
    }
}

/// Deletes the item of a value, if it still is that value's version, and has its unique values.
#[derive(Clone, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct Remove<E> {
    entity: E,
    condition: Option<Condition<E>>,
}

impl<E: Entity> Remove<E> {
    pub(crate) fn new(entity: E) -> Self {
        Self { entity, condition: None }
    }

    /// Deletes only what fulfils this: [`Error::ConditionFailed`] otherwise.
    pub fn when(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.condition = Some(Condition::joined(self.condition.take(), condition(E::__fields())));
        self
    }
}

impl<E> fmt::Debug for Remove<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remove").finish_non_exhaustive()
    }
}

impl<E: Entity> WriteRequest for Remove<E> {
    type Entity = E;

    fn plan(self, context: &Context, _: &Current) -> Result<Plan, Error> {
        let key = key_of::<E>(self.entity.key().to_primary(), OPERATION)?;
        let current = if E::SCHEMA.uniques.is_empty() {
            Current::None
        } else {
            Current::Stored(to_item(&self.entity, OPERATION)?)
        };
        plan::<E>(context, key, self.entity.__version(), self.condition, &current)
    }
}

impl<E: Entity> Request for Remove<E> {
    type Table = E::Table;
    type Output = ();
    type Sdk = <E::Writes as WriteShape>::Sdk<DeleteItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(WriteRequest::plan(self, context, &Current::None)?))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<(), Error> {
        let context = db.context();
        send(db, WriteRequest::plan(self, &context, &Current::None)?, context.now).await?;
        Ok(())
    }
}
