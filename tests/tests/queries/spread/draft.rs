//! Random values that any of the entities can be made of, often at one time or one beside another.

use dynamo_model::{EpochSeconds, Timestamp};
use proptest::{collection::vec, option, prelude::*};

use super::model::{Activity, Metric, Note};
use crate::text::hostile;

/// A midnight, at which all queries run: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const NOW: i64 = 4_102_444_800;

#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: u8,
    pub(crate) place: String,
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    pub(crate) group: Option<String>,
    pub(crate) rank: Option<u8>,
    pub(crate) expires: Option<u64>,
}

pub(crate) fn drafts(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Draft>> {
    (vec(hostile(), 3), vec(draft(), sizes)).prop_map(|(pool, drafts)| {
        let drafts = drafts.into_iter().map(|(mut draft, text, end)| {
            draft.id = format!("{}{end}", pool[text]);
            draft
        });
        drafts.collect()
    })
}

fn draft() -> impl Strategy<Value = (Draft, usize, u8)> {
    let small = || prop_oneof![3 => Just("x"), 1 => Just("x#")];
    let expires = option::weighted(0.3, NOW - 1..=NOW + 1);
    (
        0..12_u8,
        small(),
        at(),
        option::weighted(0.8, small()),
        option::weighted(0.7, 0..3_u8),
        expires,
        0..3_usize,
        0..6_u8,
    )
        .prop_map(|(kind, place, at, group, rank, expires, text, end)| {
            let expires = expires.map(i64::unsigned_abs);
            let (place, group) = (place.to_owned(), group.map(str::to_owned));
            (Draft { kind, place, id: String::new(), at, group, rank, expires }, text, end)
        })
}

/// Around the borders of hours and days, so that periods are full, lack, or hold one item.
fn at() -> impl Strategy<Value = Timestamp> {
    let hours = prop_oneof![6 => -1..=1_i64, 2 => -30..30_i64, 1 => -100..100_i64];
    (hours, prop_oneof![Just(0_i64), -2..=2_i64, 0..3_600_000_i64]).prop_map(|(hours, millis)| {
        Timestamp::from_millis((NOW + hours * 3_600) * 1_000 + millis).expect("this century")
    })
}

impl Draft {
    /// Puts the draft into partitions that no other case uses.
    pub(crate) fn settle(mut self, case: &str) -> Self {
        self.place.insert_str(0, case);
        if let Some(group) = &mut self.group {
            group.insert_str(0, case);
        }
        self
    }

    pub(crate) fn is_expired(&self) -> bool {
        self.expires.is_some_and(|expires| expires <= NOW.unsigned_abs())
    }

    pub(crate) fn activity(&self) -> Activity {
        let Self { place, id, at, group, rank, .. } = self.clone();
        Activity { org: place, id, at, actor: group, rank, expires: self.expires.map(EpochSeconds::new) }
    }

    pub(crate) fn metric(&self) -> Metric {
        let Self { place, id, at, group, .. } = self.clone();
        Metric { name: place, at, id, host: group, expires: self.expires.map(EpochSeconds::new) }
    }

    pub(crate) fn note(&self) -> Note {
        let Self { place, id, group, .. } = self.clone();
        Note { org: place, id, actor: group }
    }
}
