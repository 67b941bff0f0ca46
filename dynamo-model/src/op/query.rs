//! Reads the items of one partition, of one entity, in key order.

use std::{fmt, marker::PhantomData, ops::Bound};

use aws_sdk_dynamodb::{operation::query::builders::QueryInputBuilder, types::Select};

use super::{
    Context, Fields, FilterSource, Hydrated, Keys, QueryAs, SdkRequest as _, WholeSource, projected::beside,
    write::check_expression,
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    explain::Explanation,
    expr::{Condition, ExpressionError, ExpressionErrorKind, Place, Selection, Terms, live},
    key::{KeyError, PartText, Parts, SortCondition, SortPrefix},
    native::{NativeKey, NativeValue},
    page::{Cursor, Page, Pager, Target, Walk as _},
    projection::ReadFrom,
    schema::{AccessPattern, FieldRole, KeyPattern, NativePattern},
    table::Table,
    value::Item,
};
use futures_util::stream::{Stream, TryStreamExt as _};

/// Where a query reads: the table itself or a local index, which can be read consistently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {}

/// Where a query reads: a global index, which is eventually consistent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {}

/// A place that takes consistent reads.
#[diagnostic::on_unimplemented(
    message = "a global secondary index takes no consistent read; remove `consistent`, or query the table",
    label = "this query reads a global index",
    note = "what must be up to date can be read again with `get(..).consistent()`, item by item"
)]
pub trait ConsistentSource {}

impl ConsistentSource for Local {}

/// The step of a query that takes the sort-key part at this position: the derive implements it for one step.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is not the next part of the sort key; give the parts from the left, each once",
    label = "`{Self}` takes another part now"
)]
pub trait NextPart<const AT: usize> {}

/// Reads the items of one entity that lie in one partition, in the order of their sort keys.
///
/// `S` says where it reads: [`Local`] or [`Global`]. What can be done with a query is in [`QueryRequest`].
#[must_use = "a request does nothing until it is sent"]
pub struct Query<E, S = Local> {
    asked: Key,
    descending: bool,
    consistent: bool,
    filter: Option<Condition<E>>,
    limit: Option<usize>,
    after: Option<Cursor>,
    entity: PhantomData<fn() -> (E, S)>,
}

