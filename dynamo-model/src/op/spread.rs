//! Reads items of one entity that are spread over several partitions, as if they lay in one.

mod periods;
mod request;

use std::fmt;

use super::{PartCondition, Query, QueryRequest as _};
use crate::{
    entity::Entity,
    error::{Error, Operation},
    key::{KeyError, KeyErrorKind, PartSpec, PartText, Partitions, Parts, Periods},
    schema::{AccessPattern, KeyPattern},
};

pub use periods::{PeriodCondition, PeriodsGiven};
pub use request::SpreadRequest;

use super::Local;

/// How many partitions one query reads at most, counted as shards times periods.
pub(crate) const MOST_PARTITIONS: u64 = 10_000;

/// Requests that are under way at the same time, unless the caller says otherwise.
const CONCURRENCY: usize = 8;

/// Reads the items of one entity that are spread over several partitions, in the order of their sort keys.
///
/// `S` says where it reads: [`Local`](super::Local) or [`Global`](super::Global). What can be done with it is in
/// [`SpreadRequest`].
#[must_use = "a request does nothing until it is sent"]
pub struct Spread<E, S = Local> {
    pattern: &'static AccessPattern,
    /// Its partition is what all partitions have in common.
    pub(super) query: Query<E, S>,
    /// None where they cannot be named, for the reason that the query holds.
    partitions: Option<Partitions>,
    periods: Option<Periods>,
    pub(super) concurrency: usize,
}

request_traits!(Spread<E, S> { pattern, query, partitions, periods, concurrency });

/// What is read, once all is given.
pub(crate) struct Spreading<E, S> {
    pub(crate) key: &'static KeyPattern,
    pub(crate) query: Query<E, S>,
    pub(crate) partitions: Partitions,
    pub(crate) periods: Option<Periods>,
    pub(crate) concurrency: usize,
}

impl<E: Entity, S> Spread<E, S> {
    /// A query of the entity's access pattern; the values are those of the placeholders that do not spread.
    #[doc(hidden)]
    pub fn new(pattern: &'static AccessPattern, partition: Parts<'_>) -> Self {
        let (partitions, in_common) = match Partitions::new(&pattern.key.partition, partition) {
            Ok(partitions) => {
                let in_common = partitions.in_common();
                (Some(partitions), Ok(in_common))
            }
            Err(error) => (None, Err(error)),
        };
        Self { pattern, query: Query::of(pattern, in_common), partitions, periods: None, concurrency: CONCURRENCY }
    }

    /// Gives the next sort-key part one value.
    #[doc(hidden)]
    pub fn give(mut self, part: &dyn PartText) -> Self {
        self.query = self.query.give(part);
        self
    }

    /// Gives the next sort-key part one value or a range.
    #[doc(hidden)]
    pub fn part<T, C: PartCondition<T>, Next, End>(
        self,
        condition: C,
        next: impl FnOnce(Self) -> Next,
        end: impl FnOnce(Self) -> End,
    ) -> C::Then<Next, End> {
        let Self { pattern, query, partitions, periods, concurrency } = self;
        let again = partitions.clone();
        condition.apply(
            query,
            |query| next(Self { pattern, query, partitions, periods, concurrency }),
            |query| end(Self { pattern, query, partitions: again, periods, concurrency }),
        )
    }

    /// Says which periods are read: those from `low` to `high`.
    fn period(mut self, low: &dyn PartText, high: &dyn PartText, excluded: bool) -> Self {
        let pattern = self.pattern;
        let placeholders = pattern.key.partition.template.placeholders();
        let spread = placeholders.map(|part| (part.field, part.spec));
        for (field, spec) in spread {
            let PartSpec::Period(period) = spec else { continue };
            let refuse = |reason: String| pattern.key.partition.error(Some(field), KeyErrorKind::Part(reason));
            let text = |part: &dyn PartText| {
                let mut text = String::new();
                part.write(PartSpec::Plain, &mut text).map(|()| text)
            };
            let periods = text(low).and_then(|low| Periods::between(period, &low, &text(high)?, excluded));
            match periods {
                Ok(periods) => self.periods = Some(periods),
                Err(error) => return self.refused(refuse(error.to_string())),
            }
        }
        let read = self.partition_count();
        if read > MOST_PARTITIONS {
            let period = pattern.key.partition;
            let reason = format!(
                "the range asks for {read} partitions, and one query reads at most {MOST_PARTITIONS}; give a shorter range"
            );
            return self.refused(period.error(None, KeyErrorKind::Part(reason)));
        }
        self
    }

    fn refused(mut self, error: KeyError) -> Self {
        self.query = self.query.refused(error);
        self
    }

    fn partition_count(&self) -> u64 {
        let shards = self.partitions.as_ref().map_or(1, |partitions| u64::from(partitions.shards()));
        self.periods.map_or(1, Periods::count).saturating_mul(shards)
    }

    pub(super) fn spreading(self) -> Result<Spreading<E, S>, Error> {
        let Self { pattern, query, partitions, periods, concurrency } = self;
        query.target()?;
        // Without partitions the query says why; the derive lets none be sent of which the periods are not given.
        let partitions = partitions.filter(|partitions| periods.is_some() || !partitions.have_periods());
        let missing = || pattern.key.partition.error(None, KeyErrorKind::EmptyPart).during(Operation::Query);
        Ok(Spreading { key: &pattern.key, partitions: partitions.ok_or_else(missing)?, query, periods, concurrency })
    }
}

impl<E: Entity, S: Send + Sync + 'static> Spread<E, S> {
    /// Changes what is asked of every partition.
    pub(super) fn each(mut self, change: impl FnOnce(Query<E, S>) -> Query<E, S>) -> Self {
        self.query = change(self.query.into_query());
        self
    }
}

impl<E: Entity, S> fmt::Debug for Spread<E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spread")
            .field("entity", &E::SCHEMA.name)
            .field("pattern", &self.pattern.name)
            .finish_non_exhaustive()
    }
}
