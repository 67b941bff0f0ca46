//! Reads a partition page by page.

use std::fmt;

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;
use futures_util::stream::{self, Stream, TryStreamExt as _};

use super::{Collection, reading::Reading};
use crate::{
    db::{Capacity, Db},
    error::Error,
    key::KeyError,
    op::{
        ConsistentSource, Context, Local,
        traits::{explained, request_traits},
    },
    page::{Cursor, Page, Pager, Walk as _},
};

/// Reads the items of an enum with `#[derive(Collection)]` that lie in one partition, in the order of their sort keys.
///
/// Items of the table's other entities, and of types that it does not have, are passed over, and what has expired is
/// gone. `S` says where it reads: [`Local`] or [`Global`](crate::op::Global).
#[must_use = "a request does nothing until it is sent"]
pub struct CollectionQuery<C, S = Local>(Reading<C, S>);

/// A page of a collection.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CollectionPage<C> {
    /// The items, in the query's order.
    pub items: Vec<C>,
    /// How many items of a type that the table does not have, or of none, were passed on the way to the page's end.
    ///
    /// A newer program may have written them. Each is counted on one page.
    pub unknown: usize,
    /// Where the next page begins: give it to [`after`](CollectionQuery::after). `None` on the last page.
    ///
    /// With a limit it is exact; without one, DynamoDB may name a next page that turns out to be empty.
    pub next: Option<Cursor>,
    /// Where the page before ends: give it to [`page_before`](CollectionQuery::page_before). `None` on the first page, and
    /// on an empty one.
    pub previous: Option<Cursor>,
    /// What the page cost, where the `Db` has a [`Meter`](crate::db::Meter).
    pub capacity: Option<Capacity>,
}

request_traits!(CollectionQuery < C, S > { 0 });

impl<C: Collection, S> fmt::Debug for CollectionQuery<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollectionQuery").field("collection", &C::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<C: Collection<Met = C>, S: Send + Sync + 'static> CollectionQuery<C, S> {
    #[doc(hidden)]
    pub fn new(partition: Result<String, KeyError>) -> Self {
        Self(Reading::new(partition))
    }

    /// Reads from the largest sort key down.
    pub fn descending(mut self) -> Self {
        self.0.descending = true;
        self
    }

    /// Sees what the last successful writes left, at twice the cost; not for a global index.
    pub fn consistent(mut self) -> Self
    where
        S: ConsistentSource,
    {
        self.0.consistent = true;
        self
    }

    /// Gives at most this many items of the members, whatever DynamoDB has to read for them: a page's size, or the total
    /// for [`all`](Self::all) and [`stream`](Self::stream).
    pub fn limit(mut self, items: usize) -> Self {
        self.0.limit = Some(items);
        self
    }

    /// Continues behind a page of the same query: give it the page's `next`.
    pub fn after(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.0.after = cursor.into();
        self
    }

    explained!(
        QueryInputBuilder,
        C::Table,
        "the first call of [`page`](Self::page)",
        "[`Error::Key`] if a part of the partition key does not fit; [`Error::Cursor`] if the cursor is of another query."
    );

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    pub fn build(self, context: &Context) -> Result<QueryInputBuilder, Error> {
        self.0.first_call(context)
    }

    /// Reads one page: [`limit`](Self::limit) items unless there are no more, or what DynamoDB reads in one call
    /// (up to 1 MB) if no limit is set.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] and [`Error::Cursor`] before anything is sent; [`Error::Decode`] if a member's item cannot be read;
    /// the failures of the SDK and the service.
    pub async fn page(self, db: &Db<C::Table>) -> Result<CollectionPage<C>, Error> {
        Ok(CollectionPage::of(Pager::new(self.0, db.clone())?.page().await?))
    }

    /// Reads the page that ends before the cursor, in the query's order: give it a page's `previous`.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn page_before(self, cursor: Cursor, db: &Db<C::Table>) -> Result<CollectionPage<C>, Error> {
        let query = self.after(cursor);
        Ok(CollectionPage::of(Pager::new(query.0, db.clone())?.page_before().await?))
    }

    /// Reads all items, page after page.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn all(self, db: &Db<C::Table>) -> Result<Vec<C>, Error> {
        Pager::new(self.0, db.clone())?.all().await
    }

    /// Reads the first item only.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn first(self, db: &Db<C::Table>) -> Result<Option<C>, Error> {
        Ok(self.limit(1).all(db).await?.pop())
    }

    /// Reads the items as a stream, which fetches the next page when the one before is used up.
    ///
    /// The stream's items fail as [`page`](Self::page) does.
    pub fn stream(self, db: &Db<C::Table>) -> impl Stream<Item = Result<C, Error>> + Send + 'static + use<C, S> {
        let pager = Pager::new(self.0, db.clone());
        stream::once(std::future::ready(pager)).map_ok(Pager::stream).try_flatten()
    }
}

impl<C> CollectionPage<C> {
    fn of((page, unknown): (Page<C>, usize)) -> Self {
        let Page { items, next, previous, capacity } = page;
        Self { items, unknown, next, previous, capacity }
    }
}
