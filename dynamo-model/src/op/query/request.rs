//! What every query can do.

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;
use futures_util::stream::{Stream, TryStreamExt as _};

use super::Query;
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    explain::Explanation,
    expr::{Condition, Selection},
    op::{ConsistentSource, Context, Fields, FilterSource, Hydrated, Keys, QueryAs, SdkRequest as _, WholeSource},
    page::{Cursor, Page, Pager, Walk as _},
    projection::ReadFrom,
    table::Table,
};

/// What every query can do, whichever of its sort-key parts are given.
///
/// Implemented by [`Query`] and by the steps that the derive generates, such as `TaskByStatus`.
#[must_use = "a request does nothing until it is sent"]
pub trait QueryRequest: Sized {
    /// The entity that is read.
    type Entity: Entity;

    /// Where it is read: [`Local`](crate::op::Local) or [`Global`](crate::op::Global).
    type Source: Send + Sync + 'static;

    /// The query with no further sort-key parts.
    fn into_query(self) -> Query<Self::Entity, Self::Source>;

    /// Reads from the largest sort key down: the newest first, where the key ends in a time.
    fn descending(self) -> Query<Self::Entity, Self::Source> {
        let mut query = self.into_query();
        query.descending = true;
        query
    }

    /// Sees what the last successful write left, at twice the cost; not for a global index.
    fn consistent(self) -> Query<Self::Entity, Self::Source>
    where
        Self::Source: ConsistentSource,
    {
        let mut query = self.into_query();
        query.consistent = true;
        query
    }

    /// Leaves out what does not fulfil this: `.filter(|t| t.points().ge(3))`.
    ///
    /// DynamoDB reads, and charges for, what it leaves out.
    fn filter(
        self,
        condition: impl FnOnce(<Self::Entity as Entity>::Fields) -> Condition<Self::Entity>,
    ) -> Query<Self::Entity, Self::Source>
    where
        Self::Source: FilterSource,
    {
        self.into_query().filtered(condition)
    }

    /// Gives at most this many items, whatever DynamoDB has to read for them: a page's size, or the total for
    /// [`all`](Self::all), [`stream`](Self::stream) and [`count`](Self::count).
    fn limit(self, items: usize) -> Query<Self::Entity, Self::Source> {
        let mut query = self.into_query();
        query.limit = Some(items);
        query
    }

    /// Continues behind a page of the same query: give it the page's `next`.
    fn after(self, cursor: impl Into<Option<Cursor>>) -> Query<Self::Entity, Self::Source> {
        let mut query = self.into_query();
        query.after = cursor.into();
        query
    }

