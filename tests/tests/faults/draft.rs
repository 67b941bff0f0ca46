//! Random writes: drawn without knowing what is stored, and made fit for it when their turn comes.

use dynamo_model_tests::faults::{Fault, schedules};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::model::{Act, Guard, Mode, Place, State, Write};
use super::world::{Change, Kind, Row};

/// What one case does.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// Which items are there at first.
    pub(crate) stored: Vec<bool>,
    /// The calls, and whether each is made together with the one before.
    pub(crate) calls: Vec<(Vec<Draft>, bool)>,
    pub(crate) faults: Vec<Fault>,
}

/// A write before it is known what it meets.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    kind: Kind,
    id: u8,
    verb: Verb,
    guard: u8,
    mode: u8,
    /// What the write depends on is not what is stored.
    is_stale: bool,
    email: u8,
    points: i64,
}

#[derive(Debug, Clone, Copy)]
enum Verb {
    Create,
    Put,
    Text,
    Add,
    Append,
    Tag,
    Email,
    ModifyPoints,
    ModifyLog,
    ModifyEmail,
    Delete,
    DeleteReturning,
    Remove,
    Check,
}

/// A call that is ready to be sent.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    One(Write),
    All(Vec<Write>),
}

impl Call {
    pub(crate) fn writes(&self) -> &[Write] {
        match self {
            Self::One(write) => std::slice::from_ref(write),
            Self::All(writes) => writes,
        }
    }
}

/// Up to six calls, most on one item of the kind; some are transactions with items of other kinds.
pub(crate) fn scripts(kind: Kind) -> impl Strategy<Value = Script> {
    let call = prop_oneof![5 => vec(drafts(Just(kind)), 1), 1 => vec(drafts(select(&Kind::ALL[..])), 2..5)];
    let calls = vec((call, any::<bool>()), 1..=6);
    (vec(prop::bool::weighted(0.7), 8), calls, schedules(0..40)).prop_map(|(stored, calls, faults)| Script {
        stored,
        calls,
        faults,
    })
}

fn drafts(kind: impl Strategy<Value = Kind>) -> impl Strategy<Value = Draft> {
    use Verb::{
        Add, Append, Check, Create, Delete, DeleteReturning, Email, ModifyEmail, ModifyLog, ModifyPoints, Put, Remove,
        Tag, Text,
    };
    let verbs = [
        Create,
        Create,
        Put,
        Put,
        Put,
        Text,
        Add,
        Add,
        Append,
        Append,
        Tag,
        Email,
        ModifyPoints,
        ModifyPoints,
        ModifyLog,
        ModifyEmail,
        Delete,
        Delete,
        DeleteReturning,
        Remove,
        Check,
    ];
    let id = prop_oneof![3 => Just(0), 1 => Just(1)];
    let is_stale = prop::bool::weighted(0.2);
    let verb = (0..verbs.len()).prop_map(move |at| verbs[at]);
    (kind, id, verb, 0..4_u8, 0..6_u8, is_stale, 0..4_u8, 1..9_i64).prop_map(
        |(kind, id, verb, guard, mode, is_stale, email, points)| Draft {
            kind,
            id,
            verb,
            guard,
            mode,
            is_stale,
            email,
            points,
        },
    )
}

/// What is stored at first at a place.
pub(crate) fn initial(place: Place) -> Row {
    let (kind, id) = place;
    let email = (kind.is_unique() && id == 0).then(|| "m0".to_owned());
    Row { text: format!("first{id}"), email, version: u64::from(kind.is_versioned()), ..Row::default() }
}

/// The call for what is stored. Texts and elements bear its number, so that none is written by two.
pub(crate) fn resolve(drafts: &[Draft], number: usize, stored: &State) -> Call {
    if let [draft] = drafts {
        return Call::One(draft.resolve(number, stored, false));
    }
    let mut writes: Vec<Write> = Vec::new();
    for draft in drafts {
        let write = draft.resolve(number, stored, true);
        if writes.iter().all(|other| other.place != write.place) {
            writes.push(write);
        }
    }
    Call::All(writes)
}

impl Draft {
    pub(crate) fn place(&self) -> Place {
        (self.kind, self.id)
    }

    fn resolve(&self, number: usize, state: &State, in_transaction: bool) -> Write {
        let place = self.place();
        let stored = state.get(&place);
        let change = match self.verb {
            Verb::Text => Change::Text(format!("t{number}")),
            Verb::Append | Verb::ModifyLog => Change::Append(format!("e{number}")),
            Verb::Tag => Change::Tag(format!("g{number}")),
            Verb::Email | Verb::ModifyEmail if self.kind.is_unique() => {
                let from = stored.and_then(|stored| stored.email.clone()).filter(|_| !self.is_stale);
                Change::Email { from, to: self.email() }
            }
            _ => Change::Add(self.points),
        };
        let act = match self.verb {
            Verb::Create => Act::Create(self.row(number, 0)),
            Verb::Put => {
                let guard = match self.guard(stored) {
                    Guard::Version(_) => Guard::None,
                    guard => guard,
                };
                Act::Put(self.row(number, self.version(stored)), guard)
            }
            Verb::Delete => Act::Delete(self.guard(stored)),
            Verb::DeleteReturning if in_transaction || self.kind.is_unique() => Act::Delete(Guard::None),
            Verb::DeleteReturning => Act::DeleteReturning,
            Verb::Remove => {
                let read = stored.cloned().unwrap_or_else(|| initial(place));
                let version = self.version(stored).max(u64::from(self.kind.is_versioned()));
                Act::Remove(Row { version, ..read })
            }
            Verb::Check if in_transaction => Act::Check,
            Verb::ModifyPoints | Verb::ModifyLog | Verb::ModifyEmail if !in_transaction => Act::Modify(change),
            _ => {
                let mode = match self.mode {
                    1 if !in_transaction && !self.kind.is_unique() => Mode::New,
                    2 if !in_transaction && !self.kind.is_unique() => Mode::Old,
                    3 if !in_transaction => Mode::Once,
                    4 if !in_transaction => Mode::Upsert(self.row(number, 0)),
                    _ => Mode::Plain,
                };
                Act::Update(change, self.guard(stored), mode)
            }
        };
        Write { place, act }
    }

    fn row(&self, number: usize, version: u64) -> Row {
        let email = if self.kind.is_unique() { self.email() } else { None };
        let (text, log) = (format!("t{number}"), vec![format!("e{number}")]);
        Row { text, points: self.points, log, email, version, ..Row::default() }
    }

    fn email(&self) -> Option<String> {
        match self.email {
            0 => None,
            1 => Some("m0".to_owned()),
            _ => Some(format!("m{}{}", self.id, self.email)),
        }
    }

    fn guard(&self, stored: Option<&Row>) -> Guard {
        match self.guard {
            1 => Guard::Points(stored.map_or(0, |stored| stored.points) + i64::from(self.is_stale)),
            2 if self.kind.is_versioned() => Guard::Version(self.version(stored).max(1)),
            _ => Guard::None,
        }
    }

    /// The version that the caller believes in.
    fn version(&self, stored: Option<&Row>) -> u64 {
        let version = stored.map_or(0, |stored| stored.version);
        match (self.kind.is_versioned(), self.is_stale, version) {
            (false, ..) => 0,
            (true, false, version) => version,
            (true, true, 0..=1) => version + 1,
            (true, true, version) => version - 1,
        }
    }
}
