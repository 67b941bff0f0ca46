//! Random queries, each with the filter that says what it should give.

use std::ops::{
    Bound::{self, Excluded, Included, Unbounded},
    RangeBounds as _,
};

use dynamo_model::{Condition, Entity, Query, QueryRequest, op::Global, value::Item};
use proptest::{prelude::*, sample::Index};

use crate::{
    model::{Bytes, Native, Note, Org, Price, Task},
    world::{Draft, World},
};

/// A query to come: which one, and the drafts that its values are taken from.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    which: u8,
    range: u8,
    given: Index,
    low: Index,
    high: Index,
    descending: bool,
    /// Filters by the draft's text.
    filter: Option<Index>,
    /// Items a page.
    pub(crate) limit: usize,
}

pub(crate) fn ask() -> impl Strategy<Value = Ask> {
    let places = (any::<Index>(), any::<Index>(), any::<Index>());
    let filter = prop::option::weighted(0.3, any::<Index>());
    (0..QUERIES, 0..12_u8, places, any::<bool>(), filter, 1..5_usize).prop_map(
        |(which, range, (given, low, high), descending, filter, limit)| Ask {
            which,
            range,
            given,
            low,
            high,
            descending,
            filter,
            limit,
        },
    )
}

/// What is done with a query and the items that it should give, in the order of these attributes.
pub(crate) trait Visit {
    async fn visit<E>(&mut self, query: Query<E, Global>, expected: Vec<&E>, sort: &[&str])
    where
        E: Asked;
}

/// An entity that is filtered by its text.
pub(crate) trait Asked: Entity<Table = Native> + Clone + PartialEq + std::fmt::Debug {
    fn at_least(fields: Self::Fields, least: &str) -> Condition<Self>;
    fn text(&self) -> &str;
}

macro_rules! asked {
    ($($entity:ty),*) => {$(
        impl Asked for $entity {
            fn at_least(fields: Self::Fields, least: &str) -> Condition<Self> {
                fields.text().ge(least)
            }

            fn text(&self) -> &str {
                &self.text
            }
        }
    )*};
}

asked!(Task, Note);

