//! Writes a new item.

use std::fmt;

use aws_sdk_dynamodb::operation::put_item::builders::PutItemInputBuilder;

use super::{
    Context, Request,
    put::{put_item, write},
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation, Refused},
    expr::{Names, Values, unless_live},
    stamp::Stamp,
    table::Table,
};

/// Writes a value as a new item; fails with [`Error::AlreadyExists`] if its key is taken.
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

    fn prepare(mut self, context: &Context) -> Result<(E, PutItemInputBuilder), Error> {
        self.0.__stamp(&Stamp::create(context.now));
        let mut names = Names::default();
        let mut values = Values::default();
        let condition = unless_live(E::Table::SCHEMA.table, context, &mut names, &mut values);
        let request = put_item(&self.0, Operation::Create, context)?
            .condition_expression(condition)
            .set_expression_attribute_names(names.into_sdk())
            .set_expression_attribute_values(values.into_sdk());
        Ok((self.0, request))
    }
}

impl<E> fmt::Debug for Create<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Create").finish_non_exhaustive()
    }
}

impl<E: Entity> Request for Create<E> {
    type Table = E::Table;
    /// The value as it was written, lifecycle fields included.
    type Output = E;
    type Sdk = PutItemInputBuilder;

    fn build(self, context: &Context) -> Result<PutItemInputBuilder, Error> {
        Ok(self.prepare(context)?.1)
    }

    async fn send(self, db: &Db<E::Table>) -> Result<E, Error> {
        write(self.prepare(&db.context())?, db, Operation::Create, Refused::Exists).await
    }
}
