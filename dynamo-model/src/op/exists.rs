//! Asks whether an item exists.

use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::get_item::builders::GetItemInputBuilder;

use super::{
    Context, Request,
    item::{self, key_of},
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    expr::Names,
    key::{KeyError, PrimaryKey},
    table::Table,
};

/// Asks whether an item exists and has not expired; reads its key, type and TTL only.
///
/// DynamoDB charges for the whole item. Eventually consistent unless [`consistent`](Self::consistent) is called.
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
        let output =
            request.send_with(db.client()).await.map_err(|error| db.classify::<E>(Operation::Exists).error(error))?;
        let Some(found) = output.item.filter(|found| !item::is_expired(E::Table::SCHEMA, found, context.now)) else {
            return Ok(false);
        };
        match item::check_type(E::Table::SCHEMA, E::SCHEMA, &found, Operation::Exists)? {
            None => Ok(true),
            Some(other) => Err(Error::Decode(other)),
        }
    }
}
