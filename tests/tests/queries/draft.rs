//! Random values that any of the entities can be made of, often equal to one another or next to it.

use dynamo_model::{EpochSeconds, Timestamp};
use proptest::{collection::vec, option, prelude::*};

use crate::{
    model::{Event, Marker, Note, Task},
    text::hostile,
};

/// The time at which all queries run, in seconds: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const NOW: u64 = 4_102_444_800;

/// What an item is made of; its entity is decided by `kind`.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: u8,
    pub(crate) p: String,
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) n: i16,
    pub(crate) at: Timestamp,
    pub(crate) g: Option<String>,
    pub(crate) rank: Option<i8>,
    /// The second at which the item expires.
    pub(crate) expires: Option<u64>,
}

/// Drafts that draw their texts from a small pool.
pub(crate) fn drafts(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Draft>> {
    (vec(hostile(), 3), vec(raw(), sizes)).prop_map(|(pool, drafts)| {
        let text = |(at, near): (usize, u8)| {
            let end = match near {
                0 => "\0",
                1 => "#",
                2 => "$",
                3 => "\u{10ffff}",
                _ => "",
            };
            format!("{}{end}", pool[at])
        };
        let drafts = drafts.into_iter().map(|(kind, p, a, b, n, at, g, rank, expires)| Draft {
            kind,
            p: place(p),
            a: text(a),
            b: text(b),
            n,
            at: Timestamp::from_millis(at).expect("near the epoch"),
            g: g.map(place),
            rank,
            expires,
        });
        drafts.collect()
    })
}

type Raw = (u8, bool, (usize, u8), (usize, u8), i16, i64, Option<bool>, Option<i8>, Option<u64>);

fn raw() -> impl Strategy<Value = Raw> {
    let text = || (0..3_usize, 0..12_u8);
    let number = prop_oneof![-2..=2_i16, any::<i16>(), Just(i16::MIN), Just(i16::MAX)];
    let expires = option::weighted(0.3, prop_oneof![NOW - 1..=NOW + 1, Just(1), Just(u64::from(u32::MAX))]);
    let small = prop_oneof![3 => Just(false), 1 => Just(true)];
    (
        0..13_u8,
        small.clone(),
        text(),
        text(),
        number,
        -2..2_i64,
        option::weighted(0.8, small),
        option::weighted(0.8, -2..=1_i8),
        expires,
    )
}

/// Two partitions, one of which is more common.
fn place(other: bool) -> String {
    if other { "x#" } else { "x" }.to_owned()
}

impl Draft {
    /// Puts the draft into partitions that no other case uses.
    pub(crate) fn settle(mut self, case: &str) -> Self {
        self.p.insert_str(0, case);
        if let Some(g) = &mut self.g {
            g.insert_str(0, case);
        }
        self
    }

    pub(crate) fn is_expired(&self) -> bool {
        self.expires.is_some_and(|expires| expires <= NOW)
    }

    pub(crate) fn note(&self) -> Note {
        let Self { p, a, b, g, rank, .. } = self.clone();
        Note { p, a, b, g, rank, expires: self.expires.map(EpochSeconds::new) }
    }

    pub(crate) fn task(&self) -> Task {
        let Self { p, a, n, g, rank, .. } = self.clone();
        Task { p, a, n, g, rank, expires: self.expires.map(EpochSeconds::new) }
    }

    pub(crate) fn event(&self) -> Event {
        let Self { p, at, a, b, g, .. } = self.clone();
        Event { p, at, a, b, g }
    }

    pub(crate) fn marker(&self) -> Marker {
        Marker { p: self.p.clone() }
    }
}
