//! Random queries of spread items, each with the filter that says what it should give.

use dynamo_model::{Condition, Entity, Spread, SpreadRequest as _, op::ConsistentSource};
use proptest::{prelude::*, sample::Index};

use super::{
    draft::Draft,
    model::{Activity, Metric, Note, Spreads},
    world::World,
};
use crate::world::Stored;

/// A query to come: which one, and the drafts that its values are taken from.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    which: u8,
    range: u8,
    given: Index,
    low: Index,
    high: Index,
    descending: bool,
    consistent: bool,
    /// Filters by the draft's id.
    filter: Option<Index>,
    least: Option<String>,
    /// Requests at the same time.
    concurrency: usize,
    /// Items a page.
    pub(crate) limit: usize,
}

pub(crate) fn ask() -> impl Strategy<Value = Ask> {
    let places = (any::<Index>(), any::<Index>(), any::<Index>());
    let filter = prop::option::weighted(0.3, any::<Index>());
    let how = (any::<bool>(), any::<bool>(), filter, 1..10_usize, 1..5_usize);
    (0..QUERIES, 0..3_u8, places, how).prop_map(
        |(which, range, (given, low, high), (descending, consistent, filter, concurrency, limit))| Ask {
            which,
            range,
            given,
            low,
            high,
            descending,
            consistent,
            filter,
            least: None,
            concurrency,
            limit,
        },
    )
}

/// The attributes by which the items are in order: the sort key, where there is one, then the partition key, which ends
/// with the shard.
pub(crate) type Keys = (Option<&'static str>, &'static str);

/// What is done with a query and the items that it should give, in order.
pub(crate) trait Visit {
    async fn visit<E, S>(&mut self, query: Spread<E, S>, expected: Vec<&Stored<E>>, keys: Keys)
    where
        E: Entity<Table = Spreads> + Clone + PartialEq + std::fmt::Debug,
        S: Send + Sync + 'static;
}

/// An entity that is filtered by its id.
pub(crate) trait Filtered: Entity<Table = Spreads> + Clone + PartialEq + std::fmt::Debug {
    fn at_least(fields: Self::Fields, least: &str) -> Condition<Self>;
    fn id(&self) -> &str;
}

