//! What must be stored: the values by their keys, and all that was ever written, for stale copies.

use std::collections::BTreeMap;

use dynamo_model::{EntityKey, EpochSeconds, Timestamp};

use super::modelled::Modelled;
use crate::world::{Counter, Session, Task, User, at};

/// The texts of a primary key.
pub(crate) type Place = (String, String);

/// All that the table must hold, at a time.
#[derive(Default)]
pub(crate) struct State {
    /// Seconds since the tests begin.
    pub(crate) seconds: i64,
    pub(crate) tasks: Rows<Task>,
    pub(crate) users: Rows<User>,
    pub(crate) sessions: Rows<Session>,
    pub(crate) counters: Rows<Counter>,
}

/// The values of one entity.
pub(crate) struct Rows<E> {
    /// What is stored, expired leftovers included: no engine here deletes them by itself.
    pub(crate) stored: BTreeMap<Place, E>,
    /// Every value that was ever stored.
    pub(crate) seen: Vec<E>,
}

impl<E> Default for Rows<E> {
    fn default() -> Self {
        Self { stored: BTreeMap::new(), seen: Vec::new() }
    }
}

/// One of the values that no other item may have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unique {
    pub(crate) fields: &'static [&'static str],
    /// The partition key of the item that holds it.
    pub(crate) text: String,
}

impl State {
    pub(crate) fn now(&self) -> Timestamp {
        at(self.seconds)
    }

    /// Whether a value has not expired.
    pub(crate) fn is_live<E: Modelled>(&self, value: &E) -> bool {
        value.expiry().is_none_or(|expiry| expiry > EpochSeconds::from(self.now()))
    }

    /// What is stored under a key, if only as an expired leftover.
    pub(crate) fn stored<E: Modelled>(&self, place: &Place) -> Option<&E> {
        E::rows(self).stored.get(place)
    }

    /// The item under a key, as every reader sees it.
    pub(crate) fn live<E: Modelled>(&self, place: &Place) -> Option<&E> {
        self.stored(place).filter(|value| self.is_live(*value))
    }

    /// All items of an entity, as every reader sees them.
    pub(crate) fn all<E: Modelled>(&self) -> impl Iterator<Item = &E> {
        E::rows(self).stored.values().filter(|value| self.is_live(*value))
    }

    /// Whether an item other than this one has the value.
    pub(crate) fn is_taken<E: Modelled>(&self, unique: &Unique, place: &Place) -> bool {
        let others = E::rows(self).stored.iter().filter(|(other, value)| *other != place && self.is_live(*value));
        others.into_iter().any(|(_, value)| value.uniques().contains(unique))
    }

    pub(crate) fn store<E: Modelled>(&mut self, value: E) {
        let rows = E::rows_mut(self);
        rows.stored.insert(place_of(&value.key()), value.clone());
        rows.seen.push(value);
    }

    pub(crate) fn delete<E: Modelled>(&mut self, place: &Place) {
        E::rows_mut(self).stored.remove(place);
    }
}

pub(crate) fn place_of<K: EntityKey>(key: &K) -> Place {
    let primary = key.to_primary().expect("short texts");
    (primary.partition, primary.sort.expect("the table has sort keys"))
}
