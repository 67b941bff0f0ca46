//! Asks whether an item exists.

use std::{fmt, marker::PhantomData};

use aws_sdk_dynamodb::operation::get_item::builders::GetItemInputBuilder;

use super::{
    Context, Request, WriteRequest,
    item::{self, key_of},
    update::require_present,
    write::{Act, Current, ItemWrite, Plan, Rule},
};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation},
    expr::{Condition, Names},
    key::{KeyError, PrimaryKey},
    table::Table,
};

/// Asks whether an item exists and has not expired; reads its key, type and TTL only.
///
/// DynamoDB charges for the whole item. Eventually consistent unless [`consistent`](Self::consistent) is called. In a
/// transaction it is a condition of the whole: nothing is written if there is no such item.
#[must_use = "a request does nothing until it is sent"]
pub struct Exists<E> {
    key: Result<PrimaryKey, KeyError>,
    consistent: bool,
    entity: PhantomData<fn() -> E>,
}

request_traits!(Exists<E> { key, consistent, entity } as "Exists");

impl<E: Entity> Exists<E> {
    #[doc(hidden)]
    pub fn new(key: Result<PrimaryKey, KeyError>) -> Self {
        Self { key, consistent: false, entity: PhantomData }
    }

    /// Sees what the last successful write left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// The item exists and fulfils this: for a transaction.
    pub fn when(self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Check<E> {
        Check { key: self.key, condition: condition(E::__fields()) }
    }
}

impl<E: Entity> Request for Exists<E> {
    type Table = E::Table;
    type Output = bool;
    type Sdk = GetItemInputBuilder;

    fn build(self, context: &Context) -> Result<GetItemInputBuilder, Error> {
        let table = E::Table::SCHEMA.table;
        let mut names = Names::default();
        let mut wanted = vec![names.add("#pk", table.key.partition), names.add("#type", table.type_attribute)];
        wanted.extend(table.ttl.map(|ttl| names.add("#ttl", ttl)));
        let key = key_of::<E>(self.key, Operation::Exists)?;
        Ok(GetItemInputBuilder::default()
            .table_name(&context.table)
            .set_key(Some(key))
            .projection_expression(wanted.join(", "))
            .set_expression_attribute_names(names.into_sdk())
            .set_consistent_read(self.consistent.then_some(true)))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<bool, Error> {
        let context = db.context();
        let request = self.build(&context)?;
        let output = db.send(request, Call::new(Some(E::SCHEMA.name), Operation::Exists)).await?;
        let Some(found) = output.item.filter(|found| !item::is_expired(E::Table::SCHEMA, found, context.now)) else {
            return Ok(false);
        };
        match item::check_type(E::Table::SCHEMA, E::SCHEMA, &found, Operation::Exists)? {
            None => Ok(true),
            Some(other) => Err(Error::Decode(other)),
        }
    }
}

impl<E: Entity> WriteRequest for Exists<E> {
    type Entity = E;

    fn plan(self, context: &Context, _: &Current) -> Result<Plan, Error> {
        plan::<E>(self.key, None, context)
    }
}

/// That an item exists and fulfils a condition, as a part of a transaction.
#[must_use = "a condition does nothing until its transaction is sent"]
pub struct Check<E> {
    key: Result<PrimaryKey, KeyError>,
    condition: Condition<E>,
}

request_traits!(Check<E> { key, condition });

impl<E: Entity> Check<E> {
    /// And this too.
    pub fn when(self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        Self { key: self.key, condition: self.condition.and(condition(E::__fields())) }
    }
}

impl<E: Entity> fmt::Debug for Check<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity> WriteRequest for Check<E> {
    type Entity = E;

    fn plan(self, context: &Context, _: &Current) -> Result<Plan, Error> {
        plan::<E>(self.key, Some(self.condition), context)
    }
}

fn plan<E: Entity>(
    key: Result<PrimaryKey, KeyError>,
    condition: Option<Condition<E>>,
    context: &Context,
) -> Result<Plan, Error> {
    let key = key_of::<E>(key, Operation::Exists)?;
    let mut write = ItemWrite::new::<E>(Operation::Exists, context, Act::Check(key), Rule::Present);
    require_present::<E>(&mut write, context);
    write.require_condition(condition)?;
    Ok(Plan::alone(write.checked()?))
}