macro_rules! filtered {
    ($($entity:ty),*) => {$(
        impl Filtered for $entity {
            fn at_least(fields: Self::Fields, least: &str) -> Condition<Self> {
                fields.id().ge(least)
            }

            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

filtered!(Activity, Metric, Note);

/// A step of a query with one kind of range or a value, and whether a value lies in it.
macro_rules! ranged {
    ($ask:expr, $start:expr, $part:ident, $low:expr, $high:expr) => {{
        let (low, high) = ($low, $high);
        let query = match $ask.range {
            0 => $start.$part(low.clone()..high.clone()).into_spread(),
            1 => $start.$part(low.clone()..=high.clone()).into_spread(),
            _ => $start.$part(low.clone()).into_spread(),
        };
        let range = $ask.range;
        (query, move |value: &_| match range {
            0 => (low.clone()..high.clone()).contains(value),
            1 => (low.clone()..=high.clone()).contains(value),
            _ => *value == low,
        })
    }};
}

const QUERIES: u8 = 13;
const ON_TABLE: Keys = (Some("SK"), "PK");
const ON_GSI1: Keys = (Some("GSI1SK"), "GSI1PK");

impl Ask {
    /// Builds the query and filters the world for what it should give.
    pub(crate) async fn run(&self, drafts: &[Draft], world: &World, visit: &mut impl Visit) {
        let this = Self { least: self.filter.map(|filter| filter.get(drafts).id.clone()), ..self.clone() };
        let given = self.given.get(drafts);
        let (low, high) = (self.low.get(drafts), self.high.get(drafts));
        let place = &given.place;
        let group = given.group.clone().unwrap_or_else(|| "none".to_owned());
        let in_group = |other: &Option<String>| other.as_ref() == Some(&group);
        match self.which {
            0 => {
                let query = Activity::by_org(place).into_spread();
                this.local(visit, query, &world.activities, ON_TABLE, |item| item.org == *place).await;
            }
            1 => {
                let (query, holds) = ranged!(self, Activity::by_org(place), at, low.at, high.at);
                let filter = |item: &Activity| item.org == *place && holds(&item.at);
                this.local(visit, query, &world.activities, ON_TABLE, filter).await;
            }
            2 => {
                let (query, holds) =
                    ranged!(self, Activity::by_org(place).at(given.at), id, low.id.clone(), high.id.clone());
                let filter = |item: &Activity| item.org == *place && item.at == given.at && holds(&item.id);
                this.local(visit, query, &world.activities, ON_TABLE, filter).await;
            }
            3 => {
                let query = Activity::by_actor(&group).into_spread();
                this.global(visit, query, &world.activities, ON_GSI1, |item| in_group(&item.actor)).await;
            }
            4 => {
                let (query, holds) = ranged!(self, Activity::by_actor(&group), at, low.at, high.at);
                let filter = |item: &Activity| in_group(&item.actor) && holds(&item.at);
                this.global(visit, query, &world.activities, ON_GSI1, filter).await;
            }
            5 => {
                let query = Activity::by_tag(&group);
                this.global(visit, query, &world.activities, (None, "GSI2PK"), |item| in_group(&item.actor)).await;
            }
            6 => {
                let query = Activity::by_rank(place).into_spread();
                let keys = (Some("LSI1SK"), "PK");
                let filter = |item: &Activity| item.org == *place && item.rank.is_some();
                this.local(visit, query, &world.activities, keys, filter).await;
            }
            7 => {
                let (low, high) = (low.rank.unwrap_or(0), high.rank.unwrap_or(2));
                let (query, holds) = ranged!(self, Activity::by_rank(place), rank, low, high);
                let keys = (Some("LSI1SK"), "PK");
                let filter = |item: &Activity| item.org == *place && item.rank.as_ref().is_some_and(&holds);
                this.local(visit, query, &world.activities, keys, filter).await;
            }
            8 | 9 => {
                let (query, holds) = ranged!(self, Metric::by_name(place), at, low.at, high.at);
                let filter = |item: &Metric| item.name == *place && holds(&item.at);
                this.local(visit, query, &world.metrics, ON_TABLE, filter).await;
            }
            10 => {
                let (query, holds) =
                    ranged!(self, Metric::by_name(place).at(given.at), id, low.id.clone(), high.id.clone());
                let filter = |item: &Metric| item.name == *place && item.at == given.at && holds(&item.id);
                this.local(visit, query, &world.metrics, ON_TABLE, filter).await;
            }
            11 => {
                let (query, holds) = ranged!(self, Metric::by_host(&group), at, low.at, high.at);
                let filter = |item: &Metric| in_group(&item.host) && holds(&item.at);
                this.global(visit, query, &world.metrics, ON_GSI1, filter).await;
            }
            _ => {
                let (query, holds) = ranged!(self, Note::by_actor(&group), id, low.id.clone(), high.id.clone());
                let filter = |item: &Note| in_group(&item.actor) && holds(&item.id);
                this.global(visit, query, &world.notes, ON_GSI1, filter).await;
            }
        }
    }

    async fn local<E, S>(
        &self,
        visit: &mut impl Visit,
        query: Spread<E, S>,
        all: &[Stored<E>],
        keys: Keys,
        filter: impl Fn(&E) -> bool,
    ) where
        E: Filtered,
        S: ConsistentSource + Send + Sync + 'static,
    {
        let query = if self.consistent { query.consistent() } else { query };
        self.global(visit, query, all, keys, filter).await;
    }

    async fn global<E, S>(
        &self,
        visit: &mut impl Visit,
        query: Spread<E, S>,
        all: &[Stored<E>],
        keys: Keys,
        filter: impl Fn(&E) -> bool,
    ) where
        E: Filtered,
        S: Send + Sync + 'static,
    {
        let query = query.concurrency(self.concurrency);
        let query = if self.descending { query.descending() } else { query };
        let query = match &self.least {
            Some(least) => query.filter(|fields| E::at_least(fields, least)),
            None => query,
        };
        let mut expected: Vec<_> = all
            .iter()
            .filter(|stored| !stored.expired && filter(&stored.entity))
            .filter(|stored| self.least.as_deref().is_none_or(|least| stored.entity.id() >= least))
            .collect();
        // Without a sort key, the direction is DynamoDB's own.
        expected.sort_by(|a, b| {
            let sorts = keys.0.map_or(std::cmp::Ordering::Equal, |sort| a.text(sort).cmp(&b.text(sort)));
            let sorts = if self.descending { sorts.reverse() } else { sorts };
            sorts.then_with(|| a.text(keys.1).cmp(&b.text(keys.1)))
        });
        visit.visit(query, expected, keys).await;
    }
}
