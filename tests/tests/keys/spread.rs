//! Keys with a shard or a period: as exact as others, since the field stands in full beside it.

use dynamo_model::{
    EntityKey,
    key::{KeyError, KeyErrorKind},
    prelude::*,
};
use proptest::prelude::*;

use crate::{
    cases::cases,
    parse::{Change, change},
    text::hostile,
};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "spread", pk = "PK", sk = "SK")]
enum Spread {
    Sharded(Sharded),
    Numbered(Numbered),
    Hourly(Hourly),
    Daily(Daily),
    Both(Both),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spread, pk = "SHARDED#{place}#{id:shard(16)}", sk = "{id}", name = in_place)]
struct Sharded {
    place: String,
    id: String,
}

/// The number is padded otherwise in the sort key than in the text that is hashed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spread, pk = "N{number:shard(1000)}{place}", sk = "{name:raw}#{number:08}", name = numbers)]
struct Numbered {
    place: u8,
    number: u32,
    name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spread, pk = "HOURLY#{at:hour}#{place}", sk = "AT{at}#{id}", name = hours)]
struct Hourly {
    place: String,
    at: jiff::Timestamp,
    id: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spread, pk = "{on:month}#DAILY", sk = "{on}", name = months)]
struct Daily {
    on: chrono::NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct Moment(Timestamp);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Spread, pk = "BOTH#{at:day}{id:shard(3)}", sk = "{at}#{id}", name = both)]
struct Both {
    at: Moment,
    id: ulid::Ulid,
}

fn moment() -> impl Strategy<Value = Timestamp> {
    let (min, max) = (Timestamp::MIN.as_millis(), Timestamp::MAX.as_millis());
    let hour = 3_600_000;
    prop_oneof![min..=max, -3 * hour..3 * hour, (-50..50_i64).prop_map(move |at| at * hour), Just(min), Just(max)]
        .prop_map(|millis| Timestamp::from_millis(millis).expect("in range"))
}

fn sharded() -> impl Strategy<Value = Sharded> {
    (hostile(), hostile()).prop_map(|(place, id)| Sharded { place, id })
}

fn numbered() -> impl Strategy<Value = Numbered> {
    (0..3_u8, prop_oneof![0..5_u32, 0..100_000_000_u32], "[a-c$%]{1,3}").prop_map(|(place, number, name)| Numbered {
        place,
        number,
        name,
    })
}

fn hourly() -> impl Strategy<Value = Hourly> {
    // jiff ends a day before the year 9999 does.
    let at = moment().prop_map(|at| jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default());
    (hostile(), at, 0..3_u8).prop_map(|(place, at, id)| Hourly { place, at, id })
}

fn daily() -> impl Strategy<Value = Daily> {
    let date = moment().prop_map(|at| chrono::DateTime::from_timestamp_millis(at.as_millis()).expect("in range"));
    date.prop_map(|at| Daily { on: at.date_naive() })
}

fn both() -> impl Strategy<Value = Both> {
    (moment(), any::<u128>()).prop_map(|(at, id)| Both { at: Moment(at), id: ulid::Ulid::from(id) })
}

/// The key of each comes back, different ones differ, and what is read from any texts has those texts.
fn exact<E: Entity + std::fmt::Debug>(
    values: &[E; 2],
    changes: Option<(Change, Change, bool)>,
    parse: fn(&str, &str) -> Result<E::Key, KeyError>,
) {
    let keys = values.each_ref().map(|value| value.key().to_primary().expect("it has a key"));
    for (value, key) in values.iter().zip(&keys) {
        assert_eq!(parse(&key.partition, key.sort.as_deref().unwrap()), Ok(value.key()), "{:?}", key.partition);
        let item = value.to_item().expect("it has a form");
        assert_eq!(item["PK"].as_s(), Ok(&key.partition));
    }
    assert_eq!(keys[0] == keys[1], values[0].key() == values[1].key(), "{values:?}");
    // The partition key of one and the sort key of the other, one of them or both damaged.
    let [first, second] = keys;
    let (mut partition, mut sort) = (first.partition, second.sort.unwrap());
    if let Some((change, other, both)) = changes {
        partition = change.apply(&partition);
        if both {
            sort = other.apply(&sort);
        }
    }
    let Ok(parsed) = parse(&partition, &sort) else { return };
    let key = parsed.to_primary().expect("what is read can be written");
    assert_eq!((key.partition.as_str(), key.sort.as_deref()), (partition.as_str(), Some(sort.as_str())));
}

