//! A write of one item: drawn, settled on what is stored, foretold by the model, and as the library's request.

use dynamo_model::{
    Db, EntityKey as _, Error, Request as _, Transaction,
    op::{Delete, Update, Upserted},
};
use proptest::{collection::vec, option, prelude::*, sample::Index};

use super::{
    kind::Kind,
    modelled::{Aim, Modelled, aimed},
    state::{Place, State, Unique, place_of},
};
use crate::world::Work;

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
enum Sent {
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

/// A write with its values.
#[derive(Debug)]
pub(crate) enum Ready<E: Modelled> {
    Create(E),
    Put { value: E, replacing: Option<E>, when: Option<E::When> },
    Update(Changing<E>),
    Delete { of: E, version: Option<u64>, when: Option<E::When>, returning: bool },
    Remove { value: E, when: Option<E::When> },
    Check { of: E, when: Option<E::When> },
}

/// An update with its values.
#[derive(Debug)]
pub(crate) struct Changing<E: Modelled> {
    /// Names the item; what an upsert creates.
    of: E,
    /// What is stored, so that the caller can say it.
    stored: Option<E>,
    changes: Vec<E::Change>,
    version: Option<u64>,
    when: Option<E::When>,
    sent: Sent,
}

/// What becomes of a write.
#[derive(Debug)]
pub(crate) struct Forecast<E> {
    /// It is refused before anything is sent.
    pub(crate) unsendable: bool,
    pub(crate) refused: Option<Kind>,
    /// The keys of all items that it writes, in order.
    pub(crate) touched: Vec<Place>,
    pub(crate) after: After<E>,
}

/// What an item becomes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum After<E> {
    Same,
    Stored(E),
    Gone,
}

/// What a request gives.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer<E> {
    Done,
    Value(E),
    Maybe(Option<E>),
    Upserted(Upserted),
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
fn meet<E: Modelled>(one: &E::Change, other: &E::Change) -> bool {
    E::path(one).iter().zip(&E::path(other)).all(|(one, other)| one == other)
}

impl<E: Modelled> Ready<E> {
    fn of(&self) -> &E {
        match self {
            Self::Create(of) | Self::Put { value: of, .. } | Self::Delete { of, .. } => of,
            Self::Update(Changing { of, .. }) | Self::Remove { value: of, .. } | Self::Check { of, .. } => of,
        }
    }

    pub(crate) fn place(&self) -> Place {
        place_of(&self.of().key())
    }

    pub(crate) fn forecast(&self, state: &State) -> Forecast<E> {
        let place = self.place();
        let (stored, live) = (state.stored::<E>(&place), state.live::<E>(&place));
        let holds = |when: &Option<E::When>| when.as_ref().is_none_or(|when| E::holds(when, stored));
        let same_uniques = |known: &E| stored.is_some_and(|stored| stored.unique_fields() == known.unique_fields());
        let has_version = |version: Option<u64>| version.is_none() || stored.and_then(E::version) == version;
        let is_unique = !self.of().uniques().is_empty();
        match self {
            Self::Create(value) => {
                let exists = live.map(|_| Kind::AlreadyExists);
                write_new(state, &place, value.clone(), exists, Vec::new(), true)
            }
            Self::Put { value, replacing, when } => {
                let known = if is_unique { replacing.as_ref().or(stored) } else { None };
                let known = known.filter(|known| state.is_live(*known));
                let never_stored = value.version() == Some(0);
                let free = !never_stored || live.is_none();
                let same = !is_unique || never_stored || known.map_or(live.is_none(), same_uniques);
                let version = value.version().filter(|_| !never_stored);
                let passes = free && same && has_version(version) && holds(when);
                let refused = (!passes).then(|| if free { refused(version, live) } else { Kind::VersionConflict });
                let old = known.map(E::uniques).unwrap_or_default();
                write_new(state, &place, value.clone(), refused, old, false)
            }
            Self::Update(update) => update.forecast(state),
            Self::Delete { version, when, .. } => {
                let version = version.filter(|_| self.of().version().is_some());
                let passes = has_version(version) && holds(when);
                let refused = (!passes).then(|| refused(version, live));
                delete(state, place, refused, live.map(E::uniques).unwrap_or_default())
            }
            Self::Remove { value, when } => {
                let known = Some(value).filter(|value| state.is_live(*value));
                let same = !is_unique || known.map_or(live.is_none(), same_uniques);
                let passes = same && has_version(value.version()) && holds(when);
                let refused = (!passes).then(|| refused(value.version(), live));
                delete(state, place, refused, known.map(E::uniques).unwrap_or_default())
            }
            Self::Check { when, .. } => {
                let refused = match live {
                    None => Some(Kind::NotFound),
                    Some(_) => (!holds(when)).then_some(Kind::ConditionFailed),
                };
                Forecast { unsendable: false, refused, touched: vec![place], after: After::Same }
            }
        }
    }

