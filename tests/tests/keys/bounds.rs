//! The key condition of a range asks for exactly the keys of the entity that lie in it.

use std::ops::{
    Bound::{self, Excluded, Included, Unbounded},
    RangeBounds as _,
};

use dynamo_model::{Entity, EntityKey as _, Query, QueryRequest as _, key::PrimaryKey};
use proptest::prelude::*;

use crate::{
    cases::cases,
    condition::Condition,
    model::{Days, Ids, Instants, Lowered, Names, Numbers, Raw, Texts},
    order::lower,
    population::population,
    text::hostile,
};

/// A range and the query that it gives.
pub(crate) type Ranged<E, V> = (Query<E>, (Bound<V>, Bound<V>));

/// A key of the entity: its part that is ranged over, and whether the parts before it are the given ones.
pub(crate) struct Own<V> {
    pub(crate) key: PrimaryKey,
    pub(crate) part: V,
    pub(crate) given: bool,
}

/// Every kind of range between two values, as the condition of one step of a query.
macro_rules! every_range {
    ($start:expr, $part:ident, $low:expr, $high:expr) => {{
        let (start, low, high) = ($start, $low, $high);
        let (l, h) = (|| low.clone(), || high.clone());
        vec![
            (start.clone().$part(l()..h()).into_query(), (Included(l()), Excluded(h()))),
            (start.clone().$part(l()..=h()).into_query(), (Included(l()), Included(h()))),
            (start.clone().$part(l()..).into_query(), (Included(l()), Unbounded)),
            (start.clone().$part(..h()).into_query(), (Unbounded, Excluded(h()))),
            (start.clone().$part(..=h()).into_query(), (Unbounded, Included(h()))),
            (start.clone().$part(..).into_query(), (Unbounded, Unbounded)),
            (start.clone().into_query(), (Unbounded, Unbounded)),
            (start.clone().$part((Excluded(l()), Excluded(h()))).into_query(), (Excluded(l()), Excluded(h()))),
            (start.clone().$part((Excluded(l()), Included(h()))).into_query(), (Excluded(l()), Included(h()))),
            (start.clone().$part((Excluded(l()), Unbounded)).into_query(), (Excluded(l()), Unbounded)),
            (start.clone().$part((Included(&low), Excluded(&high))).into_query(), (Included(l()), Excluded(h()))),
            (start.clone().$part(&low..&high).into_query(), (Included(l()), Excluded(h()))),
            (start.clone().$part(&low..=&high).into_query(), (Included(l()), Included(h()))),
            (start.clone().$part(&low..).into_query(), (Included(l()), Unbounded)),
            (start.clone().$part(..&high).into_query(), (Unbounded, Excluded(h()))),
            (start.clone().$part(..=&high).into_query(), (Unbounded, Included(h()))),
            (start.clone().$part(&low).into_query(), (Included(l()), Included(l()))),
            (start.$part(l()).into_query(), (Included(l()), Included(l()))),
        ]
    }};
}
pub(crate) use every_range;

/// Keys of other entities in the partition, whose literal is next to this entity's.
fn foreign(literal: &str, any: &str) -> Vec<String> {
    let mut texts = vec![any.to_owned()];
    let letters: Vec<char> = literal.chars().collect();
    for cut in 0..letters.len() {
        let start: String = letters[..cut].iter().collect();
        let next = char::from_u32(u32::from(letters[cut]) + 1).expect("ASCII");
        let last = char::from_u32(u32::from(letters[cut]) - 1).expect("ASCII");
        texts.extend([format!("{start}{next}"), format!("{start}{last}"), format!("{start}{last}{}", char::MAX)]);
        texts.extend([format!("{start}{next}{any}"), format!("{start}{last}{any}"), start]);
    }
    texts.retain(|text| !text.is_empty() && !text.starts_with(literal));
    texts
}

/// Checks ranges against keys; a range that holds nothing is not sent.
pub(crate) fn check<E: Entity, V: PartialOrd + std::fmt::Debug>(ranges: Vec<Ranged<E, V>>, keys: &[Own<V>], any: &str) {
    let literal = E::SCHEMA.primary.key.sort.expect("a sort key").template.leading_literal();
    let foreign = foreign(literal, any);
    for (query, range) in ranges {
        let Some(condition) = Condition::of(query).expect("the bounds fit") else {
            assert!(keys.iter().all(|own| !(own.given && range.contains(&own.part))), "{range:?} was not sent");
            continue;
        };
        assert!(!is_empty(&range), "{range:?} is empty and was sent as {condition:?}");
        for own in keys {
            let expected = own.given && range.contains(&own.part);
            assert_eq!(condition.matches(&own.key), expected, "{:?} in {range:?}: {condition:?}", own.part);
        }
        for text in &foreign {
            assert!(!condition.takes(text), "{text:?} in {range:?}: {condition:?}");
        }
    }
}

