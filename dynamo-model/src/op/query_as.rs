//! A query that gives something else than what the index holds: a few fields, keys, or the items themselves.

use std::{fmt, marker::PhantomData, sync::Arc};

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;
use futures_util::stream::{self, Stream, TryStreamExt as _};

use super::{
    Call, ConsistentSource, Context, FilterSource, Local, Query, QueryRequest as _,
    batch::items,
    item::{Met, check_type, is_expired, meet},
    projected::places,
    write::owner_of,
};
use crate::{
    db::{Capacity, Db, Meter},
    entity::{Entity, EntityKey},
    error::{Error, Operation},
    expr::{Condition, Place, Selection, Unread},
    key::PrimaryKey,
    page::{Cursor, Digest, Entry, Page, Pager, Seen, Target, Walk},
    schema::KeyPattern,
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// A [`Query`] that gives something else than what its index holds: `R` says what.
///
/// | `R` | By | Gives |
/// |---|---|---|
/// | [`Fields`] | [`select`](super::QueryRequest::select) | the fields of a struct with `#[derive(Projection)]` |
/// | [`Fields`] | [`project`](super::QueryRequest::project) | a field's value, or those of a tuple of them |
/// | [`Fields`] | [`keys`](super::QueryRequest::keys) | typed primary keys |
/// | [`Hydrated`] | [`hydrate`](super::QueryRequest::hydrate) | the items as the table holds them |
///
/// It has pages, cursors and limits as the query has: a cursor of one goes with the other.
#[must_use = "a request does nothing until it is sent"]
pub struct QueryAs<E, R, S = Local> {
    query: Query<E, S>,
    reading: Arc<R>,
}

/// What a [`QueryAs`] gives: fields, keys or items.
pub trait Reading<E: Entity>: Send + Sync + 'static {
    /// What becomes of an item.
    type Output: Send + 'static;

    /// What is asked for beside what the library needs.
    #[doc(hidden)]
    fn __places(&self) -> Vec<Place>;

    /// How the items themselves are fetched, where the index only says which.
    #[doc(hidden)]
    fn __hydrates(&self) -> Option<Hydrated> {
        None
    }

    /// `None` for an item to pass over.
    #[doc(hidden)]
    fn __meet(&self, item: Item, key: &KeyPattern, now: Timestamp) -> Result<Option<Self::Output>, Error>;
}

/// What a projection or a closure names, or the [`Keys`].
#[derive(Debug)]
pub struct Fields<P>(pub(super) P);

/// Typed primary keys, in place of items.
#[derive(Debug)]
pub struct Keys<E>(PhantomData<fn() -> E>);

/// The items as the table holds them, fetched by their keys.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hydrated {
    consistent: bool,
}

impl<E> Keys<E> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E: Entity> Selection<E> for Keys<E> {
    type Output = E::Key;

    fn places(&self, _: &mut Vec<Place>) {}

    fn read(&self, item: &Item) -> Result<E::Key, Unread> {
        let texts = owner_of(E::Table::SCHEMA.table, item);
        let (partition, sort) = texts.as_ref().map_or(("", None), |key| (&*key.partition, key.sort.as_deref()));
        E::Key::__parse(partition, sort).map_err(Unread::key)
    }
}

impl<E: Entity, P: Selection<E>> Reading<E> for Fields<P> {
    type Output = P::Output;

    fn __places(&self) -> Vec<Place> {
        places(&self.0)
    }

    fn __meet(&self, item: Item, key: &KeyPattern, now: Timestamp) -> Result<Option<P::Output>, Error> {
        if !is_of::<E>(&item, key, now)? {
            return Ok(None);
        }
        self.0.read(&item).map(Some).map_err(|unread| unread.during::<E>(Operation::Query))
    }
}

impl<E: Entity> Reading<E> for Hydrated {
    type Output = E;

    fn __places(&self) -> Vec<Place> {
        Vec::new()
    }

    fn __hydrates(&self) -> Option<Hydrated> {
        Some(*self)
    }

    fn __meet(&self, item: Item, _: &KeyPattern, now: Timestamp) -> Result<Option<E>, Error> {
        Ok(match meet(item, now, Operation::Query)? {
            Met::Entity(entity) => Some(entity),
            Met::Expired | Met::Other(_) => None,
        })
    }
}

