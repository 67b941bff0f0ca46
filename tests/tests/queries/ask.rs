//! Random queries, each with the filter that says what it should give.

use std::ops::{
    Bound::{self, Excluded, Included, Unbounded},
    RangeBounds as _,
};

use dynamo_model::{
    Condition, Entity, Query, QueryRequest as _,
    op::{ConsistentSource, WholeSource},
};
use proptest::{prelude::*, sample::Index};

use crate::{
    draft::Draft,
    model::{Event, Note, Task},
    world::{Stored, World},
};

/// A query to come: which one, and the drafts that its values are taken from.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    which: u8,
    range: u8,
    given: Index,
    low: Index,
    high: Index,
    /// The lower end is the lower one.
    ordered: bool,
    descending: bool,
    consistent: bool,
    /// Filters by the draft's text.
    filter: Option<Index>,
    /// What the filter asks for, once the drafts are known.
    least: Option<String>,
    /// Items a page.
    pub(crate) limit: usize,
}

pub(crate) fn ask() -> impl Strategy<Value = Ask> {
    let places = (any::<Index>(), any::<Index>(), any::<Index>());
    let filter = prop::option::weighted(0.3, any::<Index>());
    let range = (prop_oneof![1 => Just(0), 3 => 0..RANGES], prop::bool::weighted(0.8));
    (0..QUERIES, range, places, any::<bool>(), any::<bool>(), filter, 1..5_usize).prop_map(
        |(which, (range, ordered), (given, low, high), descending, consistent, filter, limit)| Ask {
            which,
            range,
            given,
            low,
            high,
            ordered,
            descending,
            consistent,
            filter,
            least: None,
            limit,
        },
    )
}

/// What is done with a query and the items that it should give, in order of their sort keys on its index.
pub(crate) trait Visit {
    async fn visit<E, S>(&mut self, query: Query<E, S>, expected: Vec<&Stored<E>>, sort: Option<&str>)
    where
        E: Entity<Table = crate::model::Queries> + Clone + PartialEq + std::fmt::Debug,
        S: WholeSource;
}

/// An entity that is filtered by its text.
pub(crate) trait Filtered: Entity<Table = crate::model::Queries> + Clone + PartialEq + std::fmt::Debug {
    fn at_least(fields: Self::Fields, least: &str) -> Condition<Self>;
    fn text(&self) -> &str;
}

macro_rules! filtered {
    ($($entity:ty),*) => {$(
        impl Filtered for $entity {
            fn at_least(fields: Self::Fields, least: &str) -> Condition<Self> {
                fields.a().ge(least)
            }

            fn text(&self) -> &str {
                &self.a
            }
        }
    )*};
}

filtered!(Note, Task, Event);

const RANGES: u8 = 12;

/// A step of a query with one kind of range or none, and the range.
macro_rules! ranged {
    ($ask:expr, $start:expr, $part:ident, $low:expr, $high:expr) => {{
        let (low, high) = ($low, $high);
        let (low, high) = if $ask.ordered && high < low { (high, low) } else { (low, high) };
        match $ask.range {
            0 => ($start.into_query(), (Unbounded, Unbounded)),
            1 => ($start.$part(..).into_query(), (Unbounded, Unbounded)),
            2 => ($start.$part(low.clone()..high.clone()).into_query(), (Included(low), Excluded(high))),
            3 => ($start.$part(low.clone()..=high.clone()).into_query(), (Included(low), Included(high))),
            4 => ($start.$part(low.clone()..).into_query(), (Included(low), Unbounded)),
            5 => ($start.$part(..high.clone()).into_query(), (Unbounded, Excluded(high))),
            6 => ($start.$part(..=high.clone()).into_query(), (Unbounded, Included(high))),
            7 => both(low, high, |low, high| (Excluded(low), Excluded(high)), |range| $start.$part(range).into_query()),
            8 => both(low, high, |low, high| (Excluded(low), Included(high)), |range| $start.$part(range).into_query()),
            9 => both(low, high, |low, _| (Excluded(low), Unbounded), |range| $start.$part(range).into_query()),
            _ => ($start.$part(low.clone()).into_query(), (Included(low.clone()), Included(low))),
        }
    }};
}

