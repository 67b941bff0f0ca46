//! The partitions that a query reads, each as a query of its own.

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;

use super::order::Order;
use crate::{
    entity::Entity,
    error::{Error, Operation},
    key::{Beyond, KeyErrorKind, Partitions, Periods, SortCondition, beyond},
    op::{Call, Context, Query, Spreading},
    page::{Cursor, Target},
    schema::KeyPattern,
    value::Item,
};

/// A query of several partitions, in one direction, from the place where it begins.
pub(crate) struct Fan<E, S> {
    key: &'static KeyPattern,
    /// Its partition is what all partitions have in common.
    query: Query<E, S>,
    condition: SortCondition,
    partitions: Partitions,
    periods: Option<Periods>,
    order: Order,
    from: Option<From>,
    pub(super) concurrency: usize,
}

/// Where it begins: behind an item.
struct From {
    /// In the direction of reading.
    period: u64,
    shard: u16,
    sort: Option<String>,
    start: Item,
}

/// One partition to read.
pub(super) struct Branch<E, S> {
    pub(super) shard: u16,
    pub(super) query: Query<E, S>,
    pub(super) start: Option<Item>,
}

impl<E: Entity, S: Send + Sync + 'static> Fan<E, S> {
    pub(crate) fn new(spreading: Spreading<E, S>, context: &Context, backwards: bool) -> Result<Self, Error> {
        let Spreading { key, query, partitions, periods, concurrency } = spreading;
        let condition = match query.target()? {
            Target::Composed { condition, .. } => condition,
            Target::Native(_) => SortCondition::All,
        };
        let order = Order::new(query.is_descending(), backwards);
        let mut fan = Self { key, query, condition, partitions, periods, order, from: None, concurrency };
        if let Some(cursor) = fan.query.cursor().cloned() {
            fan.from = Some(fan.place(&cursor, context)?);
        }
        Ok(fan)
    }

    /// Where a cursor points.
    fn place(&self, cursor: &Cursor, context: &Context) -> Result<From, Error> {
        let shards = u64::from(self.shards());
        let (position, sort) = cursor.place(&self.query, context, self.periods() * shards)?;
        let (period, shard) = (u64::from(position) / shards, u64::from(position) % shards);
        let shard = u16::try_from(shard).unwrap_or_default();
        let query = self.query.narrowed(self.partition(period, shard), self.condition.clone());
        let start = cursor.start_key(&query)?;
        Ok(From { period: self.order.period(period, self.periods()), shard, sort: sort.map(str::to_owned), start })
    }

    /// The cursor behind an item of the n-th period that is read.
    pub(super) fn cursor(&self, context: &Context, nth: u64, shard: u16, item: &Item) -> Result<Cursor, Error> {
        let period = self.order.period(nth, self.periods());
        let position = period * u64::from(self.shards()) + u64::from(shard);
        // A query reads fewer partitions than that holds.
        Cursor::in_partition(Some(u32::try_from(position).unwrap_or(u32::MAX)), &self.query, context, item)
    }

    pub(super) fn order(&self) -> Order {
        self.order
    }

    pub(super) fn key(&self) -> &'static KeyPattern {
        self.key
    }

    /// What the partitions are read for.
    pub(super) fn query(&self) -> &Query<E, S> {
        &self.query
    }

    pub(super) fn shards(&self) -> u16 {
        self.partitions.shards()
    }

    /// How many periods there are; one if the partitions are not bucketed.
    fn periods(&self) -> u64 {
        self.periods.map_or(1, Periods::count)
    }

    /// The periods that are read, in the direction of reading.
    pub(super) fn to_read(&self) -> std::ops::Range<u64> {
        if self.condition == SortCondition::Nothing {
            return 0..0;
        }
        self.from.as_ref().map_or(0, |from| from.period)..self.periods()
    }

    /// The key of a partition.
    fn partition(&self, period: u64, shard: u16) -> String {
        let period = self.periods.map(|periods| periods.text(period)).unwrap_or_default();
        self.partitions.text(&period, shard)
    }

    /// A shard of the n-th period that is read; `None` if nothing in it is wanted.
    pub(super) fn branch(&self, nth: u64, shard: u16) -> Option<Branch<E, S>> {
        let mut condition = self.condition.clone();
        let mut start = None;
        if let Some(from) = self.from.as_ref().filter(|from| from.period == nth) {
            if from.shard == shard {
                start = Some(from.start.clone());
            } else {
                let is_behind = self.order.is_behind(shard, from.shard);
                let place = if is_behind { Beyond::From } else { Beyond::After };
                condition = match &from.sort {
                    Some(sort) => beyond(&condition, sort, place, self.order.descending),
                    None if is_behind => condition,
                    None => SortCondition::Nothing,
                };
            }
        }
        if condition == SortCondition::Nothing {
            return None;
        }
        let period = self.order.period(nth, self.periods());
        Some(Branch { shard, query: self.query.narrowed(self.partition(period, shard), condition), start })
    }

    /// The first call to each partition.
    pub(crate) fn first_calls(&self, context: &Context) -> Result<Vec<QueryInputBuilder>, Error> {
        if let (SortCondition::Nothing, Some(pattern)) = (&self.condition, &self.key.sort) {
            return Err(pattern.error(None, KeyErrorKind::EmptyRange).during(Operation::Query).into());
        }
        let limit = self.query.total().map(|limit| limit.saturating_add(1));
        let branches =
            self.to_read().flat_map(|nth| (0..self.shards()).filter_map(move |shard| self.branch(nth, shard)));
        branches
            .map(|Branch { query, start, .. }| {
                query.call(context, Call { start, limit, count: false, backwards: self.order.backwards })
            })
            .collect()
    }
}