/// Whether two ends say that nothing lies between them.
fn is_empty<V: PartialOrd>(range: &(Bound<V>, Bound<V>)) -> bool {
    match range {
        (Included(low), Included(high)) => low > high,
        (Included(low) | Excluded(low), Included(high) | Excluded(high)) => low >= high,
        _ => false,
    }
}

macro_rules! exact {
    ($($test:ident: $entity:ty, |$base:ident| $start:expr, $part:ident as $view:expr, given [$($given:ident),*];)*) => {$(
        proptest! {
            #![proptest_config(cases(10_000))]

            #[test]
            fn $test(values in population::<$entity>(3..6), any in hostile(), kind in 0..3_usize) {
                let keys: Vec<Own<_>> = values
                    .iter()
                    .filter_map(|value| {
                        let $base = &values[0];
                        let given = true $(&& value.$given == $base.$given)*;
                        Some(Own { key: value.key().to_primary().ok()?, part: $view(&value.$part), given })
                    })
                    .collect();
                let $base = &values[0];
                let ends = values.iter().all(|value| value.key().to_primary().is_ok());
                prop_assume!(ends);
                let (low, high) = ($view(&values[1].$part), $view(&values[2].$part));
                // A third of the kinds a case: what takes time is building the requests.
                let ranges = every_range!($start, $part, low, high).into_iter().skip(kind).step_by(3);
                check(ranges.collect(), &keys, &any);
            }
        }
    )*};
}

exact! {
    first_text: Texts, |base| Texts::texts(&base.tenant), a as String::clone, given [tenant];
    second_text: Texts, |base| Texts::texts(&base.tenant).a(&base.a), b as String::clone, given [tenant, a];
    last_text: Texts, |base| Texts::texts(&base.tenant).a(&base.a).b(&base.b), c as String::clone,
        given [tenant, a, b];
    last_text_of_days: Days, |base| Days::days(&base.tenant).chrono(base.chrono).time(base.time).jiff(base.jiff),
        note as String::clone, given [tenant, chrono, time, jiff];
    newtype: Ids, |base| Ids::ids(&base.tenant).ulid(base.ulid).uuid(base.uuid), user as Clone::clone,
        given [tenant, ulid, uuid];
    letter: Names, |base| Names::names(&base.tenant).status(&base.status).flag(&base.flag), letter as Clone::clone,
        given [tenant, status, flag];
    newtype_of_newtype: Names,
        |base| Names::names(&base.tenant).status(&base.status).flag(&base.flag).letter(base.letter),
        serial as Clone::clone, given [tenant, status, flag, letter];
    lowered_text: Lowered, |base| Lowered::lowered(&base.email).email(&base.email), name as |name: &String| lower(name),
        given [email];
    raw_text: Raw, |base| Raw::raw(&base.tenant).code(base.code), name as String::clone, given [tenant, code];
    before_raw_text: Raw, |base| Raw::raw(&base.tenant), code as Clone::clone, given [tenant];
    small_signed: Numbers, |base| Numbers::numbers(&base.tenant), tiny as Clone::clone, given [tenant];
    padded: Numbers, |base| Numbers::numbers(&base.tenant).tiny(base.tiny), seq as Clone::clone, given [tenant, tiny];
    unsigned: Numbers, |base| Numbers::numbers(&base.tenant).tiny(base.tiny).seq(base.seq), count as Clone::clone,
        given [tenant, tiny, seq];
    signed: Numbers, |base| Numbers::numbers(&base.tenant).tiny(base.tiny).seq(base.seq).count(base.count),
        delta as Clone::clone, given [tenant, tiny, seq, count];
    wide: Numbers,
        |base| Numbers::numbers(&base.tenant).tiny(base.tiny).seq(base.seq).count(base.count).delta(base.delta),
        big as Clone::clone, given [tenant, tiny, seq, count, delta];
    before_a_literal: Numbers, |base| {
        let numbers = Numbers::numbers(&base.tenant).tiny(base.tiny).seq(base.seq).count(base.count);
        numbers.delta(base.delta).big(base.big).rank(base.rank)
    }, last as Clone::clone, given [tenant, tiny, seq, count, delta, big, rank];
    timestamp: Instants, |base| Instants::instants(&base.tenant), at as Clone::clone, given [tenant];
    chrono_instant: Instants, |base| Instants::instants(&base.tenant).at(base.at), chrono as Clone::clone,
        given [tenant, at];
    time_instant: Instants, |base| Instants::instants(&base.tenant).at(base.at).chrono(base.chrono),
        time as Clone::clone, given [tenant, at, chrono];
    jiff_instant: Instants, |base| Instants::instants(&base.tenant).at(base.at).chrono(base.chrono).time(base.time),
        jiff as Clone::clone, given [tenant, at, chrono, time];
    chrono_day: Days, |base| Days::days(&base.tenant), chrono as Clone::clone, given [tenant];
    time_day: Days, |base| Days::days(&base.tenant).chrono(base.chrono), time as Clone::clone, given [tenant, chrono];
    jiff_day: Days, |base| Days::days(&base.tenant).chrono(base.chrono).time(base.time), jiff as Clone::clone,
        given [tenant, chrono, time];
    ulid: Ids, |base| Ids::ids(&base.tenant), ulid as Clone::clone, given [tenant];
    uuid: Ids, |base| Ids::ids(&base.tenant).ulid(base.ulid), uuid as Clone::clone, given [tenant, ulid];
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// `&str` in place of `String`, in every range too.
    #[test]
    fn borrowed_text(values in population::<Texts>(3..6), any in hostile()) {
        let base = &values[0];
        let (low, high) = (values[1].c.as_str(), values[2].c.as_str());
        let start = Texts::texts(&base.tenant).a(base.a.as_str()).b(base.b.as_str());
        let ranges = vec![
            (start.clone().c(low..high).into_query(), (Included(low), Excluded(high))),
            (start.clone().c(low..=high).into_query(), (Included(low), Included(high))),
            (start.clone().c(low..).into_query(), (Included(low), Unbounded)),
            (start.clone().c(..high).into_query(), (Unbounded, Excluded(high))),
            (start.clone().c(..=high).into_query(), (Unbounded, Included(high))),
            (start.clone().c((Excluded(low), Excluded(high))).into_query(), (Excluded(low), Excluded(high))),
            (start.c(low).into_query(), (Included(low), Included(low))),
        ];
        let keys: Vec<_> = values.iter().map(|value| Own {
            key: value.key().to_primary().expect("short"),
            part: value.c.as_str(),
            given: (&value.tenant, &value.a, &value.b) == (&base.tenant, &base.a, &base.b),
        }).collect();
        check(ranges, &keys, &any);
    }
}

