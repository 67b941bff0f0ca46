//! Reads one item by its key.

use std::{fmt, marker::PhantomData};

use aws_sdk_dynamodb::operation::get_item::builders::GetItemInputBuilder;

use super::{
    Context, Request,
    item::{found, key_of},
    projected::{places, projected, projection},
};
use crate::{
    db::{Call, Db},
    entity::Entity,
    error::{Error, Operation},
    expr::{Selection, Terms},
    key::{KeyError, PrimaryKey},
    projection::Projection,
    table::Table,
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

    /// Reads only these fields: `.project(|t| (t.title(), t.points()))`. DynamoDB charges for the whole item.
    pub fn project<P: Selection<E>>(self, fields: impl FnOnce(E::Fields) -> P) -> GetFields<E, P> {
        GetFields { get: self, fields: fields(E::__fields()) }
    }

    /// Reads only the fields of this struct, which has `#[derive(Projection)]`. DynamoDB charges for the whole item.
    pub fn select<P: Projection<E>>(self) -> GetFields<E, P::Fields> {
        GetFields { get: self, fields: P::Fields::default() }
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

/// A [`Get`] of a few fields; gives `None` if there is no item or it has expired.
#[must_use = "a request does nothing until it is sent"]
pub struct GetFields<E, P> {
    get: Get<E>,
    fields: P,
}

impl<E: Entity, P> fmt::Debug for GetFields<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GetFields").field(&self.get).finish()
    }
}

impl<E: Entity, P: Selection<E>> GetFields<E, P> {
    fn request(&self, context: &Context) -> Result<GetItemInputBuilder, Error> {
        let mut terms = Terms::default();
        let projection = projection(E::Table::SCHEMA.table, &places(&self.fields), &mut terms);
        Ok(self
            .get
            .clone()
            .build(context)?
            .projection_expression(projection)
            .set_expression_attribute_names(terms.names.into_sdk()))
    }
}

impl<E: Entity, P: Selection<E>> Request for GetFields<E, P> {
    type Table = E::Table;
    type Output = Option<P::Output>;
    type Sdk = GetItemInputBuilder;

    fn build(self, context: &Context) -> Result<GetItemInputBuilder, Error> {
        self.request(context)
    }

    async fn send(self, db: &Db<E::Table>) -> Result<Option<P::Output>, Error> {
        let context = db.context();
        let output = db.send(self.request(&context)?, Call::new(Some(E::SCHEMA.name), Operation::Get)).await?;
        let found = output.item.map(|item| projected::<E, P>(&self.fields, &item, context.now, Operation::Get));
        Ok(found.transpose()?.flatten())
    }
}
