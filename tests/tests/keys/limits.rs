//! Keys and bounds next to DynamoDB's limit of 1,024 bytes.

use std::ops::Bound::{Excluded, Included, Unbounded};

use dynamo_model::{
    Entity as _, EntityKey as _, Error, KeyPart as _, QueryRequest as _,
    key::{KeyErrorKind, PartSpec, SORT_KEY_LIMIT},
};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    bounds::{Own, Ranged, check, every_range},
    cases::cases,
    model::{Lowered, Raw, Texts},
    order::lower,
};

/// Letters of every length in UTF-8, next to those where the length changes, and one that is escaped.
const LETTERS: &[char] =
    &['a', '~', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10000}', '\u{10ffff}', '#'];

/// Texts that fill a sort key to within a few bytes, below or above; they differ near their ends.
fn long(used: usize) -> impl Strategy<Value = String> {
    (select(LETTERS), -8..8_isize, vec(select(LETTERS), 0..3)).prop_map(move |(letter, spare, end)| {
        let end = String::from_iter(end);
        let room = (SORT_KEY_LIMIT - used).saturating_add_signed(spare).saturating_sub(bytes(&end));
        let mut text = letter.to_string().repeat(room / bytes(&letter.to_string()));
        text.push_str(&end);
        text
    })
}

/// Bytes in a key.
fn bytes(text: &str) -> usize {
    let mut out = String::new();
    text.to_owned().encode(PartSpec::Plain, &mut out).expect("any text is escaped");
    out.len()
}

/// Leaves out the queries that were refused for a bound that no key can hold.
fn fitting<E: dynamo_model::Entity + Clone, V>(
    ranges: Vec<Ranged<E, V>>,
    field: &str,
    fits: impl Fn(&V) -> bool,
) -> Vec<Ranged<E, V>> {
    ranges
        .into_iter()
        .filter_map(|(query, range)| {
            let too_long = [&range.0, &range.1].into_iter().any(|bound| match bound {
                Included(text) | Excluded(text) => !fits(text),
                Unbounded => false,
            });
            match query.clone().into_sdk() {
                Err(Error::Key(error)) if *error.kind() != KeyErrorKind::EmptyRange => {
                    assert!(matches!(error.kind(), KeyErrorKind::TooLong { limit: SORT_KEY_LIMIT, .. }), "{error}");
                    assert_eq!(error.field(), Some(field));
                    assert!(too_long, "{error}");
                    None
                }
                Err(Error::Key(_)) | Ok(_) => Some((query, range)),
                Err(error) => panic!("{error}"),
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn the_last_text(texts in vec(long("TEXT#a#b#".len()), 3..6)) {
        let keys: Vec<_> = texts.iter().filter_map(|text| {
            let value = Texts { tenant: "t".into(), a: "a".into(), b: "b".into(), c: text.clone() };
            Some(Own { key: value.key().to_primary().ok()?, part: text.clone(), given: true })
        }).collect();
        let start = Texts::texts("t").a("a").b("b");
        let ranges = fitting(every_range!(start, c, texts[0].clone(), texts[1].clone()), "c", |text: &String| {
            "TEXT#a#b#".len() + bytes(text) <= SORT_KEY_LIMIT
        });
        check(ranges, &keys, "TEXT");
    }

    #[test]
    fn the_first_text(texts in vec(long("TEXT#".len()), 3..6)) {
        let keys: Vec<_> = texts.iter().filter_map(|text| {
            let value = Texts { tenant: "t".into(), a: text.clone(), b: "b".into(), c: "c".into() };
            Some(Own { key: value.key().to_primary().ok()?, part: text.clone(), given: true })
        }).collect();
        let ranges = fitting(every_range!(Texts::texts("t"), a, texts[0].clone(), texts[1].clone()), "a", |text: &String| {
            "TEXT#".len() + bytes(text) < SORT_KEY_LIMIT
        });
        check(ranges, &keys, "TEXT");
    }

    #[test]
    fn the_first_text_with_room_for_others(texts in vec(long("TEXT##b#c".len()), 3..6)) {
        let keys: Vec<_> = texts.iter().filter_map(|text| {
            let value = Texts { tenant: "t".into(), a: text.clone(), b: "b".into(), c: "c".into() };
            Some(Own { key: value.key().to_primary().ok()?, part: text.clone(), given: true })
        }).collect();
        let ranges = fitting(every_range!(Texts::texts("t"), a, texts[0].clone(), texts[1].clone()), "a", |text: &String| {
            "TEXT#".len() + bytes(text) < SORT_KEY_LIMIT
        });
        check(ranges, &keys, "TEXT");
    }

    #[test]
    fn the_last_lowered_text(texts in vec(long("EMAIL#e#".len()), 3..6)) {
        let keys: Vec<_> = texts.iter().filter_map(|text| {
            let value = Lowered { email: "e".into(), name: text.clone() };
            Some(Own { key: value.key().to_primary().ok()?, part: lower(text), given: true })
        }).collect();
        let start = Lowered::lowered("e").email("e");
        let ranges = fitting(every_range!(start, name, lower(&texts[0]), lower(&texts[1])), "name", |text: &String| {
            "EMAIL#e#".len() + bytes(text) <= SORT_KEY_LIMIT
        });
        check(ranges, &keys, "EMAIL");
    }

    #[test]
    fn the_raw_text(texts in vec(long("RAW#00001#".len()), 3..6)) {
        let texts: Vec<_> = texts.iter().map(|text| text.replace('#', "\0\"!")).collect();
        let keys: Vec<_> = texts.iter().filter_map(|text| {
            let value = Raw { tenant: "t".into(), code: 1, name: text.clone() };
            Some(Own { key: value.key().to_primary().ok()?, part: text.clone(), given: true })
        }).collect();
        let start = Raw::raw("t").code(1);
        let ranges = fitting(every_range!(start, name, texts[0].clone(), texts[1].clone()), "name", |text: &String| {
            "RAW#00001#".len() + text.len() <= SORT_KEY_LIMIT
        });
        check(ranges, &keys, "RAW");
    }
}
