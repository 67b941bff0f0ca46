//! Entities that share native indexes, with key attributes of every type.

use dynamo_model::{native::OrderedNativePart, prelude::*, schema::NativeForm};
use serde::{Deserializer, Serializer, de};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "native",
    pk = "PK",
    sk = "SK",
    ttl = "expires",
    gsi(GSI1, native(pk = ("org", "status"), sk = ("rank", "label", "at", "serial"))),
    gsi(GSI2, native(pk = "org", sk = ("label", "rank"))),
    gsi(GSI3, native(pk = ("org", "status", "place", "rank"))),
    gsi(GSI4, native(pk = "hash", sk = ("price", "hash2"))),
    gsi(GSI5, pk = "GSI5PK", sk = "GSI5SK")
)]
pub(crate) enum Native {
    Task(Task),
    Note(Note),
    Stray(Stray),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    InProgress,
    #[serde(rename = "done # ")]
    Done,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, KeyPart)]
pub(crate) struct Org(pub(crate) String);

/// serde writes it as binary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("binary")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }

        deserializer.deserialize_bytes(Visitor)
    }
}

impl dynamo_model::NativePart for Bytes {
    const FORM: NativeForm = NativeForm::Bytes;
}

impl OrderedNativePart for Bytes {}

/// A number with a fraction, which its `f64` holds exactly.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub(crate) struct Price(pub(crate) f64);

impl dynamo_model::NativePart for Price {
    const FORM: NativeForm = NativeForm::Decimal;
}

impl OrderedNativePart for Price {}

/// In every index; two of its attributes may lack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Native, pk = "TASK#{id}", sk = "TASK")]
#[entity(index(GSI1, name = by_status, native(pk = (org, status), sk = (rank, label, at, number))))]
#[entity(index(GSI2, name = by_label, native(pk = org, sk = (label, rank))))]
#[entity(index(GSI3, name = by_place, native(pk = (org, status, place, rank))))]
#[entity(index(GSI4, name = by_hash, native(pk = hash, sk = (price, second))))]
#[entity(index(GSI5, name = by_number, pk = "NUMBERS", sk = "{number}"))]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) org: Org,
    pub(crate) status: Status,
    pub(crate) place: char,
    pub(crate) rank: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<String>,
    pub(crate) at: Timestamp,
    #[serde(rename = "serial")]
    pub(crate) number: u128,
    pub(crate) hash: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) price: Option<Price>,
    #[serde(rename = "hash2")]
    pub(crate) second: Bytes,
    pub(crate) text: String,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

/// In two of the indexes, beside the tasks; other types of the same attributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Native, pk = "NOTE#{id}", sk = "NOTE")]
#[entity(index(GSI1, name = by_status, native(pk = (org, status), sk = (rank, label, at, serial))))]
#[entity(index(GSI2, name = by_label, native(pk = org, sk = (label, rank))))]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) org: String,
    pub(crate) status: String,
    pub(crate) rank: i8,
    pub(crate) label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<chrono::NaiveDate>,
    pub(crate) serial: i32,
    pub(crate) text: String,
}

/// In an index by its attributes alone, of which it knows nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Native, pk = "STRAY#{id}", sk = "STRAY")]
pub(crate) struct Stray {
    pub(crate) id: String,
    pub(crate) org: String,
    pub(crate) label: String,
    pub(crate) rank: Option<i64>,
}
