//! What each write is to do, told in Rust.

use std::collections::BTreeMap;

use dynamo_model::op::Upserted;

use super::world::{Change, Kind, Row};

/// All that is stored.
pub(crate) type State = BTreeMap<Place, Row>;

/// An item's entity and number.
pub(crate) type Place = (Kind, u8);

/// A write of one item.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) place: Place,
    pub(crate) act: Act,
}

#[derive(Debug, Clone)]
pub(crate) enum Act {
    Create(Row),
    /// The row's version is the one that it was read as.
    Put(Row, Guard),
    Update(Change, Guard, Mode),
    Modify(Change),
    Delete(Guard),
    DeleteReturning,
    /// The value as it was read.
    Remove(Row),
    /// In a transaction: that it exists.
    Check,
}

/// What a write depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    None,
    Points(i64),
    Version(u64),
}

/// How an update is sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mode {
    Plain,
    New,
    Old,
    Once,
    Upsert(Row),
}

/// What a successful write gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Given {
    Nothing,
    Row(Option<Row>),
    Upserted(Upserted),
}

/// Why a write was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    Exists,
    Missing,
    Version,
    Condition,
    NotUnique,
}

/// A refusal, with what stood in the way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused(pub(crate) Why, pub(crate) Option<Row>);

impl Write {
    /// Does it, or says why not.
    pub(crate) fn apply(&self, state: &mut State) -> Result<Given, Refused> {
        let stored = state.get(&self.place).cloned();
        let refuse = |why| Err(Refused(why, stored.clone()));
        let (kind, _) = self.place;
        match (&self.act, &stored) {
            (Act::Create(_), Some(_)) => return refuse(Why::Exists),
            (Act::Put(row, guard), _) => {
                if kind.is_versioned() && row.version != stored.as_ref().map_or(0, |stored| stored.version) {
                    return refuse(Why::Version);
                }
                if !guard.holds(stored.as_ref()) {
                    return refuse(Why::Condition);
                }
            }
            (Act::Update(_, _, Mode::Upsert(_)), None) => {}
            (Act::Update(..) | Act::Modify(_) | Act::Check, None) => return refuse(Why::Missing),
            (Act::Update(_, Guard::Version(version), _), Some(stored)) if stored.version != *version => {
                return refuse(Why::Version);
            }
            (Act::Update(change, guard, _), Some(stored)) => {
                let unlike = matches!(change, Change::Email { from, .. } if *from != stored.email);
                if unlike || !guard.holds(Some(stored)) {
                    return refuse(Why::Condition);
                }
            }
            (Act::Delete(Guard::Version(version)), _)
                if stored.as_ref().map_or(0, |stored| stored.version) != *version =>
            {
                return refuse(Why::Version);
            }
            (Act::Delete(guard), _) if !guard.holds(stored.as_ref()) => return refuse(Why::Condition),
            (Act::Remove(row), _) => {
                if kind.is_versioned() && stored.as_ref().map_or(0, |stored| stored.version) != row.version {
                    return refuse(Why::Version);
                }
                if kind.is_unique() && stored.as_ref().is_none_or(|stored| stored.email != row.email) {
                    return refuse(Why::Condition);
                }
            }
            _ => {}
        }
        let new = self.leaves(stored.as_ref());
        let email = new.as_ref().and_then(|new| new.email.as_ref());
        let is_taken = |(place, row): (&Place, &Row)| {
            place.0 == kind && *place != self.place && email.is_some() && row.email.as_ref() == email
        };
        if state.iter().any(is_taken) {
            return Err(Refused(Why::NotUnique, None));
        }
        match new.clone() {
            Some(new) => state.insert(self.place, new),
            None => state.remove(&self.place),
        };
        Ok(match &self.act {
            Act::Create(_) | Act::Put(..) | Act::Modify(_) | Act::Update(_, _, Mode::New) => Given::Row(new),
            Act::DeleteReturning | Act::Update(_, _, Mode::Old) => Given::Row(stored),
            Act::Update(_, _, Mode::Upsert(_)) => {
                Given::Upserted(if stored.is_some() { Upserted::Updated } else { Upserted::Created })
            }
            Act::Update(..) | Act::Delete(_) | Act::Remove(_) | Act::Check => Given::Nothing,
        })
    }

    /// The item after the write, if nothing stands in the way.
    fn leaves(&self, stored: Option<&Row>) -> Option<Row> {
        let (kind, _) = self.place;
        let versioned = |version: u64| if kind.is_versioned() { version } else { 0 };
        match (&self.act, stored) {
            (Act::Create(row), _) | (Act::Update(_, _, Mode::Upsert(row)), None) => {
                Some(Row { version: versioned(1), ..row.clone() })
            }
            (Act::Put(row, _), _) => Some(Row { version: versioned(row.version + 1), ..row.clone() }),
            (Act::Update(change, ..) | Act::Modify(change), Some(stored)) => {
                let mut row = stored.clone();
                change.apply(&mut row);
                if matches!(self.act, Act::Modify(_)) && row == *stored {
                    return Some(row);
                }
                row.version = versioned(row.version + 1);
                Some(row)
            }
            (Act::Check, stored) => stored.cloned(),
            (Act::Update(..) | Act::Modify(_) | Act::Delete(_) | Act::DeleteReturning | Act::Remove(_), _) => None,
        }
    }

    /// Whether it is sent so that a repetition is not done: as a transaction, under a token.
    pub(crate) fn has_token(&self, stored: Option<&Row>) -> bool {
        let holds = |row: &Row| row.email.is_some();
        match &self.act {
            Act::Update(Change::Email { from, to }, ..) => from != to,
            Act::Update(_, _, Mode::Once) => true,
            Act::Create(row) => holds(row),
            Act::Put(row, _) => holds(row) || stored.is_some_and(holds),
            Act::Delete(_) | Act::DeleteReturning | Act::Remove(_) => stored.is_some_and(holds),
            _ => false,
        }
    }

    /// Whether it may be repeated after a failure that leaves open what became of it: done twice, it leaves what it
    /// leaves done once.
    pub(crate) fn repeats(&self) -> bool {
        match &self.act {
            Act::Update(change, guard, mode) => {
                !self.place.0.is_versioned()
                    && matches!(change, Change::Text(_) | Change::Tag(_))
                    && *guard == Guard::None
                    && matches!(mode, Mode::Plain | Mode::New | Mode::Upsert(_))
            }
            Act::Modify(_) | Act::DeleteReturning | Act::Check => false,
            Act::Create(_) | Act::Put(..) | Act::Delete(_) | Act::Remove(_) => true,
        }
    }

    /// Whether it is one request that is sent again only where it surely was not done.
    pub(crate) fn is_sure(&self) -> bool {
        let by_email = matches!(&self.act, Act::Update(Change::Email { .. }, ..) | Act::Modify(Change::Email { .. }));
        let by_mode = matches!(&self.act, Act::Update(_, _, Mode::Once | Mode::Upsert(_)));
        !self.repeats() && !by_email && !by_mode
    }
}

impl Guard {
    fn holds(self, stored: Option<&Row>) -> bool {
        match self {
            Self::Points(points) => stored.is_some_and(|stored| stored.points == points),
            Self::None | Self::Version(_) => true,
        }
    }
}