/// What is asked for.
#[derive(Clone, PartialEq)]
enum Key {
    Composed(&'static AccessPattern, Result<QueryKey, KeyError>),
    Native(&'static NativePattern, Result<NativeKey, KeyError>),
}

#[derive(Clone, PartialEq)]
pub(crate) struct QueryKey {
    pub(crate) partition: String,
    sort: Sort,
}

#[derive(Clone, PartialEq)]
enum Sort {
    /// The partition key stands alone.
    None,
    /// Further parts may be given.
    Open(SortPrefix),
    /// A range closed it.
    Closed(SortCondition),
}

/// What a query does beyond its key condition; the difference between its calls.
pub(crate) struct Call {
    pub(crate) start: Option<Item>,
    pub(crate) limit: Option<usize>,
    pub(crate) count: bool,
    /// Against the query's own order.
    pub(crate) backwards: bool,
}

request_traits!(Query<E, S> { asked, descending, consistent, filter, limit, after, entity });

impl<E: Entity, S> Query<E, S> {
    /// A query of the entity's access pattern; the patterns and values come from the derive.
    #[doc(hidden)]
    pub fn new(pattern: &'static AccessPattern, partition: Parts<'_>) -> Self {
        Self::of(pattern, pattern.key.partition.build(partition))
    }

    /// A query of the partition with this key.
    pub(super) fn of(pattern: &'static AccessPattern, partition: Result<String, KeyError>) -> Self {
        let key = partition.map(|partition| QueryKey {
            partition,
            sort: pattern.key.sort.as_ref().map_or(Sort::None, |sort| Sort::Open(SortPrefix::new(sort))),
        });
        Self::asking(Key::Composed(pattern, key))
    }

    /// A query by a native index; the patterns and values come from the derive.
    #[doc(hidden)]
    pub fn native(pattern: &'static NativePattern, partition: &[&dyn NativeValue]) -> Self {
        Self::asking(Key::Native(pattern, NativeKey::new(pattern, partition)))
    }

    fn asking(asked: Key) -> Self {
        Self {
            asked,
            descending: false,
            consistent: false,
            filter: None,
            limit: None,
            after: None,
            entity: PhantomData,
        }
    }

    /// Gives the next sort-key part one value.
    #[doc(hidden)]
    pub fn give(mut self, part: &dyn PartText) -> Self {
        let Key::Composed(AccessPattern { key: KeyPattern { sort: Some(pattern), .. }, .. }, key) = &mut self.asked
        else {
            return self;
        };
        if let Ok(QueryKey { sort: Sort::Open(prefix), .. }) = key
            && let Err(error) = prefix.give(pattern, part)
        {
            *key = Err(error);
        }
        self
    }

    /// Gives the next sort-key part a range.
    pub(super) fn range(mut self, low: Bound<&dyn PartText>, high: Bound<&dyn PartText>) -> Self {
        let Key::Composed(AccessPattern { key: KeyPattern { sort: Some(pattern), .. }, .. }, key) = &mut self.asked
        else {
            return self;
        };
        if let Ok(QueryKey { sort, .. }) = key
            && let Sort::Open(prefix) = sort
        {
            match prefix.range(pattern, low, high) {
                Ok(condition) => *sort = Sort::Closed(condition),
                Err(error) => *key = Err(error),
            }
        }
        self
    }

    /// The same query of another partition, with another condition on the sort key.
    pub(crate) fn narrowed(&self, partition: String, condition: SortCondition) -> Self {
        let mut query = self.clone();
        if let Key::Composed(_, key) = &mut query.asked {
            *key = Ok(QueryKey { partition, sort: Sort::Closed(condition) });
        }
        query.after = None;
        query
    }

    /// A query that cannot be sent; the first reason stays.
    pub(super) fn refused(mut self, error: KeyError) -> Self {
        if let Key::Composed(_, key @ Ok(_)) = &mut self.asked {
            *key = Err(error);
        }
        self
    }

    /// Gives the next attributes of a native sort key what `give` gives them.
    pub(super) fn ask_native(mut self, give: impl FnOnce(&mut NativeKey) -> Result<(), KeyError>) -> Self {
        if let Key::Native(_, key) = &mut self.asked
            && let Ok(Err(error)) = key.as_mut().map(give)
        {
            *key = Err(error);
        }
        self
    }

    /// The query with another condition on its items.
    pub(super) fn filtered(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.filter = Some(Condition::joined(self.filter.take(), condition(E::__fields())));
        self
    }

    pub(crate) fn index(&self) -> Option<&'static str> {
        match &self.asked {
            Key::Composed(pattern, _) => pattern.key.index.map(|index| index.name),
            Key::Native(pattern, _) => Some(pattern.index),
        }
    }

    pub(super) fn is_consistent(&self) -> bool {
        self.consistent
    }

    pub(crate) fn is_descending(&self) -> bool {
        self.descending
    }

    pub(crate) fn cursor(&self) -> Option<&Cursor> {
        self.after.as_ref()
    }

    pub(crate) fn total(&self) -> Option<usize> {
        self.limit
    }

    /// What it reads.
    pub(crate) fn target(&self) -> Result<Target<'_>, Error> {
        let during = |error: KeyError| error.during(Operation::Query);
        let known = |error: &KeyError| during(error.clone());
        match &self.asked {
            Key::Composed(pattern, key) => {
                let key = key.as_ref().map_err(known)?;
                let condition = match (&key.sort, &pattern.key.sort) {
                    (Sort::Open(prefix), Some(pattern)) => prefix.condition(pattern).map_err(during)?,
                    (Sort::Closed(condition), _) => condition.clone(),
                    _ => SortCondition::All,
                };
                Ok(Target::Composed { key: &pattern.key, partition: &key.partition, condition })
            }
            Key::Native(_, key) => Ok(Target::Native(key.as_ref().map_err(known)?)),
        }
    }

