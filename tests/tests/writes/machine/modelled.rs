//! What the model has to know of an entity.

use std::fmt::Debug;

use dynamo_model::{
    Condition, Db, Entity, EpochSeconds, Error, Timestamp,
    op::{Delete, Update},
};
use proptest::strategy::BoxedStrategy;

use super::state::{Rows, State, Unique};
use crate::world::Work;

pub(crate) trait Modelled: Entity<Table = Work> + Clone + PartialEq + Debug {
    /// Whether its writes can give back the item.
    const RETURNS: bool = false;

    /// A change of one field, or of several that are set together.
    type Change: Clone + Debug + 'static;

    /// A condition.
    type When: Clone + Debug + 'static;

    fn rows(state: &State) -> &Rows<Self>;
    fn rows_mut(state: &mut State) -> &mut Rows<Self>;

    /// Values that were never stored, with few different keys.
    fn values() -> BoxedStrategy<Self>;
    fn changes() -> BoxedStrategy<Self::Change>;
    fn whens() -> BoxedStrategy<Self::When>;

    /// Tells an update of a change, for an item of which this is stored.
    fn set(update: Update<Self>, change: &Self::Change, stored: Option<&Self>) -> Update<Self>;

    /// Does the same to a value; `false` if the update has to be refused.
    fn apply(change: &Self::Change, stored: &Self, after: &mut Self) -> bool;

    /// The paths that the change is about. Fields that are set together are one.
    fn path(change: &Self::Change) -> Vec<String>;

    /// The unique values that the change takes the item's from and to, as the caller says; `None` if it is of others.
    fn moves(_: &Self::Change, _: Option<&Self>) -> Option<Moved> {
        None
    }

    /// Whether an update can have one such change only.
    fn stands_alone(_: &Self::Change) -> bool {
        false
    }

    fn condition(when: &Self::When, fields: Self::Fields) -> Condition<Self>;

    /// Whether what is stored fulfils the condition.
    fn holds(when: &Self::When, stored: Option<&Self>) -> bool;

    /// Takes some fields from another value, but for the key and what the library maintains.
    fn mix(&mut self, from: &Self, fields: u32);

    /// Takes the key from another value.
    fn rekey(&mut self, of: &Self);

    /// The value under a key that none of the drawn ones has.
    fn move_key(&mut self);

    /// The version and the times of a write.
    fn stamp(&mut self, _: Timestamp, _create: bool) {}

    fn version(&self) -> Option<u64> {
        None
    }

    fn expiry(&self) -> Option<EpochSeconds> {
        None
    }

    /// The values that no other item may have, in the order of the constraints.
    fn uniques(&self) -> Vec<Unique> {
        Vec::new()
    }

    /// The fields that these are made of.
    fn unique_fields(&self) -> Vec<Option<String>> {
        Vec::new()
    }

    fn update_version(update: Update<Self>, _: u64) -> Update<Self> {
        update
    }

    fn delete_version(delete: Delete<Self>, _: u64) -> Delete<Self> {
        delete
    }

    /// Sends an update that gives back the item.
    async fn update_returning(_: Update<Self>, _new: bool, _: &Db<Work>) -> Result<Self, Error> {
        unreachable!("asked for by those that return")
    }

    /// Sends a delete that gives back the item.
    async fn delete_returning(_: Delete<Self>, _: &Db<Work>) -> Result<Option<Self>, Error> {
        unreachable!("asked for by those that return")
    }
}

/// The value under the key of a stored one, if it is aimed at one and there is any.
pub(crate) fn aimed<E: Modelled>(of: &E, aim: &Aim, state: &State) -> E {
    let mut of = of.clone();
    let stored: Vec<&E> = E::rows(state).stored.values().collect();
    if let (Some(at), false) = (aim, stored.is_empty()) {
        of.rekey(stored[at.index(stored.len())]);
    }
    of
}

/// Which of the stored items is meant, if one is.
pub(crate) type Aim = Option<proptest::sample::Index>;

/// Unique values before and after a change.
pub(crate) struct Moved {
    pub(crate) old: Option<Unique>,
    pub(crate) new: Option<Unique>,
    /// Whether they are written even if they stay the same.
    pub(crate) always: bool,
}

/// What a caller says is stored: the truth, or something that seldom is.
#[derive(Debug, Clone)]
pub(crate) struct Given<T> {
    pub(crate) right: bool,
    pub(crate) other: T,
}

impl<T: Clone> Given<T> {
    pub(crate) fn value(&self, stored: Option<T>) -> T {
        stored.filter(|_| self.right).unwrap_or_else(|| self.other.clone())
    }
}

/// Mostly right.
pub(crate) fn given<T: Clone + Debug + 'static>(
    other: impl proptest::strategy::Strategy<Value = T> + 'static,
) -> BoxedStrategy<Given<T>> {
    use proptest::prelude::*;
    (prop::bool::weighted(0.75), other).prop_map(|(right, other)| Given { right, other }).boxed()
}

/// One of a few texts: a letter and a digit.
pub(crate) fn text(letter: char, many: u8) -> BoxedStrategy<String> {
    use proptest::prelude::*;
    (0..many).prop_map(move |digit| format!("{letter}{digit}")).boxed()
}