/// A step of a query with one kind of range or none, and the range.
macro_rules! ranged {
    ($ask:expr, $start:expr, $part:ident, $low:expr, $high:expr) => {{
        let (low, high) = ($low, $high);
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

const QUERIES: u8 = 13;
const BY_STATUS: &[&str] = &["rank", "label", "at", "serial"];
const BY_LABEL: &[&str] = &["label", "rank"];
const BY_HASH: &[&str] = &["price", "hash2"];

impl Ask {
    /// The same question about several partitions and ends.
    pub(crate) fn alike(mut asks: Vec<Self>, alike: bool) -> Vec<Self> {
        if let ([first, rest @ ..], true) = (&mut asks[..], alike) {
            for ask in rest {
                (ask.which, ask.range, ask.descending, ask.filter) = (first.which, first.range, first.descending, None);
            }
            first.filter = None;
        }
        asks
    }

    /// Builds the query and filters the world for what it should give.
    #[allow(clippy::too_many_lines, reason = "one arm a query")]
    pub(crate) async fn run(&self, drafts: &[Draft], world: &World, visit: &mut impl Visit) {
        let least = self.filter.map(|filter| filter.get(drafts).text.as_str());
        let given = self.given.get(drafts);
        let (low, high) = (self.low.get(drafts), self.high.get(drafts));
        let label = |draft: &Draft| draft.label.clone().unwrap_or_default();
        let price = |draft: &Draft| Price(draft.price.unwrap_or(-2.0));
        let one = if given.label.is_some() { label(given) } else { "label".to_owned() };
        let org = Org(given.org.clone());
        let (status, name) = (given.status, given.status_name());
        let hash = Bytes(given.hash.clone());
        let in_status = |task: &Task| task.org == org && task.status == status && task.label.is_some();
        let note_in = |note: &Note| note.org == org.0 && note.status == name && note.at.is_some();
        match self.which {
            0 => {
                let (query, range) = ranged!(self, Task::by_status(&org, &status), rank, low.rank, high.rank);
                let filter = |task: &Task| in_status(task) && range.contains(&task.rank);
                self.give(visit, query, &world.tasks, BY_STATUS, least, filter).await;
            }
            1 => {
                let start = Task::by_status(&org, &status).rank(given.rank);
                let (query, range) = ranged!(self, start, label, label(low), label(high));
                // No attribute of a key is empty.
                if query.clone().into_sdk().is_err_and(|error| error.to_string().contains("is empty; a key part")) {
                    assert!(self.range > 9 && low.label.is_none(), "{self:?}");
                    return;
                }
                let filter = |task: &Task| {
                    in_status(task)
                        && task.rank == given.rank
                        && task.label.as_ref().is_some_and(|own| range.contains(own))
                };
                self.give(visit, query, &world.tasks, BY_STATUS, least, filter).await;
            }
            2 => {
                let start = Task::by_status(&org, &status).rank(given.rank).label(&one);
                let (query, range) = ranged!(self, start, at, low.at, high.at);
                let filter = |task: &Task| {
                    in_status(task)
                        && (task.rank, task.label.as_ref()) == (given.rank, Some(&one))
                        && range.contains(&task.at)
                };
                self.give(visit, query, &world.tasks, BY_STATUS, least, filter).await;
            }
            3 => {
                let start = Task::by_status(&org, &status).rank(&given.rank).label(one.as_str()).at(given.at);
                let (query, range) = ranged!(self, start, number, low.number, high.number);
                let filter = |task: &Task| {
                    in_status(task)
                        && (task.rank, task.label.as_ref(), task.at) == (given.rank, Some(&one), given.at)
                        && range.contains(&task.number)
                };
                self.give(visit, query, &world.tasks, BY_STATUS, least, filter).await;
            }
            4 => {
                let (query, range) = ranged!(self, Task::by_label(&org), label, label(low), label(high));
                if query.clone().into_sdk().is_err_and(|error| error.to_string().contains("is empty; a key part")) {
                    return;
                }
                let filter =
                    |task: &Task| task.org == org && task.label.as_ref().is_some_and(|own| range.contains(own));
                self.give(visit, query, &world.tasks, BY_LABEL, least, filter).await;
            }
            5 => {
                let start = Task::by_label(&org).label(&one);
                let (query, range) = ranged!(self, start, rank, low.rank, high.rank);
                let filter =
                    |task: &Task| task.org == org && task.label.as_ref() == Some(&one) && range.contains(&task.rank);
                self.give(visit, query, &world.tasks, BY_LABEL, least, filter).await;
            }
            6 => {
                let query = Task::by_place(&org, &status, &given.place, &given.rank);
                let filter = |task: &Task| {
                    (&task.org, task.status, task.place, task.rank) == (&org, status, given.place, given.rank)
                };
                self.give(visit, query, &world.tasks, &[], least, filter).await;
            }
            7 => {
                let (query, range) = ranged!(self, Task::by_hash(&hash), price, price(low), price(high));
                let filter =
                    |task: &Task| task.hash == hash && task.price.as_ref().is_some_and(|own| range.contains(own));
                self.give(visit, query, &world.tasks, BY_HASH, least, filter).await;
            }
            8 => {
                let start = Task::by_hash(&hash).price(price(given));
                let bytes = |draft: &Draft| Bytes(draft.second.clone());
                let (query, range) = ranged!(self, start, second, bytes(low), bytes(high));
                let filter =
                    |task: &Task| task.hash == hash && task.price == Some(price(given)) && range.contains(&task.second);
                self.give(visit, query, &world.tasks, BY_HASH, least, filter).await;
            }
            9 => {
                let (low, high) = (low.rank_of_note(), high.rank_of_note());
                let (query, range) = ranged!(self, Note::by_status(&org.0, &name), rank, low, high);
                let filter = |note: &Note| note_in(note) && range.contains(&note.rank);
                self.give(visit, query, &world.notes, BY_STATUS, least, filter).await;
            }
            10 => {
                let start = Note::by_status(&org.0, &name).rank(given.rank_of_note()).label(&*one);
                let (query, range) = ranged!(self, start, at, low.date(), high.date());
                let filter = |note: &Note| {
                    note_in(note)
                        && (note.rank, &note.label) == (given.rank_of_note(), &one)
                        && note.at.is_some_and(|at| range.contains(&at))
                };
                self.give(visit, query, &world.notes, BY_STATUS, least, filter).await;
            }
            11 => {
                let start = Note::by_status(&org.0, &name).rank(given.rank_of_note()).label(&one).at(given.date());
                let (query, range) = ranged!(self, start, serial, low.serial_of_note(), high.serial_of_note());
                let filter = |note: &Note| {
                    note_in(note)
                        && (note.rank, &note.label, note.at) == (given.rank_of_note(), &one, Some(given.date()))
                        && range.contains(&note.serial)
                };
                self.give(visit, query, &world.notes, BY_STATUS, least, filter).await;
            }
            _ => {
                let (from, to) = (label(low), label(high));
                let query = Note::by_label(&org.0).label(from.as_str()..to.as_str());
                let filter = |note: &Note| note.org == org.0 && note.label >= from && note.label < to;
                self.give(visit, query, &world.notes, BY_LABEL, least, filter).await;
            }
        }
    }

    async fn give<E: Asked>(
        &self,
        visit: &mut impl Visit,
        query: impl QueryRequest<Entity = E, Source = Global>,
        all: &[E],
        sort: &[&str],
        least: Option<&str>,
        filter: impl Fn(&E) -> bool,
    ) {
        let query = query.into_query();
        let query = if self.descending { query.descending() } else { query };
        let query = match least {
            Some(least) => query.filter(|fields| E::at_least(fields, least)),
            None => query,
        };
        let mut expected: Vec<&E> =
            all.iter().filter(|entity| filter(entity) && least.is_none_or(|least| entity.text() >= least)).collect();
        expected.sort_by_cached_key(|entity| place(*entity, sort));
        if self.descending {
            expected.reverse();
        }
        visit.visit(query, expected, sort).await;
    }
}

/// A key attribute, as DynamoDB sorts it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sorted {
    S(Vec<u8>),
    /// Digits of one width; those of a negative number are what each lacks to nine.
    N(bool, String),
    B(Vec<u8>),
}

/// Where the entity's item stands in an index.
pub(crate) fn place<E: Entity>(entity: &E, sort: &[&str]) -> Vec<Sorted> {
    let item: Item = entity.to_item().expect("short texts");
    let value = |name: &&str| match &item[*name] {
        value if value.is_s() => Sorted::S(value.as_s().expect("text").clone().into_bytes()),
        value if value.is_b() => Sorted::B(value.as_b().expect("bytes").as_ref().to_vec()),
        value => number(value.as_n().expect("a number")),
    };
    sort.iter().map(value).collect()
}

fn number(text: &str) -> Sorted {
    let (positive, text) = text.strip_prefix('-').map_or((true, text), |text| (false, text));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole:0>40}{fraction:0<4}");
    let complement = |digit: char| char::from(b'0' + b'9' - u8::try_from(digit).expect("a digit"));
    Sorted::N(positive, if positive { digits } else { digits.chars().map(complement).collect() })
}