type Range<T> = (Bound<T>, Bound<T>);

fn both<T: Clone, Q>(low: T, high: T, range: fn(T, T) -> Range<T>, query: impl FnOnce(Range<T>) -> Q) -> (Q, Range<T>) {
    let range = range(low, high);
    (query(range.clone()), range)
}

const QUERIES: u8 = 15;

impl Ask {
    /// The drafts of the entity that the query is about, if there are any: the others' values seldom give anything.
    fn of_entity<'d>(&self, drafts: &'d [Draft]) -> Vec<&'d Draft> {
        let kinds = match self.which {
            0..=4 => 0..4,
            5..=10 => 4..8,
            _ => 8..12,
        };
        let of_entity: Vec<_> = drafts.iter().filter(|draft| kinds.contains(&draft.kind)).collect();
        if of_entity.is_empty() { drafts.iter().collect() } else { of_entity }
    }

    /// Builds the query and filters the world for what it should give.
    pub(crate) async fn run(&self, drafts: &[Draft], world: &World, visit: &mut impl Visit) {
        let this = Self { least: self.filter.map(|filter| filter.get(drafts).a.clone()), ..self.clone() };
        let drafts = &self.of_entity(drafts);
        let given = self.given.get(drafts);
        let (low, high) = (self.low.get(drafts), self.high.get(drafts));
        let p = &given.p;
        let group = given.g.clone().unwrap_or_else(|| "none".to_owned());
        let in_group = |g: &Option<String>| g.as_ref() == Some(&group);
        let text = |draft: &Draft| draft.a.clone();
        let (rank, low_rank, high_rank) = (given.rank.unwrap_or(0), low.rank.unwrap_or(-2), high.rank.unwrap_or(1));
        match self.which {
            0 => {
                let (query, range) = ranged!(self, Note::notes(p), a, text(low), text(high));
                this.local(visit, query, &world.notes, "SK", |note| note.p == *p && range.contains(&note.a)).await;
            }
            1 => {
                let (query, range) = ranged!(self, Note::by_group(&group), a, text(low), text(high));
                let filter = |note: &Note| in_group(&note.g) && range.contains(&note.a);
                this.global(visit, query, &world.notes, Some("GSI1SK"), filter).await;
            }
            2 => {
                let start = Note::by_group(&group).a(&given.a);
                let (query, range) = ranged!(self, start, b, low.b.clone(), high.b.clone());
                let filter = |note: &Note| in_group(&note.g) && note.a == given.a && range.contains(&note.b);
                this.global(visit, query, &world.notes, Some("GSI1SK"), filter).await;
            }
            3 => {
                let (query, range) = ranged!(self, Note::by_rank(p), rank, low_rank, high_rank);
                let filter = |note: &Note| note.p == *p && note.rank.is_some_and(|rank| range.contains(&rank));
                this.local(visit, query, &world.notes, "LSI1SK", filter).await;
            }
            4 => {
                let filter = |note: &Note| note.p == *p && note.b == given.b;
                this.global(visit, Note::by_tag(p, &given.b), &world.notes, None, filter).await;
            }
            5 => {
                let (query, range) = ranged!(self, Task::tasks(p), a, text(low), text(high));
                this.local(visit, query, &world.tasks, "SK", |task| task.p == *p && range.contains(&task.a)).await;
            }
            6 => {
                let (query, range) = ranged!(self, Task::tasks(p).a(&given.a), n, low.n, high.n);
                let filter = |task: &Task| task.p == *p && task.a == given.a && range.contains(&task.n);
                this.local(visit, query, &world.tasks, "SK", filter).await;
            }
            7 => {
                let (query, range) = ranged!(self, Task::by_group(&group), n, low.n, high.n);
                let filter = |task: &Task| in_group(&task.g) && range.contains(&task.n);
                this.global(visit, query, &world.tasks, Some("GSI1SK"), filter).await;
            }
            8 => {
                let (query, range) = ranged!(self, Task::by_group(&group).n(given.n), a, text(low), text(high));
                let filter = |task: &Task| in_group(&task.g) && task.n == given.n && range.contains(&task.a);
                this.global(visit, query, &world.tasks, Some("GSI1SK"), filter).await;
            }
            9 => {
                let (query, range) = ranged!(self, Task::by_rank(p), rank, low_rank, high_rank);
                let filter = |task: &Task| task.p == *p && task.rank.is_some_and(|rank| range.contains(&rank));
                this.local(visit, query, &world.tasks, "LSI1SK", filter).await;
            }
            10 => {
                let (query, range) = ranged!(self, Task::by_rank(p).rank(rank), a, text(low), text(high));
                let filter = |task: &Task| task.p == *p && task.rank == Some(rank) && range.contains(&task.a);
                this.local(visit, query, &world.tasks, "LSI1SK", filter).await;
            }
            11 => {
                let (query, range) = ranged!(self, Event::events(p), at, low.at, high.at);
                this.local(visit, query, &world.events, "SK", |event| event.p == *p && range.contains(&event.at)).await;
            }
            12 => {
                let (query, range) = ranged!(self, Event::events(p).at(given.at), a, text(low), text(high));
                let filter = |event: &Event| event.p == *p && event.at == given.at && range.contains(&event.a);
                this.local(visit, query, &world.events, "SK", filter).await;
            }
            13 => {
                let start = Event::events(p).at(given.at).a(&given.a);
                let (query, range) = ranged!(self, start, b, low.b.clone(), high.b.clone());
                let filter = |event: &Event| {
                    (&event.p, event.at, &event.a) == (p, given.at, &given.a) && range.contains(&event.b)
                };
                this.local(visit, query, &world.events, "SK", filter).await;
            }
            _ => {
                let (query, range) = ranged!(self, Event::by_group(&group), b, low.b.clone(), high.b.clone());
                let filter = |event: &Event| in_group(&event.g) && range.contains(&event.b);
                this.global(visit, query, &world.events, Some("GSI1SK"), filter).await;
            }
        }
    }

    async fn local<E, S>(
        &self,
        visit: &mut impl Visit,
        query: Query<E, S>,
        all: &[Stored<E>],
        sort: &str,
        filter: impl Fn(&E) -> bool,
    ) where
        E: Filtered,
        S: ConsistentSource + WholeSource,
    {
        let query = if self.consistent { query.consistent() } else { query };
        self.global(visit, query, all, Some(sort), filter).await;
    }

    async fn global<E, S>(
        &self,
        visit: &mut impl Visit,
        query: Query<E, S>,
        all: &[Stored<E>],
        sort: Option<&str>,
        filter: impl Fn(&E) -> bool,
    ) where
        E: Filtered,
        S: WholeSource,
    {
        let query = if self.descending { query.descending() } else { query };
        let query = match &self.least {
            Some(least) => query.filter(|fields| E::at_least(fields, least)),
            None => query,
        };
        // What is absent from a sparse index has no key there.
        let mut expected: Vec<_> = all
            .iter()
            .filter(|stored| !stored.expired && filter(&stored.entity))
            .filter(|stored| self.least.as_deref().is_none_or(|least| stored.entity.text() >= least))
            .filter(|stored| sort.is_none_or(|sort| stored.text(sort).is_some()))
            .collect();
        if let Some(sort) = sort {
            expected.sort_by(|a, b| a.text(sort).cmp(&b.text(sort)));
        }
        if self.descending {
            expected.reverse();
        }
        visit.visit(query, expected, sort).await;
    }
}