/// Whether what an index holds is of an item of the entity that has not expired.
fn is_of<E: Entity>(item: &Item, key: &KeyPattern, now: Timestamp) -> Result<bool, Error> {
    let schema = E::Table::SCHEMA;
    if is_expired(schema, item, now) {
        return Ok(false);
    }
    if key.carries(schema.table, schema.table.type_attribute) {
        return Ok(check_type(schema, E::SCHEMA, item, Operation::Query)?.is_none());
    }
    // No two entities of a table write one primary key, so what reads as this one's is.
    let texts = owner_of(schema.table, item);
    Ok(texts.is_some_and(|texts| {
        let key = E::Key::__parse(&texts.partition, texts.sort.as_deref());
        key.and_then(|key| key.to_primary()).is_ok_and(|again| again == texts)
    }))
}

impl<E, R, S> Clone for QueryAs<E, R, S> {
    fn clone(&self) -> Self {
        Self { query: self.query.clone(), reading: Arc::clone(&self.reading) }
    }
}

impl<E: Entity, R, S> fmt::Debug for QueryAs<E, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("QueryAs").field(&self.query).finish()
    }
}

impl<E: Entity, S: Send + Sync + 'static> QueryAs<E, Hydrated, S> {
    /// Fetches what the last successful writes left of the items, at twice the cost; which they are, the index says.
    pub fn consistent_items(mut self) -> Self {
        self.reading = Arc::new(Hydrated { consistent: true });
        self
    }
}

impl<E: Entity, R: Reading<E>, S: Send + Sync + 'static> QueryAs<E, R, S> {
    pub(super) fn new(query: Query<E, S>, reading: R) -> Self {
        Self { query, reading: Arc::new(reading) }
    }

    fn with(self, change: impl FnOnce(Query<E, S>) -> Query<E, S>) -> Self {
        Self { query: change(self.query), reading: self.reading }
    }

    /// Reads from the largest sort key down.
    pub fn descending(self) -> Self {
        self.with(Query::descending)
    }

    /// Sees what the last successful write left on the table or a local index, at twice the cost; not for a global one.
    /// What is hydrated is fetched so, too.
    pub fn consistent(self) -> Self
    where
        S: ConsistentSource,
    {
        self.with(Query::consistent)
    }

    /// Leaves out what does not fulfil this: `.filter(|t| t.points().ge(3))`.
    ///
    /// DynamoDB reads, and charges for, what it leaves out. On an index, it looks at what the index carries.
    pub fn filter(self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self
    where
        S: FilterSource,
    {
        self.with(|query| query.filter(condition))
    }

    /// Gives at most this many, whatever DynamoDB has to read for them: a page's size, or the total for
    /// [`all`](Self::all), [`stream`](Self::stream) and [`count`](Self::count).
    pub fn limit(self, items: usize) -> Self {
        self.with(|query| query.limit(items))
    }

    /// Continues behind a page of the same query: give it the page's `next`.
    pub fn after(self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.with(|query| query.after(cursor))
    }

    explained!(
        QueryInputBuilder,
        E::Table,
        "the first call of [`page`](Self::page)",
        "[`Error::Key`] if a key part does not fit or the range is empty; [`Error::Cursor`] if the cursor is of another query; [`Error::Expression`] if DynamoDB would refuse the filter."
    );

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    pub fn build(self, context: &Context) -> Result<QueryInputBuilder, Error> {
        self.first_call(context)
    }

    /// Reads one page: [`limit`](Self::limit) items unless there are no more, or what DynamoDB reads in one call
    /// (up to 1 MB) if no limit is set.
    ///
    /// # Errors
    ///
    /// [`Error::Key`], [`Error::Expression`] and [`Error::Cursor`] before anything is sent; [`Error::Decode`] if an item of
    /// the entity cannot be read; [`Error::Unprocessed`] if DynamoDB left items out of every answer that hydrates; the
    /// failures of the SDK and the service.
    pub async fn page(self, db: &Db<E::Table>) -> Result<Page<R::Output>, Error> {
        Ok(Pager::new(self, db.clone())?.page().await?.0)
    }

    /// Reads the page that ends before the cursor, in the query's order: give it a page's `previous`.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn page_before(self, cursor: Cursor, db: &Db<E::Table>) -> Result<Page<R::Output>, Error> {
        Ok(Pager::new(self.after(cursor), db.clone())?.page_before().await?.0)
    }

    /// Reads all, page after page.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<R::Output>, Error> {
        Pager::new(self, db.clone())?.all().await
    }

    /// Reads the first only.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn first(self, db: &Db<E::Table>) -> Result<Option<R::Output>, Error> {
        Ok(self.limit(1).all(db).await?.pop())
    }

    /// Reads all as a stream, which fetches the next page when the one before is used up.
    ///
    /// The stream's items fail as [`page`](Self::page) does.
    pub fn stream(
        self,
        db: &Db<E::Table>,
    ) -> impl Stream<Item = Result<R::Output, Error>> + Send + 'static + use<E, R, S> {
        let pager = Pager::new(self, db.clone());
        stream::once(std::future::ready(pager)).map_ok(Pager::stream).try_flatten()
    }

    /// Counts without fetching, as [`Query`] does; what is hydrated is fetched, since only the table tells what is there.
    ///
    /// # Errors
    ///
    /// As [`page`](Self::page).
    pub async fn count(self, db: &Db<E::Table>) -> Result<u64, Error> {
        match self.reading.__hydrates() {
            Some(_) => Pager::new(self, db.clone())?.count_met().await,
            None => self.query.count(db).await,
        }
    }
}