    /// What the request gives, if it is done.
    pub(crate) fn answer(&self, state: &State, after: &After<E>) -> Answer<E> {
        let live = state.live::<E>(&self.place()).cloned();
        match (self, after) {
            (Self::Create(_) | Self::Put { .. }, After::Stored(value)) => Answer::Value(value.clone()),
            (Self::Update(update), After::Stored(value)) => match (update.sent, live) {
                (Sent::Upsert, None) => Answer::Upserted(Upserted::Created),
                (Sent::Upsert, Some(_)) => Answer::Upserted(Upserted::Updated),
                (Sent::ReturningOld, Some(live)) if E::RETURNS => Answer::Value(live),
                (Sent::ReturningNew, _) if E::RETURNS => Answer::Value(value.clone()),
                _ => Answer::Done,
            },
            (Self::Delete { returning: true, .. }, _) if E::RETURNS => Answer::Maybe(live),
            _ => Answer::Done,
        }
    }

    pub(crate) async fn send(self, db: &Db<Work>) -> Result<Answer<E>, Error> {
        Ok(match self {
            Self::Create(value) => Answer::Value(value.create().send(db).await?),
            Self::Put { .. } => Answer::Value(self.into_put().send(db).await?),
            Self::Update(update) => return update.send(db).await,
            Self::Delete { returning: true, .. } if E::RETURNS => {
                Answer::Maybe(E::delete_returning(self.into_delete(), db).await?)
            }
            Self::Delete { .. } => {
                self.into_delete().send(db).await?;
                Answer::Done
            }
            Self::Remove { value, when } => {
                removal::<E>(value, when).send(db).await?;
                Answer::Done
            }
            Self::Check { .. } => unreachable!("a condition is no request of its own"),
        })
    }

    /// Adds it to a transaction.
    pub(crate) fn join(self, transaction: Transaction<Work>) -> Transaction<Work> {
        match self {
            Self::Create(value) => transaction.and(value.create()),
            Self::Put { .. } => transaction.and(self.into_put()),
            Self::Update(update) => transaction.and(update.request()),
            Self::Delete { .. } => transaction.and(self.into_delete()),
            Self::Remove { value, when } => transaction.and(removal::<E>(value, when)),
            Self::Check { of, when: None } => transaction.and(of.key().exists()),
            Self::Check { of, when: Some(when) } => {
                transaction.and(of.key().exists().when(|fields| E::condition(&when, fields)))
            }
        }
    }

    fn into_put(self) -> dynamo_model::op::Put<E> {
        let Self::Put { value, replacing, when } = self else { unreachable!("a put") };
        let put = value.put();
        let put = match replacing {
            Some(stored) => put.replacing(stored),
            None => put,
        };
        match when {
            Some(when) => put.when(|fields| E::condition(&when, fields)),
            None => put,
        }
    }

    fn into_delete(self) -> Delete<E> {
        let Self::Delete { of, version, when, .. } = self else { unreachable!("a delete") };
        let delete = of.key().delete();
        let delete = match version {
            Some(version) => E::delete_version(delete, version),
            None => delete,
        };
        match when {
            Some(when) => delete.when(|fields| E::condition(&when, fields)),
            None => delete,
        }
    }
}

fn removal<E: Modelled>(value: E, when: Option<E::When>) -> dynamo_model::op::Remove<E> {
    match when {
        Some(when) => value.remove().when(|fields| E::condition(&when, fields)),
        None => value.remove(),
    }
}

/// Why a write on which nothing else depends is refused, when its condition does not hold.
fn refused<E: Modelled>(version: Option<u64>, live: Option<&E>) -> Kind {
    match version {
        Some(_) if live.and_then(E::version) != version => Kind::VersionConflict,
        _ => Kind::ConditionFailed,
    }
}

/// A value in place of whatever is there.
fn write_new<E: Modelled>(
    state: &State,
    place: &Place,
    mut value: E,
    refused: Option<Kind>,
    old: Vec<Unique>,
    create: bool,
) -> Forecast<E> {
    value.stamp(state.now(), create);
    let new = value.uniques();
    let refused = refused.or_else(|| taken::<E>(state, place, &new)).or_else(|| {
        // What the item does not hold cannot be given back.
        let lost = old.iter().any(|unique| !new.contains(unique) && state.is_taken::<E>(unique, place));
        lost.then_some(Kind::ConditionFailed)
    });
    let gone = old.into_iter().filter(|unique| !new.contains(unique)).collect::<Vec<_>>();
    let held = new.iter().chain(&gone).map(holder);
    let touched = std::iter::once(place.clone()).chain(held).collect();
    Forecast { unsendable: false, refused, touched, after: After::Stored(value) }
}