    /// What [`page`](Self::page) would ask of DynamoDB first; shows the values.
    ///
    /// With a limit it asks for one item more, which tells whether a next page exists.
    fn explain(self) -> Explanation
    where
        Self::Source: WholeSource,
    {
        let table = <<Self::Entity as Entity>::Table as Table>::SCHEMA.table;
        self.explain_in(&Context::of(table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    fn explain_in(self, context: &Context) -> Explanation
    where
        Self::Source: WholeSource,
    {
        match self.build(context) {
            Ok(request) => request.explanation(),
            Err(error) => Explanation::refused(QueryInputBuilder::OPERATION, &error),
        }
    }

    /// The SDK's builder of the first call of [`page`](Self::page), with the schema's table name and the system clock.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if a key part does not fit or the range is empty, which DynamoDB cannot be asked;
    /// [`Error::Cursor`] if the cursor is of another query.
    fn into_sdk(self) -> Result<QueryInputBuilder, Error>
    where
        Self::Source: WholeSource,
    {
        let table = <<Self::Entity as Entity>::Table as Table>::SCHEMA.table;
        self.build(&Context::of(table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    fn build(self, context: &Context) -> Result<QueryInputBuilder, Error>
    where
        Self::Source: WholeSource,
    {
        self.into_query().first_call(context)
    }

    /// Reads one page: [`limit`](Self::limit) items unless there are no more, or what DynamoDB reads in one call
    /// (up to 1 MB) if no limit is set.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] and [`Error::Cursor`] before anything is sent; [`Error::Decode`] if an item of the entity cannot
    /// be read; the failures of the SDK and the service.
    fn page(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Page<Self::Entity>, Error>> + Send
    where
        Self::Source: WholeSource,
    {
        let query = self.into_query();
        async move { Ok(Pager::new(query, db.clone())?.page().await?.0) }
    }

    /// Reads the page that ends before the cursor, in the query's order: give it a page's `previous`.
    ///
    /// [`limit`](Self::limit) says how many items it holds, unless there are no more; without a limit it is what
    /// DynamoDB reads in one call (up to 1 MB).
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn page_before(
        self,
        cursor: Cursor,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Page<Self::Entity>, Error>> + Send
    where
        Self::Source: WholeSource,
    {
        let mut query = self.into_query();
        query.after = Some(cursor);
        async move { Ok(Pager::new(query, db.clone())?.page_before().await?.0) }
    }

    /// Reads all items, page after page.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn all(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Vec<Self::Entity>, Error>> + Send
    where
        Self::Source: WholeSource,
    {
        let query = self.into_query();
        async move { Pager::new(query, db.clone())?.all().await }
    }

    /// Reads the first item only.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    fn first(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Future<Output = Result<Option<Self::Entity>, Error>> + Send
    where
        Self::Source: WholeSource,
    {
        let limit = self.limit(1);
        async move { Ok(Pager::new(limit, db.clone())?.all().await?.pop()) }
    }

    /// Reads the items as a stream, which fetches the next page when the one before is used up.
    ///
    /// The stream's items fail as [`page`](Self::page) does.
    fn stream(
        self,
        db: &Db<<Self::Entity as Entity>::Table>,
    ) -> impl Stream<Item = Result<Self::Entity, Error>> + Send + 'static + use<Self>
    where
        Self: 'static,
        Self::Source: WholeSource,
    {
        let pager = Pager::new(self.into_query(), db.clone());
        futures_util::stream::once(std::future::ready(pager)).map_ok(Pager::stream).try_flatten()
    }

    /// Gives only these fields: the struct's, which has `#[derive(Projection)]`. DynamoDB charges for the whole items.
    ///
    /// An index that does not carry whole items gives the projections that name its access pattern in `from(..)`.
    fn select<P: ReadFrom<Self::Entity, Self::Source>>(self) -> QueryAs<Self::Entity, Fields<P::Asked>, Self::Source> {
        QueryAs::new(self.into_query(), Fields(P::Asked::default()))
    }

    /// Gives only these fields: `.project(|t| (t.title(), t.points()))`. DynamoDB charges for the whole items.
    fn project<P: Selection<Self::Entity>>(
        self,
        fields: impl FnOnce(<Self::Entity as Entity>::Fields) -> P,
    ) -> QueryAs<Self::Entity, Fields<P>, Self::Source>
    where
        Self::Source: WholeSource,
    {
        QueryAs::new(self.into_query(), Fields(fields(<Self::Entity as Entity>::__fields())))
    }

    /// Gives the items' primary keys, read from their texts: of any index, whatever it carries.
    fn keys(self) -> QueryAs<Self::Entity, Fields<Keys<Self::Entity>>, Self::Source> {
        QueryAs::new(self.into_query(), Fields(Keys::new()))
    }

    /// Gives the items themselves, as the table holds them: the index says which and in what order, and a batch fetches
    /// them by their keys.
    ///
    /// What was deleted or has expired since the index was written is passed over, so a page of [`limit`](Self::limit) is
    /// full all the same. An item may have changed since, and be given though it would not be found now.
    fn hydrate(self) -> QueryAs<Self::Entity, Hydrated, Self::Source> {
        QueryAs::new(self.into_query(), Hydrated::default())
    }

    /// Counts the items without fetching them; DynamoDB charges as if it did.
    ///
    /// With a [`limit`](Self::limit), no further than that: the lesser of the two. An item without a type attribute, which
    /// the other reads refuse, is not counted. On an index that carries keys only, the keys are fetched, and those that
    /// the entity writes are counted.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page), except that nothing is decoded.
    fn count(self, db: &Db<<Self::Entity as Entity>::Table>) -> impl Future<Output = Result<u64, Error>> + Send {
        let query = self.into_query();
        let table = <<Self::Entity as Entity>::Table as Table>::SCHEMA.table;
        async move {
            if query.carries(table.type_attribute) {
                return Pager::new(query, db.clone())?.count().await;
            }
            Pager::new(query.keys(), db.clone())?.count_met().await
        }
    }

    /// Whether there is an item, reading no further than the first.
    ///
    /// # Errors
    ///
    /// As [`count`](Self::count).
    fn exists(self, db: &Db<<Self::Entity as Entity>::Table>) -> impl Future<Output = Result<bool, Error>> + Send {
        let query = self.into_query();
        async move {
            let limit = query.limit.unwrap_or(1).min(1);
            Ok(query.limit(limit).count(db).await? > 0)
        }
    }
}

impl<E: Entity, S: Send + Sync + 'static> QueryRequest for Query<E, S> {
    type Entity = E;
    type Source = S;

    fn into_query(self) -> Self {
        self
    }
}