impl<E: Entity, R: Reading<E>, S: Send + Sync + 'static> Walk for QueryAs<E, R, S> {
    type Table = E::Table;
    type Output = R::Output;

    const NAME: &'static str = E::SCHEMA.name;

    fn index(&self) -> Option<&'static str> {
        self.query.index()
    }

    fn target(&self) -> Result<Target<'_>, Error> {
        self.query.target()
    }

    fn cursor(&self) -> Option<&Cursor> {
        self.query.cursor()
    }

    fn total(&self) -> Option<usize> {
        self.query.total()
    }

    fn is_descending(&self) -> bool {
        self.query.is_descending()
    }

    fn call(&self, context: &Context, call: Call) -> Result<QueryInputBuilder, Error> {
        self.query.call_for(context, call, Some(&self.reading.__places()))
    }

    fn digest_types(&self, digest: &mut Digest) {
        self.query.digest_types(digest);
    }

    fn digest_filter(&self, digest: &mut Digest) -> Result<(), Error> {
        self.query.digest_filter(digest)
    }

    async fn complete(
        &self,
        items: Vec<Item>,
        db: &Db<E::Table>,
        capacity: &mut Option<Capacity>,
    ) -> Result<Vec<Entry>, Error> {
        match self.reading.__hydrates() {
            Some(Hydrated { consistent }) => {
                let consistent = consistent || self.query.is_consistent();
                hydrate::<E>(items, self.query.carrier(), consistent, db, capacity).await
            }
            None => Ok(items.into_iter().map(Entry::of).collect()),
        }
    }

    fn meet(&self, item: Item, now: Timestamp) -> Result<Seen<R::Output>, Error> {
        Ok(self.reading.__meet(item, self.query.carrier(), now)?.map_or(Seen::Passed, Seen::Item))
    }
}

/// The items that the entries of an index are of, without those that are of other entities, or gone.
async fn hydrate<E: Entity>(
    entries: Vec<Item>,
    key: &KeyPattern,
    consistent: bool,
    db: &Db<E::Table>,
    capacity: &mut Option<Capacity>,
) -> Result<Vec<Entry>, Error> {
    let now = db.now();
    // One that cannot be told is reported in its place, as the item that it is.
    let mine = entries.into_iter().filter(|entry| is_of::<E>(entry, key, now).unwrap_or(true));
    let wanted: Vec<(PrimaryKey, Item)> =
        mine.filter_map(|entry| Some((owner_of(E::Table::SCHEMA.table, &entry)?, entry))).collect();
    let meter = Meter::default();
    let metered = db.meter().map(|_| db.clone().with_meter(&meter));
    let found = items::<E>(wanted.iter().map(|(key, _)| key.clone()), consistent, metered.as_ref().unwrap_or(db)).await;
    if let Some(scope) = db.meter() {
        scope.add_all(&meter);
        capacity.get_or_insert_default().add_all(meter.capacity());
    }
    let found = wanted.into_iter().zip(found?);
    Ok(found.filter_map(|((_, place), item)| Some(Entry { place: Some(place), item: item? })).collect())
}