    /// One call of DynamoDB for this query.
    pub(crate) fn call(&self, context: &Context, call: Call) -> Result<QueryInputBuilder, Error> {
        self.call_for(context, call, None)
    }

    /// One call that asks for these places and what the library needs itself, or for whatever is there.
    pub(crate) fn call_for(
        &self,
        context: &Context,
        call: Call,
        places: Option<&[Place]>,
    ) -> Result<QueryInputBuilder, Error> {
        let target = self.target()?;
        if let Some(error) = target.nothing() {
            return Err(error.during(Operation::Query).into());
        }
        let mut terms = Terms::default();
        let text = match target {
            Target::Composed { key, partition, condition } => key_expression(key, partition, condition, &mut terms),
            Target::Native(key) => key.expression(&mut terms),
        };
        let filter = self.filter_text(context, call.count, &mut terms)?;
        let projection = places.map(|places| beside(&self.own_attributes(), places, &mut terms));
        let (descending, consistent) = (self.descending, self.consistent);
        let asked = Asked { index: self.index(), text, filter, terms, descending, consistent };
        Ok(asked.input(context, call).set_projection_expression(projection))
    }

    /// Leaves out expired items and, where the key condition may meet them, items of other entities.
    ///
    /// What is read is checked again; an item without a type passes here so that the check can report it.
    fn filter_text(&self, context: &Context, count: bool, terms: &mut Terms) -> Result<Option<String>, Error> {
        let Terms { names, values } = terms;
        let schema = E::Table::SCHEMA;
        let mut filters = Vec::new();
        // An index that carries keys only has neither: there the key tells which entity's item it is.
        let ttl = schema.table.ttl.filter(|ttl| self.carries(ttl));
        let is_typed = self.carries(schema.table.type_attribute);
        let shares = || match &self.asked {
            Key::Composed(pattern, _) => schema.shares(E::SCHEMA, &pattern.key),
            Key::Native(pattern, _) => schema.shares_native(E::SCHEMA, pattern),
        };
        if is_typed && (count || shares()) {
            let name = names.add("#type", schema.table.type_attribute);
            let is_entity = format!("{name} = {}", values.text(":type", E::SCHEMA.type_name));
            filters.push(if count { is_entity } else { format!("(attribute_not_exists({name}) OR {is_entity})") });
        }
        // An item may have been given a TTL that its entity knows nothing of; what is only counted is not checked again.
        if let (Some(ttl), true) = (ttl, count || E::SCHEMA.has(FieldRole::Ttl)) {
            filters.push(live(ttl, context.now, names, values));
        }
        if let Some(filter) = &self.filter {
            let refuse = |kind| ExpressionError::new(E::SCHEMA.name, Operation::Query, kind);
            let is_key = |read: &&str| match &self.asked {
                Key::Composed(pattern, _) => pattern.key.attributes().names().any(|name| name == *read),
                Key::Native(pattern, _) => pattern.fields().any(|field| field.attribute == *read),
            };
            if let Some(attribute) = filter.attributes().into_iter().find(is_key) {
                return Err(refuse(ExpressionErrorKind::KeyInFilter).at(attribute).into());
            }
            let missing = filter.attributes().into_iter().find(|attribute| !self.carries(attribute));
            if let (Some(attribute), Some(index)) = (missing, self.index()) {
                return Err(refuse(ExpressionErrorKind::NotCarried { index }).at(attribute).into());
            }
            filters.push(terms.condition(filter.node(), schema.table.type_attribute).map_err(refuse)?);
            check_expression(&filters.join(" AND ")).map_err(refuse)?;
        }
        Ok((!filters.is_empty()).then(|| filters.join(" AND ")))
    }

    pub(crate) fn filter(&self) -> Option<&Condition<E>> {
        self.filter.as_ref()
    }

