//! One query for all members of a collection.

use std::marker::PhantomData;

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;

use super::Collection;
use crate::{
    error::{Error, Operation},
    expr::{Terms, live},
    key::KeyError,
    op::{Asked, Call, Context, item::is_expired, key_expression, traits::request_traits, write::HELD_TYPE},
    page::{Cursor, Digest, Seen, Target, Walk},
    schema::FieldRole,
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// What both forms of a collection read.
pub(super) struct Reading<C, S> {
    /// The text of the partition key.
    pub(super) partition: Result<String, KeyError>,
    pub(super) descending: bool,
    pub(super) consistent: bool,
    pub(super) limit: Option<usize>,
    pub(super) after: Option<Cursor>,
    collection: PhantomData<fn() -> (C, S)>,
}

request_traits!(Reading<C, S> { partition, descending, consistent, limit, after, collection });

impl<C, S> Reading<C, S> {
    pub(super) fn new(partition: Result<String, KeyError>) -> Self {
        Self { partition, descending: false, consistent: false, limit: None, after: None, collection: PhantomData }
    }
}

impl<C: Collection, S: Send + Sync + 'static> Walk for Reading<C, S> {
    type Table = C::Table;
    type Output = C::Met;

    const NAME: &'static str = C::SCHEMA.name;

    fn index(&self) -> Option<&'static str> {
        C::SCHEMA.index
    }

    fn target(&self) -> Result<Target<'_>, Error> {
        let partition = self.partition.as_ref().map_err(|error| error.clone().during(Operation::Query))?;
        Ok(Target::Composed { key: C::SCHEMA.key(), partition, condition: C::SCHEMA.condition() })
    }

    fn cursor(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }

    fn total(&self) -> Option<usize> {
        self.limit
    }

    fn is_descending(&self) -> bool {
        self.descending
    }

    fn call(&self, context: &Context, call: Call) -> Result<QueryInputBuilder, Error> {
        let partition = self.partition.as_ref().map_err(|error| error.clone().during(Operation::Query))?;
        let mut terms = Terms::default();
        let text = key_expression(C::SCHEMA.key(), partition, C::SCHEMA.condition(), &mut terms);
        // Others than the members are not filtered out: those that the table does not have are counted.
        let expires = C::SCHEMA.members.iter().any(|member| member.has(FieldRole::Ttl));
        let filter = C::Table::SCHEMA.table.ttl.filter(|_| expires).map(|ttl| {
            let Terms { names, values } = &mut terms;
            live(ttl, context.now, names, values)
        });
        let (descending, consistent) = (self.descending, self.consistent);
        Ok(Asked { index: C::SCHEMA.index, text, filter, terms, descending, consistent }.input(context, call))
    }

    fn digest_types(&self, digest: &mut Digest) {
        // In whatever order the members are declared, the query is the same.
        let mut names: Vec<&str> = C::SCHEMA.members.iter().map(|member| member.type_name).collect();
        names.sort_unstable();
        digest.text("collection");
        for name in names {
            digest.text(name);
        }
        digest.text("");
    }

    fn digest_filter(&self, _: &mut Digest) -> Result<(), Error> {
        Ok(())
    }

    fn meet(&self, item: Item, now: Timestamp) -> Result<Seen<C::Met>, Error> {
        let schema = C::Table::SCHEMA;
        if is_expired(schema, &item, now) {
            return Ok(Seen::Passed);
        }
        let Some(name) = item.get(schema.table.type_attribute).and_then(|value| value.as_s().ok()) else {
            return Ok(Seen::Unknown);
        };
        if let Some(member) = C::SCHEMA.members.iter().position(|member| member.type_name == name) {
            return Ok(Seen::Item(C::__meet(member, item)?));
        }
        let is_known = name == HELD_TYPE || schema.entities.iter().any(|entity| entity.type_name == name);
        Ok(if is_known { Seen::Passed } else { Seen::Unknown })
    }
}
