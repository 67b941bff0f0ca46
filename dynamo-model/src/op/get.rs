//! Reads one item by its key.

use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::get_item::builders::GetItemInputBuilder;

use super::{
    Context, Request,
    item::{found, key_of},
};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation},
    key::{KeyError, PrimaryKey},
};

/// Reads one item by its key; gives `None` if there is none or it has expired.
///
/// Eventually consistent unless [`consistent`](Self::consistent) is called.
#[must_use = "a request does nothing until it is sent"]
pub struct Get<E> {
    key: Result<PrimaryKey, KeyError>,
    consistent: bool,
    entity: PhantomData<fn() -> E>,
}

request_traits!(Get<E> { key, consistent, entity } as "Get");

impl<E: Entity> Get<E> {
    #[doc(hidden)]
    pub fn new(key: Result<PrimaryKey, KeyError>) -> Self {
        Self { key, consistent: false, entity: PhantomData }
    }

    /// Reads what the last successful write left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }
}

impl<E: Entity> Get<E> {
    pub(crate) fn key(&self, operation: Operation) -> Result<crate::value::Item, Error> {
        key_of::<E>(self.key.clone(), operation)
    }
}

impl<E: Entity> Request for Get<E> {
    type Table = E::Table;
    type Output = Option<E>;
    type Sdk = GetItemInputBuilder;

    fn build(self, context: &Context) -> Result<GetItemInputBuilder, Error> {
        let key = key_of::<E>(self.key, Operation::Get)?;
        Ok(GetItemInputBuilder::default()
            .table_name(&context.table)
            .set_key(Some(key))
            .set_consistent_read(self.consistent.then_some(true)))
    }

    async fn send(self, db: &Db<E::Table>) -> Result<Option<E>, Error> {
        let context = db.context();
        let request = self.build(&context)?;
        let output = db.send(request, Call::new(Some(E::SCHEMA.name), Operation::Get)).await?;
        found(output.item, context.now, Operation::Get)
    }
}