macro_rules! exact {
    ($($test:ident: $entity:ident, $values:ident;)*) => {$(
        proptest! {
            #![proptest_config(cases(10_000))]

            #[test]
            fn $test(
                a in $values(),
                b in $values(),
                changes in proptest::option::of((change(), change(), any::<bool>())),
            ) {
                exact(&[a, b], changes, $entity::parse_key);
            }
        }
    )*};
}

exact! {
    sharded_keys_are_exact: Sharded, sharded;
    numbered_keys_are_exact: Numbered, numbered;
    hourly_keys_are_exact: Hourly, hourly;
    daily_keys_are_exact: Daily, daily;
    keys_of_both_are_exact: Both, both;
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// Partitions of a series sort as time does, and within one the sort keys do.
    #[test]
    fn periods_are_in_the_order_of_time(a in both(), b in both()) {
        let keys = [&a, &b].map(|value| value.key().to_primary().expect("it has a key"));
        let [first, second] = keys.each_ref().map(|key| (&key.partition[..15], key.sort.clone()));
        prop_assert_eq!(first.cmp(&second), (a.at.0, a.id).cmp(&(b.at.0, b.id)));
    }
}

#[test]
fn a_shard_is_written_as_wide_as_the_largest() {
    for number in 0..200 {
        let key = Numbered { place: 0, number, name: "a".to_owned() }.key().to_primary().expect("it has a key");
        let digits = key.partition.strip_prefix('N').and_then(|rest| rest.strip_suffix("000")).expect("its shape");
        assert!(digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        let key = Sharded { place: "p".to_owned(), id: number.to_string() }.key().to_primary().expect("it has a key");
        let digits = key.partition.strip_prefix("SHARDED#p#").expect("its shape");
        assert!(digits.len() == 2 && digits.parse::<u8>().is_ok_and(|shard| shard < 16), "{digits}");
    }
}

#[test]
fn errors_name_what_does_not_fit() {
    let at = |pk: &str, sk: &str| Sharded::parse_key(pk, sk).expect_err("it does not fit").to_string();
    let key = Sharded { place: "p".to_owned(), id: "a".to_owned() }.key().to_primary().expect("it has a key");
    assert!(Sharded::parse_key(&key.partition, "a").is_ok());
    assert_eq!(
        at(&key.partition, "b"),
        "`Sharded` key attribute `PK`: `id` stands in the key more than once, with different values; the key was not \
         written by this template"
    );
    assert_eq!(
        at("SHARDED#p#1", "a"),
        "`Sharded` key attribute `PK`: `id` is not the 2 characters that it is written with"
    );
    let empty = Sharded { place: "p".to_owned(), id: String::new() }.key().to_primary().expect_err("no part is empty");
    assert_eq!((empty.field(), empty.kind()), (Some("id"), &KeyErrorKind::EmptyPart));
    let before = Daily { on: chrono::NaiveDate::from_ymd_opt(-1, 1, 1).expect("a date") };
    let error = before.key().to_primary().expect_err("a year has four digits");
    assert_eq!(error.to_string(), "`Daily` key attribute `PK`: `on` has a year outside 0000 to 9999");
}

/// What is stored is described.
#[test]
fn the_schema_says_how_items_are_spread() {
    let partition = Both::SCHEMA.primary.key.partition.template;
    assert!(partition.is_spread() && !Both::SCHEMA.primary.key.sort.is_some_and(|sort| sort.template.is_spread()));
    let parts: Vec<String> =
        partition.placeholders().map(|part| format!("{}{} {:?}", part.field, part.spec, part.width())).collect();
    assert_eq!(parts, ["at:day Some(10)", "id:shard(3) Some(1)"]);
}
