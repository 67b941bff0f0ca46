//! Reads the items of one partition, of one entity, in key order.

use std::{fmt, marker::PhantomData, ops::Bound};

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;

use super::{Context, projected::beside, write::check_expression};
use crate::{
    entity::Entity,
    error::{Error, Operation},
    expr::{Condition, ExpressionError, ExpressionErrorKind, Place, Terms, live},
    key::{KeyError, PartText, Parts, SortCondition, SortPrefix},
    native::{NativeKey, NativeValue},
    page::{Cursor, Target},
    schema::{AccessPattern, FieldRole, KeyPattern, NativePattern},
    table::Table,
    value::Item,
};

mod asked;
mod request;

pub(crate) use asked::{Asked, key_expression};
pub use request::QueryRequest;

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

    /// Gives the next attribute of a native sort key one value.
    pub(super) fn give_native(self, value: &dyn NativeValue) -> Self {
        self.ask_native(|key| key.give(value))
    }

    /// Gives the next attribute of a native sort key a range.
    pub(super) fn range_native(self, low: Bound<&dyn NativeValue>, high: Bound<&dyn NativeValue>) -> Self {
        self.ask_native(|key| key.range(low, high))
    }

    /// Gives the next attributes of a native sort key what `give` gives them.
    fn ask_native(mut self, give: impl FnOnce(&mut NativeKey) -> Result<(), KeyError>) -> Self {
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

impl<E: Entity, S> fmt::Debug for Query<E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match &self.asked {
            Key::Composed(pattern, _) => pattern.name,
            Key::Native(pattern, _) => pattern.name,
        };
        f.debug_struct("Query").field("entity", &E::SCHEMA.name).field("pattern", &pattern).finish_non_exhaustive()
    }
}
