//! What every query of spread items can do.

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;
use futures_util::stream::{self, Stream, TryStreamExt as _};

use super::Spread;
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    explain::Explanation,
    expr::Condition,
    op::{ConsistentSource, Context, QueryRequest as _, SdkRequest},
    page::{Cursor, Fan, Page, SpreadPager},
    table::Table,
};

/// What every query of spread items can do, whichever of its sort-key parts are given.
///
/// Items whose partition key has a shard (`{id:shard(16)}`) or a period (`{at:day}`) lie in several partitions. The query
/// reads all of them, a few at a time, and gives their items in the order of the sort key: period by period, and within
/// a period merged from its shards. Items with the same sort key come in the order of their shards, `descending` or not.
///
/// With a limit it asks each shard of a period for as many items, since all of them may lie in one: a page of 20 items
/// from 16 shards reads up to 336. It holds what one call to each of those gives, up to 1 MB a shard.
///
/// Implemented by [`Spread`] and by the steps that the derive generates.
#[must_use = "a request does nothing until it is sent"]
pub trait SpreadRequest: Sized {
    /// The entity that is read.
    type Entity: Entity;

    /// Where it is read: [`Local`](crate::op::Local) or [`Global`](crate::op::Global).
    type Source: Send + Sync + 'static;

    /// The query with no further sort-key parts.
    fn into_spread(self) -> Spread<Self::Entity, Self::Source>;

    /// Reads from the largest sort key down: the newest first, where the key begins with a time.
    fn descending(self) -> Spread<Self::Entity, Self::Source> {
        self.into_spread().each(crate::op::QueryRequest::descending)
    }

    /// Sees what the last successful write left, at twice the cost; not for a global index.
    ///
    /// Each partition is read by itself: a write to another one may come between.
    fn consistent(self) -> Spread<Self::Entity, Self::Source>
    where
        Self::Source: ConsistentSource,
    {
        self.into_spread().each(crate::op::QueryRequest::consistent)
    }

    /// Leaves out what does not fulfil this: `.filter(|t| t.points().ge(3))`.
    ///
    /// DynamoDB reads, and charges for, what it leaves out.
    fn filter(
        self,
        condition: impl FnOnce(<Self::Entity as Entity>::Fields) -> Condition<Self::Entity>,
    ) -> Spread<Self::Entity, Self::Source> {
        self.into_spread().each(|query| query.filtered(condition))
    }

    /// Gives at most this many items, whatever DynamoDB has to read for them: a page's size, or the total for
    /// [`all`](Self::all), [`stream`](Self::stream) and [`count`](Self::count).
    fn limit(self, items: usize) -> Spread<Self::Entity, Self::Source> {
        self.into_spread().each(|query| query.limit(items))
    }

    /// Continues behind a page of the same query: give it the page's `next`.
    fn after(self, cursor: impl Into<Option<Cursor>>) -> Spread<Self::Entity, Self::Source> {
        self.into_spread().each(|query| query.after(cursor))
    }

    /// Has at most this many requests under way at the same time: 8 unless said otherwise, and at least one.
    fn concurrency(self, requests: usize) -> Spread<Self::Entity, Self::Source> {
        let mut spread = self.into_spread();
        spread.concurrency = requests.max(1);
        spread
    }

    /// The first of the requests that [`into_sdk`](Self::into_sdk) gives, and how many they are; shows the values.
    fn explain(self) -> Explanation {
        let table = <<Self::Entity as Entity>::Table as Table>::SCHEMA.table;
        self.explain_in(&Context::of(table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    fn explain_in(self, context: &Context) -> Explanation {
        match self.build(context) {
            Ok(requests) => match requests.first() {
                Some(first) => first.explanation().first_of(requests.len()),
                None => QueryInputBuilder::default().explanation().first_of(0),
            },
            Err(error) => Explanation::refused(QueryInputBuilder::OPERATION, &error),
        }
    }

    /// The SDK's builders of the first call to each partition, with the schema's table name and the system clock, in the
    /// order of periods and shards.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if a key part does not fit, the range is empty or it asks for more than 10,000 partitions;
    /// [`Error::Cursor`] if the cursor is of another query.
    fn into_sdk(self) -> Result<Vec<QueryInputBuilder>, Error> {
        let table = <<Self::Entity as Entity>::Table as Table>::SCHEMA.table;
        self.build(&Context::of(table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    fn build(self, context: &Context) -> Result<Vec<QueryInputBuilder>, Error> {
        Fan::new(self.into_spread().spreading()?, context, false)?.first_calls(context)
    }

    /// Reads one page: [`limit`](Self::limit) items unless there are no more.
    ///
    /// Without a limit it is what one call to each partition gives, to the end of the period in which 1 MB is full; it
    /// holds an item unless there are no more.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] and [`Error::Cursor`] before anything is sent; [`Error::Decode`] if an item of the entity cannot
    /// be read; the failures of the SDK and the service.
    fn page(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Page<Self::Entity>, Error>> + Send {
        let pager = pager(self, db, false);
        async move { pager?.page().await }
    }

    /// Reads the page that ends before the cursor, in the query's order: give it a page's `previous`.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn page_before(
        self,
        cursor: Cursor,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Page<Self::Entity>, Error>> + Send {
        let pager = pager(self.after(cursor), db, true);
        async move { pager?.page_before().await }
    }

    /// Reads all items.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn all(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Vec<Self::Entity>, Error>> + Send {
        let pager = pager(self, db, false);
        async move { pager?.all().await }
    }

    /// Reads the first item only.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn first(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Option<Self::Entity>, Error>> + Send {
        let pager = pager(self.limit(1), db, false);
        async move { Ok(pager?.all().await?.pop()) }
    }

    /// Reads the items as a stream, which asks for more when those before are used up.
    ///
    /// The stream's items fail as [`page`](Self::page) does; what comes before a failure is given.
    fn stream(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Stream<Item = Result<Self::Entity, Error>> + Send + 'static + use<Self>
    where
        Self: 'static,
    {
        stream::once(std::future::ready(pager(self, db, false))).map_ok(SpreadPager::stream).try_flatten()
    }

    /// Counts the items without fetching them; DynamoDB charges as if it did.
    ///
    /// An item without a type attribute, which the other reads refuse, is not counted.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page), except that nothing is decoded.
    fn count(self, db: &Db<<Self::Entity as Entity>::Table>) -> impl Future<Output = Result<u64, Error>> + Send {
        let pager = pager(self, db, false);
        async move { pager?.count().await }
    }
}

fn pager<R: SpreadRequest>(
    request: R,
    db: &Db<<R::Entity as Entity>::Table>,
    backwards: bool,
) -> Result<SpreadPager<R::Entity, R::Source>, Error> {
    SpreadPager::new(request.into_spread().spreading()?, db.clone(), backwards)
}

impl<E: Entity, S: Send + Sync + 'static> SpreadRequest for Spread<E, S> {
    type Entity = E;
    type Source = S;

    fn into_spread(self) -> Self {
        self
    }
}
