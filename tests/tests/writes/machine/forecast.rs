//! What the model says becomes of a write.

use super::{
    kind::Kind,
    modelled::Modelled,
    ready::{Changing, Ready},
    state::{Place, State, Unique, place_of},
    write::{Sent, meet},
};

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

impl<E: Modelled> Ready<E> {
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
                // A leftover is no version of anything.
                let is_version = version.is_none() || live.and_then(E::version) == version;
                let passes = free && same && is_version && holds(when);
                let refused = (!passes).then(|| if free { refused(version, live) } else { Kind::VersionConflict });
                let old = known.map(E::uniques).unwrap_or_default();
                write_new(state, &place, value.clone(), refused, old, false)
            }
            Self::Update(update) => update.forecast(state),
            Self::Delete { version, when, .. } => {
                let version = version.filter(|_| self.of().version().is_some());
                let passes = has_version(version) && holds(when);
                let refused = (!passes).then(|| refused(version, live));
                delete(state, place, refused, &live.map(E::uniques).unwrap_or_default())
            }
            Self::Remove { value, when } => {
                let known = Some(value).filter(|value| state.is_live(*value));
                let same = !is_unique || known.map_or(live.is_none(), same_uniques);
                let passes = same && has_version(value.version()) && holds(when);
                let refused = (!passes).then(|| refused(value.version(), live));
                delete(state, place, refused, &known.map(E::uniques).unwrap_or_default())
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
}

impl<E> Forecast<E> {
    fn unsendable_if(mut self, unsendable: bool) -> Self {
        self.unsendable |= unsendable;
        self
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

fn delete<E: Modelled>(state: &State, place: Place, refused: Option<Kind>, old: &[Unique]) -> Forecast<E> {
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
