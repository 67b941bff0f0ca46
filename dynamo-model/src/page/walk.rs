//! What a pager walks through.

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;

use super::{Cursor, Target, digest::Digest};
use crate::{
    db::{Capacity, Db},
    entity::Entity,
    error::{Error, Operation},
    expr::{ExpressionError, Terms},
    op::{Call, Context, Met, Query, meet},
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// A query that has pages: what it asks for, and what it makes of the items that it meets.
pub(crate) trait Walk: Send + Sync + 'static {
    /// The table that it reads.
    type Table: Table;

    /// What it makes of an item.
    type Output: Send;

    /// What it reads, for errors and spans: an entity or a collection.
    const NAME: &'static str;

    /// The index that it reads; `None` for the table itself.
    fn index(&self) -> Option<&'static str>;

    /// The key that it reads by, and the condition on it.
    fn target(&self) -> Result<Target<'_>, Error>;

    /// Where it begins.
    fn cursor(&self) -> Option<&Cursor>;

    /// How many items it gives; `None` is all.
    fn total(&self) -> Option<usize>;

    fn is_descending(&self) -> bool;

    /// One call of DynamoDB.
    fn call(&self, context: &Context, call: Call) -> Result<QueryInputBuilder, Error>;

    /// Takes in the type names of the items that it gives.
    fn digest_types(&self, digest: &mut Digest);

    /// Takes in what the items are filtered by.
    fn digest_filter(&self, digest: &mut Digest) -> Result<(), Error>;

    /// What is sorted in place of the items of a call, in their order: the items themselves, unless others are fetched for
    /// them, which adds to what the page cost.
    fn complete(
        &self,
        items: Vec<Item>,
        _: &Db<Self::Table>,
        _: &mut Option<Capacity>,
    ) -> impl Future<Output = Result<Vec<Entry>, Error>> + Send {
        std::future::ready(Ok(items.into_iter().map(Entry::of).collect()))
    }

    /// Sorts an item that it met.
    fn meet(&self, item: Item, now: Timestamp) -> Result<Seen<Self::Output>, Error>;

    /// The first call that a page makes: one item more than wanted tells whether a next page exists.
    fn first_call(&self, context: &Context) -> Result<QueryInputBuilder, Error>
    where
        Self: Sized,
    {
        let start = self.cursor().map(|cursor| cursor.start(self, context)).transpose()?;
        let limit = self.total().map(|limit| limit.saturating_add(1));
        self.call(context, Call { start, limit, count: false, backwards: false })
    }
}

/// An item that a query met.
pub(crate) struct Entry {
    /// Where it lies on the index, where the item itself is from the table.
    pub(crate) place: Option<Item>,
    pub(crate) item: Item,
}

impl Entry {
    /// What the index, or the table, holds.
    pub(crate) fn of(item: Item) -> Self {
        Self { place: None, item }
    }

    /// The key attributes of its place.
    pub(super) fn place(&self) -> &Item {
        self.place.as_ref().unwrap_or(&self.item)
    }
}

/// What an item turned out to be.
pub(crate) enum Seen<T> {
    /// One to give.
    Item(T),
    /// One to pass over.
    Passed,
    /// One of a type that the table does not have.
    Unknown,
}

impl<E: Entity, S: Send + Sync + 'static> Walk for Query<E, S> {
    type Table = E::Table;
    type Output = E;

    const NAME: &'static str = E::SCHEMA.name;

    fn index(&self) -> Option<&'static str> {
        self.index()
    }

    fn target(&self) -> Result<Target<'_>, Error> {
        self.target()
    }

    fn cursor(&self) -> Option<&Cursor> {
        self.cursor()
    }

    fn total(&self) -> Option<usize> {
        self.total()
    }

    fn is_descending(&self) -> bool {
        self.is_descending()
    }

    fn call(&self, context: &Context, call: Call) -> Result<QueryInputBuilder, Error> {
        self.call(context, call)
    }

    fn digest_types(&self, digest: &mut Digest) {
        digest.text(E::SCHEMA.type_name);
    }

    fn digest_filter(&self, digest: &mut Digest) -> Result<(), Error> {
        let Some(filter) = self.filter() else { return Ok(()) };
        let mut terms = Terms::default();
        let during = |kind| ExpressionError::new(E::SCHEMA.name, Operation::Query, kind);
        digest.text(&terms.condition(filter.node(), "").map_err(during)?);
        // The text has placeholders in their place.
        terms.names.in_order().for_each(|name| digest.text(name));
        for value in terms.values.in_order() {
            digest.value(value);
        }
        Ok(())
    }

    fn meet(&self, item: Item, now: Timestamp) -> Result<Seen<E>, Error> {
        Ok(match meet(item, now, Operation::Query)? {
            Met::Entity(entity) => Seen::Item(entity),
            Met::Expired | Met::Other(_) => Seen::Passed,
        })
    }
}
