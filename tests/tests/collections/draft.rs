//! Random items: of members, of others, of types that the table does not have, of none.

use dynamo_model::prelude::*;
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::model::{Collections, Note, Plan, Project, Task};

/// The time of the tests, in seconds: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const NOW: u64 = 4_102_444_800;

/// An item to come.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    pub(crate) p: String,
    pub(crate) year: u16,
    n: i16,
    text: String,
    pub(crate) group: Option<String>,
    rank: i8,
    pub(crate) expires: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Project,
    Task,
    Note,
    Plan,
    /// Of a newer program.
    Unknown,
    /// Of nobody.
    Untyped,
    /// Of the library itself.
    Held,
}

pub(crate) fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let kind = prop_oneof![
        2 => Just(Kind::Project),
        5 => Just(Kind::Task),
        5 => Just(Kind::Note),
        2 => Just(Kind::Plan),
        2 => Just(Kind::Unknown),
        1 => Just(Kind::Untyped),
        1 => Just(Kind::Held),
    ];
    let text = vec(select(&['a', 'b', '#', '$', '\u{10ffff}'][..]), 1..4).prop_map(String::from_iter);
    let number = prop_oneof![-2..=2_i16, any::<i16>()];
    let expires = option::weighted(0.3, NOW - 1..=NOW + 1);
    let draft = (kind, 2024..2026_u16, number, text, option::weighted(0.8, Just("g".to_owned())), -1..=1_i8, expires);
    let draft = draft.prop_map(|(kind, year, n, text, group, rank, expires)| Draft {
        kind,
        p: "p".to_owned(),
        year,
        n,
        text,
        group,
        rank,
        expires,
    });
    vec(draft, 0..14)
}

impl Draft {
    /// Puts the draft into partitions that no other case uses.
    pub(crate) fn settle(mut self, case: &str) -> Self {
        self.p.insert_str(0, case);
        if let Some(group) = &mut self.group {
            group.insert_str(0, case);
        }
        self
    }

    /// What the item is, or has the keys of.
    pub(crate) fn value(&self) -> Collections {
        let Self { p, year, n, text, group, rank, .. } = self.clone();
        match self.kind {
            Kind::Project => Project { p, year, group, rank }.into(),
            Kind::Task | Kind::Unknown => Task { p, year, n, group, rank }.into(),
            Kind::Note | Kind::Untyped => {
                let expires = self.expires.map(EpochSeconds::new);
                Note { owner: p, of: year, text, team: group, rank, expires }.into()
            }
            Kind::Plan | Kind::Held => Plan { p, year, n, group, rank }.into(),
        }
    }
}