    /// A key whose place carries what the query's carries: a native index carries all, as the table does.
    pub(super) fn carrier(&self) -> &'static KeyPattern {
        match &self.asked {
            Key::Composed(pattern, _) => &pattern.key,
            Key::Native(..) => &E::SCHEMA.primary.key,
        }
    }

    /// Whether what it reads carries the attribute.
    fn carries(&self, attribute: &str) -> bool {
        self.carrier().carries(E::Table::SCHEMA.table, attribute)
    }

    /// What a read needs beside what was asked for: where an item lies, and whether it may be given.
    fn own_attributes(&self) -> Vec<&'static str> {
        let table = E::Table::SCHEMA.table;
        let place: Vec<&str> = match &self.asked {
            Key::Composed(pattern, _) => pattern.key.index.and(pattern.key.attributes().sort).into_iter().collect(),
            Key::Native(pattern, _) => pattern.fields().map(|field| field.attribute).collect(),
        };
        let mut own: Vec<&str> = table.key.names().collect();
        for attribute in place.into_iter().chain([table.type_attribute]).chain(table.ttl) {
            if self.carries(attribute) && !own.contains(&attribute) {
                own.push(attribute);
            }
        }
        own
    }
}

/// What the calls of a query have in common.
pub(crate) struct Asked {
    pub(crate) index: Option<&'static str>,
    /// The key condition.
    pub(crate) text: String,
    pub(crate) filter: Option<String>,
    pub(crate) terms: Terms,
    pub(crate) descending: bool,
    pub(crate) consistent: bool,
}

impl Asked {
    pub(crate) fn input(self, context: &Context, call: Call) -> QueryInputBuilder {
        let Terms { names, values } = self.terms;
        QueryInputBuilder::default()
            .table_name(&context.table)
            .set_index_name(self.index.map(str::to_owned))
            .key_condition_expression(self.text)
            .set_filter_expression(self.filter)
            .set_expression_attribute_names(names.into_sdk())
            .set_expression_attribute_values(values.into_sdk())
            .set_scan_index_forward((self.descending != call.backwards).then_some(false))
            .set_consistent_read(self.consistent.then_some(true))
            .set_limit(call.limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX)))
            .set_select(call.count.then_some(Select::Count))
            .set_exclusive_start_key(call.start)
    }
}

/// The condition on the key.
pub(crate) fn key_expression(key: &KeyPattern, partition: &str, condition: SortCondition, terms: &mut Terms) -> String {
    let Terms { names, values } = terms;
    let mut text = format!("{} = {}", names.add("#pk", key.partition.attribute), values.text(":pk", partition));
    if let Some(sort) = &key.sort
        && let Some(condition) = sort_expression(condition, sort.attribute, names, values)
    {
        text.push_str(" AND ");
        text.push_str(&condition);
    }
    text
}

fn sort_expression(
    condition: SortCondition,
    attribute: &str,
    names: &mut crate::expr::Names,
    values: &mut crate::expr::Values,
) -> Option<String> {
    let mut compare = |operator: &str, text: String| {
        Some(format!("{} {operator} {}", names.add("#sk", attribute), values.text(":sk", text)))
    };
    match condition {
        SortCondition::All | SortCondition::Nothing => None,
        SortCondition::Equal(text) => compare("=", text),
        SortCondition::AtLeast(text) => compare(">=", text),
        SortCondition::AtMost(text) => compare("<=", text),
        SortCondition::BeginsWith(text) => {
            Some(format!("begins_with({}, {})", names.add("#sk", attribute), values.text(":sk", text)))
        }
        SortCondition::Between(low, high) => Some(format!(
            "{} BETWEEN {} AND {}",
            names.add("#sk", attribute),
            values.text(":low", low),
            values.text(":high", high)
        )),
    }
}

impl<E: Entity, S> fmt::Debug for Query<E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match &self.asked {
            Key::Composed(pattern, _) => pattern.name,
            Key::Native(pattern, _) => pattern.name,
        };
        f.debug_struct("Query").field("entity", &E::SCHEMA.name).field("pattern", &pattern).finish_non_exhaustive()
    }
}

/// What every query can do, whichever of its sort-key parts are given.
///
/// Implemented by [`Query`] and by the steps that the derive generates, such as `TaskByStatus`.
#[must_use = "a request does nothing until it is sent"]
pub trait QueryRequest: Sized {
    /// The entity that is read.
    type Entity: Entity;

    /// Where it is read: [`Local`] or [`Global`].
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
