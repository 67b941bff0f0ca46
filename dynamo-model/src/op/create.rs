//! Writes a new item.

use std::fmt;

use aws_sdk_dynamodb::operation::put_item::builders::PutItemInputBuilder;

use super::{
    Context, Request, WriteRequest, WriteShape,
    item::key_texts,
    to_item,
    write::{Act, Current, ItemWrite, Plan, Rule, follow, held_by, send},
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    expr::unless_live,
    stamp::Stamp,
    table::Table,
};

/// Writes a value as a new item; fails with [`Error::AlreadyExists`] if its key is taken, and with
/// [`Error::NotUnique`] if another item has its unique values.
///
/// Sets the `created_at` and `updated_at` fields to the time of the write and the `version` to 1. An item that has
/// expired and is not deleted yet does not stand in the way.
#[derive(Clone, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct Create<E>(E);

impl<E: Entity> Create<E> {
    pub(crate) fn new(entity: E) -> Self {
        Self(entity)
    }

    fn prepare(mut self, context: &Context) -> Result<(E, Plan), Error> {
        const OPERATION: Operation = Operation::Create;
        self.0.__stamp(&Stamp::create(context.now));
        let item = to_item(&self.0, OPERATION)?;
        let held = held_by(&self.0).map_err(|error| error.during(OPERATION))?;
        let table = E::Table::SCHEMA.table;
        let held = if held.is_empty() {
            Vec::new()
        } else {
            let owner = key_texts(&self.0, OPERATION)?;
            follow::<E>(OPERATION, context, &owner, Vec::new(), held, table.ttl.and_then(|ttl| item.get(ttl)))
        };
        let mut main = ItemWrite::new::<E>(OPERATION, context, Act::Put(item), Rule::Absent);
        let free = unless_live(table, context, &mut main.terms.names, &mut main.terms.values);
        main.require(free);
        Ok((self.0, Plan { main, held }))
    }
}

impl<E> fmt::Debug for Create<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Create").finish_non_exhaustive()
    }
}

impl<E: Entity> WriteRequest for Create<E> {
    type Entity = E;

    fn plan(self, context: &Context, _: &Current) -> Result<Plan, Error> {
        Ok(self.prepare(context)?.1)
    }
}

impl<E: Entity> Request for Create<E> {
    type Table = E::Table;
    /// The value as it was written, lifecycle fields included.
    type Output = E;
    type Sdk = <E::Writes as WriteShape>::Sdk<PutItemInputBuilder>;

    fn build(self, context: &Context) -> Result<Self::Sdk, Error> {
        Ok(E::Writes::sdk(self.prepare(context)?.1))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<E, Error> {
        let context = db.context();
        let (written, plan) = self.prepare(&context)?;
        send(db, plan, context.now).await?;
        Ok(written)
    }
}
