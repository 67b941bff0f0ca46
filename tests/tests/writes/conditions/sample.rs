//! An entity with every kind of attribute that a condition can ask about.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use dynamo_model::{expr::class::Binary, prelude::*};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::select,
};
use serde::{
    Deserializer, Serializer,
    de::{Error, Visitor},
};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "samples", pk = "PK", sk = "SK")]
pub(crate) enum Samples {
    Sample(Sample),
}

/// `maybe_text` is stored as `NULL` where it is `None`; `maybe_number` is not stored then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Samples, pk = "CASE#{case}", sk = "SAMPLE#{id}", name = of_case)]
pub(crate) struct Sample {
    pub(crate) case: u64,
    pub(crate) id: u32,
    pub(crate) text: String,
    pub(crate) other: String,
    pub(crate) number: i64,
    pub(crate) limit: i64,
    pub(crate) flag: bool,
    pub(crate) due: Timestamp,
    pub(crate) level: Level,
    pub(crate) bytes: Bytes,
    pub(crate) maybe_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) maybe_number: Option<i64>,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) tags: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    pub(crate) votes: BTreeSet<u32>,
    pub(crate) list: Vec<i64>,
    pub(crate) map: BTreeMap<String, i64>,
    pub(crate) place: Address,
    pub(crate) hits: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
pub(crate) struct Address {
    pub(crate) city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) floor: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Attribute)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Low,
    High,
}

impl Level {
    /// What it is stored as.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// Stored as binary.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Attribute for Bytes {
    type Class = Binary;
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_byte_buf(Read)
    }
}

/// Few and near texts, with one that is longer in bytes than in characters.
pub(crate) fn text() -> impl Strategy<Value = String> + Clone {
    select(&["", "a", "ab", "b", "ba", "é", "Z"][..]).prop_map(str::to_owned)
}

pub(crate) fn number() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![6 => -2..4_i64, 1 => Just(i64::MAX), 1 => Just(i64::MIN)]
}

pub(crate) fn due() -> impl Strategy<Value = Timestamp> + Clone {
    (0..3_i64).prop_map(crate::world::at)
}

pub(crate) fn level() -> impl Strategy<Value = Level> + Clone {
    select(&[Level::Low, Level::High][..])
}

pub(crate) fn bytes() -> impl Strategy<Value = Bytes> + Clone {
    vec(prop_oneof![0..2_u8, Just(255)], 0..3).prop_map(Bytes)
}

pub(crate) fn tags() -> impl Strategy<Value = BTreeSet<String>> + Clone {
    btree_set(select(&["a", "ab", "b"][..]).prop_map(str::to_owned), 0..3)
}

pub(crate) fn votes() -> impl Strategy<Value = BTreeSet<u32>> + Clone {
    btree_set(0..3_u32, 0..3)
}

pub(crate) fn list() -> impl Strategy<Value = Vec<i64>> + Clone {
    vec(-1..2_i64, 0..3)
}

pub(crate) fn key() -> impl Strategy<Value = String> + Clone {
    select(&["x", "a key.with[signs]", "size"][..]).prop_map(str::to_owned)
}

pub(crate) fn map() -> impl Strategy<Value = BTreeMap<String, i64>> + Clone {
    btree_map(key(), -1..2_i64, 0..3)
}

fn place() -> impl Strategy<Value = Address> {
    (text(), option::of(0..3_u8)).prop_map(|(city, floor)| Address { city, floor })
}

pub(crate) fn sample() -> impl Strategy<Value = Sample> {
    let texts = (text(), text(), option::of(text()), tags());
    let numbers = (number(), number(), option::of(number()), votes());
    let others = (any::<bool>(), due(), level(), bytes(), list(), map(), place());
    (texts, numbers, others).prop_map(|(texts, numbers, others)| {
        let (text, other, maybe_text, tags) = texts;
        let (number, limit, maybe_number, votes) = numbers;
        let (flag, due, level, bytes, list, map, place) = others;
        Sample {
            case: 0,
            id: 0,
            text,
            other,
            number,
            limit,
            flag,
            due,
            level,
            bytes,
            maybe_text,
            maybe_number,
            tags,
            votes,
            list,
            map,
            place,
            hits: 0,
        }
    })
}