fn delete<E: Modelled>(state: &State, place: Place, refused: Option<Kind>, old: Vec<Unique>) -> Forecast<E> {
    let lost = || old.iter().any(|unique| state.is_taken::<E>(unique, &place)).then_some(Kind::ConditionFailed);
    let refused = refused.or_else(lost);
    let touched = std::iter::once(place).chain(old.iter().map(holder)).collect();
    Forecast { unsendable: false, refused, touched, after: After::Gone }
}

fn taken<E: Modelled>(state: &State, place: &Place, new: &[Unique]) -> Option<Kind> {
    let taken = new.iter().find(|unique| state.is_taken::<E>(unique, place))?;
    Some(Kind::NotUnique(taken.fields))
}

/// The key of the item that holds a unique value.
pub(crate) fn holder(unique: &Unique) -> Place {
    (unique.text.clone(), "UNIQUE".to_owned())
}

impl<E: Modelled> Changing<E> {
    fn forecast(&self, state: &State) -> Forecast<E> {
        let place = place_of(&self.of.key());
        let Some(live) = state.live::<E>(&place) else {
            return match self.sent {
                Sent::Upsert => Ready::Create(self.of.clone()).forecast(state).unsendable_if(self.is_twice()),
                _ => self.refused(place, Kind::NotFound),
            };
        };
        let mut after = live.clone();
        let mut fits = true;
        for change in &self.changes {
            fits &= E::apply(change, live, &mut after);
        }
        after.stamp(state.now(), false);
        let version = self.version.filter(|_| live.version().is_some());
        let passes = fits
            && (version.is_none() || live.version() == version)
            && self.when.as_ref().is_none_or(|when| E::holds(when, Some(live)));
        if !passes {
            return self.refused(place, refused(version, Some(live)));
        }
        let moved = self.changes.iter().filter_map(|change| E::moves(change, self.stored.as_ref()));
        let new: Vec<Unique> = moved.filter_map(|moved| moved.new).collect();
        let refused = taken::<E>(state, &place, &new);
        Forecast { unsendable: self.is_twice(), refused, touched: self.touched(place), after: After::Stored(after) }
    }

    fn refused(&self, place: Place, kind: Kind) -> Forecast<E> {
        let touched = self.touched(place);
        Forecast { unsendable: self.is_twice(), refused: Some(kind), touched, after: After::Same }
    }

    fn touched(&self, place: Place) -> Vec<Place> {
        let mut touched = vec![place];
        for moved in self.changes.iter().filter_map(|change| E::moves(change, self.stored.as_ref())) {
            if moved.always || moved.old != moved.new {
                touched.extend(moved.new.iter().map(holder));
                touched.extend(moved.old.iter().filter(|old| moved.new.as_ref() != Some(old)).map(holder));
            }
        }
        touched
    }

    /// Whether it says two things about one attribute.
    fn is_twice(&self) -> bool {
        let twice = |(at, change)| self.changes[..at].iter().any(|other| meet::<E>(change, other));
        self.changes.iter().enumerate().any(twice)
    }

    fn request(self) -> Update<E> {
        let mut update = self.of.key().update();
        for change in &self.changes {
            update = E::set(update, change, self.stored.as_ref());
        }
        if let Some(version) = self.version {
            update = E::update_version(update, version);
        }
        match self.when {
            Some(when) => update.when(|fields| E::condition(&when, fields)),
            None => update,
        }
    }

    async fn send(self, db: &Db<Work>) -> Result<Answer<E>, Error> {
        let (sent, of) = (self.sent, self.of.clone());
        let update = self.request();
        match sent {
            Sent::ReturningOld if E::RETURNS => E::update_returning(update, false, db).await.map(Answer::Value),
            Sent::ReturningNew if E::RETURNS => E::update_returning(update, true, db).await.map(Answer::Value),
            Sent::ExactlyOnce => update.exactly_once().send(db).await.map(|()| Answer::Done),
            Sent::Upsert => update.upsert(of).send(db).await.map(Answer::Upserted),
            _ => update.send(db).await.map(|()| Answer::Done),
        }
    }
}

impl<E> Forecast<E> {
    fn unsendable_if(mut self, unsendable: bool) -> Self {
        self.unsendable |= unsendable;
        self
    }
}