/// A range that was iterated over holds less than it was made with.
#[test]
fn a_range_that_was_iterated_over_is_what_is_left_of_it() {
    let mut range = 3..=4_u16;
    range.next();
    let code = |range: std::ops::RangeInclusive<u16>| Condition::of(Raw::raw("t").code(range)).expect("it fits");
    let left = code(range.clone()).expect("one is left");
    assert!(!left.takes("RAW#00003#x") && left.takes("RAW#00004#x"), "{left:?}");
    range.next();
    assert!(code(range).is_none());
}

/// Pitfall 4: what a bound on one part of several means in other libraries.
#[test]
fn ends_are_where_they_are_said_to_be() {
    let texts = |range: (Bound<&str>, Bound<&str>)| Condition::of(Texts::texts("t").a(range)).expect("it fits");
    let above = texts((Excluded("m"), Unbounded)).expect("it is sent");
    assert!(!above.takes("TEXT#m#x#y") && above.takes("TEXT#mm#x#y") && above.takes("TEXT#n#x#y"));
    let up_to = texts((Unbounded, Included("m"))).expect("it is sent");
    assert!(up_to.takes("TEXT#m#x#y") && !up_to.takes("TEXT#mm#x#y"));
    // The literal's successor is another entity's key.
    assert!(!above.takes("TEXT$") && !above.takes("USER#1"));
    // Nothing lies between a value and itself, though keys have more parts.
    assert!(texts((Included("m"), Excluded("m"))).is_none());
    assert!(texts((Excluded("m"), Included("m"))).is_none());
}

/// Pitfall 5: a value is not the beginning of another.
#[test]
fn a_whole_value_is_not_a_prefix() {
    let first = Condition::of(Texts::texts("t").a("1").into_query()).expect("it fits").expect("it is sent");
    assert!(first.takes("TEXT#1#x#y") && !first.takes("TEXT#10#x#y"));
    let last = Condition::of(Texts::texts("t").a("1").b("1").c("1")).expect("it fits").expect("it is sent");
    assert!(last.takes("TEXT#1#1#1") && !last.takes("TEXT#1#1#10"));
}
