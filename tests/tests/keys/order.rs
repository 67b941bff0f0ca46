//! Different keys have different texts, and texts sort as the values do.

use std::{cmp::Ordering, fmt::Debug};

use dynamo_model::{EntityKey as _, key::KeyErrorKind};
use proptest::prelude::*;

use crate::{
    cases::cases,
    model::{Braces, Days, Ids, Instants, Lowered, Names, Numbers, Raw, Texts},
    population::{Case, population},
};

/// What a key is ordered by, as a tuple of the values.
fn check<E: Case, P: Ord + Debug, S: Ord + Debug>(values: &[E], partition: fn(&E) -> P, sort: fn(&E) -> S) {
    let keys: Vec<_> = values
        .iter()
        .filter_map(|value| match value.key().to_primary() {
            Ok(key) => Some((value, key)),
            Err(error) => {
                // A number wider than its width, a year that has no four digits, `#` in a raw text.
                let (field, kind) = (error.field().unwrap_or_default(), error.kind());
                assert!(matches!(kind, KeyErrorKind::Part(_)), "{error}");
                assert!(["seq", "chrono", "time", "jiff", "name"].contains(&field), "{error}");
                None
            }
        })
        .collect();
    for (a, key_a) in &keys {
        for (b, key_b) in &keys {
            let expected = (partition(a).cmp(&partition(b)), sort(a).cmp(&sort(b)));
            let found = (key_a.partition.cmp(&key_b.partition), key_a.sort.cmp(&key_b.sort));
            assert_eq!(found, expected, "{a:?} as {:?} and {b:?} as {:?}", text(key_a), text(key_b));
            assert_eq!(key_a == key_b, expected == (Ordering::Equal, Ordering::Equal));
        }
    }
}

fn text(key: &dynamo_model::key::PrimaryKey) -> (&str, Option<&str>) {
    (&key.partition, key.sort.as_deref())
}

pub(crate) fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

macro_rules! ordered {
    ($($test:ident: $entity:ty, $partition:expr, $sort:expr;)*) => {$(
        proptest! {
            #![proptest_config(cases(10_000))]

            #[test]
            fn $test(values in population::<$entity>(2..4)) {
                check(&values, $partition, $sort);
            }
        }
    )*};
}

ordered! {
    texts: Texts, |key| key.tenant.clone(), |key| (key.a.clone(), key.b.clone(), key.c.clone());
    numbers: Numbers, |key| key.tenant,
        |key| (key.tiny, key.seq, key.count, key.delta, key.big, key.rank, key.last);
    instants: Instants, |key| key.tenant, |key| (key.at, key.chrono, key.time, key.jiff);
    days: Days, |key| key.tenant.clone(), |key| (key.chrono, key.time, key.jiff, key.note.clone());
    ids: Ids, |key| key.tenant.clone(), |key| (key.ulid, key.uuid, key.user.clone());
    names: Names, |key| key.tenant.clone(),
        |key| (key.status.name(), key.flag, key.letter, key.serial);
    lowered: Lowered, |key| lower(&key.email), |key| (key.email.clone(), lower(&key.name));
    raw: Raw, |key| key.tenant.clone(), |key| (key.code, key.name.clone());
    braces: Braces, |key| key.tenant.clone(), |key| key.a.clone();
}
