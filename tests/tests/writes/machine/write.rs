//! A write of one item, drawn, and settled on what is stored.

use proptest::{collection::vec, option, prelude::*, sample::Index};

use super::{
    modelled::{Aim, Modelled, aimed},
    ready::{Changing, Ready},
    state::{State, place_of},
};

/// A write to come. `of` says which item; its other fields are used where the write needs a value.
#[derive(Debug, Clone)]
pub(crate) struct Write<E: Modelled> {
    of: E,
    aim: Aim,
    verb: Verb<E>,
}

#[derive(Debug, Clone)]
enum Verb<E: Modelled> {
    Create,
    Put {
        from: From,
        mixed: u32,
        replacing: Option<From>,
        when: Option<E::When>,
    },
    /// `twice`: may say two things about one attribute.
    Update {
        changes: Vec<E::Change>,
        twice: bool,
        version: Option<Of>,
        when: Option<E::When>,
        sent: Sent,
    },
    Delete {
        version: Option<Of>,
        when: Option<E::When>,
        returning: bool,
    },
    Remove {
        from: From,
        when: Option<E::When>,
    },
    Check {
        when: Option<E::When>,
    },
}

/// Where a value comes from.
#[derive(Debug, Clone)]
enum From {
    Fresh,
    /// What is stored under the same key, if anything.
    Stored,
    /// A value that was stored under the same key at some time, if there is one.
    Seen(Index),
}

/// A version that a caller states.
#[derive(Debug, Clone)]
enum Of {
    Stored,
    Other(u64),
}

/// How an update is sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sent {
    Plain,
    ReturningOld,
    ReturningNew,
    ExactlyOnce,
    Upsert,
}

fn from() -> impl Strategy<Value = From> {
    prop_oneof![1 => Just(From::Fresh), 3 => Just(From::Stored), 2 => any::<Index>().prop_map(From::Seen)]
}

fn mixed() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(0), 3 => 0..64_u32]
}

fn verb<E: Modelled>() -> impl Strategy<Value = Verb<E>> {
    let when = || option::weighted(0.2, E::whens());
    let version = || {
        let other = (0..4_u64).prop_map(Of::Other);
        option::weighted(0.3, prop_oneof![2 => Just(Of::Stored), 1 => other])
    };
    let sent = prop_oneof![
        4 => Just(Sent::Plain),
        1 => Just(Sent::ReturningOld),
        1 => Just(Sent::ReturningNew),
        1 => Just(Sent::ExactlyOnce),
        1 => Just(Sent::Upsert),
    ];
    let replacing = option::weighted(0.3, from());
    prop_oneof![
        4 => Just(Verb::Create),
        4 => (from(), mixed(), replacing, when())
            .prop_map(|(from, mixed, replacing, when)| Verb::Put { from, mixed, replacing, when }),
        8 => (vec(E::changes(), 0..4), prop::bool::weighted(0.1), version(), when(), sent)
            .prop_map(|(changes, twice, version, when, sent)| Verb::Update { changes, twice, version, when, sent }),
        1 => (version(), when(), any::<bool>())
            .prop_map(|(version, when, returning)| Verb::Delete { version, when, returning }),
        1 => (from(), when()).prop_map(|(from, when)| Verb::Remove { from, when }),
        1 => when().prop_map(|when| Verb::Check { when }),
    ]
}

/// A create: what a sequence begins with.
pub(crate) fn create<E: Modelled>() -> impl Strategy<Value = Write<E>> {
    E::values().prop_map(|of| Write { of, aim: None, verb: Verb::Create })
}

pub(crate) fn write<E: Modelled>() -> impl Strategy<Value = Write<E>> {
    (E::values(), verb::<E>().boxed(), option::weighted(0.8, any::<Index>())).prop_map(|(of, verb, aim)| {
        let aim = aim.filter(|_| !matches!(verb, Verb::Create));
        Write { of, aim, verb }
    })
}

impl<E: Modelled> Write<E> {
    /// Whether it can only stand in a transaction.
    pub(crate) fn is_check(&self) -> bool {
        matches!(self.verb, Verb::Check { .. })
    }

    /// `alone` is not in a transaction.
    pub(crate) fn settle(&self, state: &State, alone: bool) -> Ready<E> {
        let of = aimed(&self.of, &self.aim, state);
        let place = place_of(&of.key());
        let stored = state.stored::<E>(&place).cloned();
        let pick = |from: &From| match from {
            From::Fresh => None,
            From::Stored => stored.clone(),
            From::Seen(at) => {
                let seen: Vec<&E> = E::rows(state).seen.iter().filter(|seen| seen.key() == of.key()).collect();
                (!seen.is_empty()).then(|| (*at.get(&seen)).clone())
            }
        };
        let version = |version: &Option<Of>| {
            version.as_ref().map(|of| match of {
                Of::Stored => stored.as_ref().and_then(E::version).unwrap_or(1),
                Of::Other(version) => *version,
            })
        };
        match &self.verb {
            Verb::Create => Ready::Create(of),
            Verb::Put { from, mixed, replacing, when } => {
                let mut value = pick(from).unwrap_or_else(|| of.clone());
                value.mix(&of, *mixed);
                let replacing = replacing.as_ref().and_then(&pick);
                Ready::Put { value, replacing, when: when.clone() }
            }
            Verb::Update { changes, twice, version: given, when, sent } => {
                let mut kept: Vec<E::Change> = Vec::new();
                for change in changes {
                    let is_alone = |other: &E::Change| E::stands_alone(change) && E::stands_alone(other);
                    let clashes = |other: &E::Change| is_alone(other) || (!twice && meet::<E>(change, other));
                    if !kept.iter().any(clashes) {
                        kept.push(change.clone());
                    }
                }
                let (version, when) = (version(given), when.clone());
                let sent = if alone { *sent } else { Sent::Plain };
                Ready::Update(Changing { stored: stored.clone(), of, changes: kept, version, when, sent })
            }
            Verb::Delete { version: given, when, returning } => {
                Ready::Delete { version: version(given), of, when: when.clone(), returning: *returning }
            }
            Verb::Remove { from, when } => Ready::Remove { value: pick(from).unwrap_or(of), when: when.clone() },
            Verb::Check { when } => Ready::Check { of, when: when.clone() },
        }
    }
}

/// Whether both are about one attribute, or one about what lies inside the other's.
pub(crate) fn meet<E: Modelled>(one: &E::Change, other: &E::Change) -> bool {
    E::path(one).iter().zip(&E::path(other)).all(|(one, other)| one == other)
}
