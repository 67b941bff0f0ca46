//! Types that use what serde offers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Every kind of field whose value serde reads by the type it expects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Everything {
    pub(crate) scalars: Scalars,
    pub(crate) keyed: Keyed,
    pub(crate) sets: Sets,
    #[serde(rename = "a name with spaces")]
    pub(crate) renamed_field: String,
    #[serde(alias = "oldName")]
    pub(crate) optional: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sparse: Option<u32>,
    #[serde(default)]
    #[expect(clippy::option_option, reason = "what serde makes of it is under test")]
    pub(crate) nested_option: Option<Option<u8>>,
    #[serde(with = "as_hex")]
    pub(crate) with: u64,
    #[serde(skip)]
    pub(crate) skipped: u8,
    pub(crate) bytes: Bytes,
    pub(crate) unit: (),
    pub(crate) unit_struct: UnitStruct,
    pub(crate) newtype: Newtype,
    pub(crate) transparent: Transparent,
    pub(crate) tuple_struct: TupleStruct,
    pub(crate) tuple: (u8, String, Option<bool>),
    pub(crate) array: [i16; 3],
    pub(crate) lists: Vec<Vec<i64>>,
    pub(crate) external: Vec<External>,
    pub(crate) internal: Vec<Internal>,
    pub(crate) adjacent: Vec<Adjacent>,
    pub(crate) untagged: Vec<Untagged>,
    pub(crate) boxed: Option<Box<Everything>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scalars {
    pub(crate) signed: (i8, i16, i32, i64),
    pub(crate) unsigned: (u8, u16, u32, u64),
    pub(crate) floats: (f32, f64),
    pub(crate) flag: bool,
    pub(crate) character: char,
    pub(crate) text: String,
    pub(crate) status: Status,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Keyed {
    pub(crate) text: BTreeMap<String, Vec<u8>>,
    pub(crate) signed: BTreeMap<i64, String>,
    pub(crate) wide: BTreeMap<u128, bool>,
    pub(crate) flag: BTreeMap<bool, u8>,
    pub(crate) character: BTreeMap<char, u8>,
    pub(crate) unit_variant: BTreeMap<Status, u8>,
    pub(crate) newtype: BTreeMap<Newtype, BTreeMap<String, u8>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sets {
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) texts: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) variants: BTreeSet<Status>,
    #[serde(default, with = "serde_dynamo::number_set")]
    pub(crate) numbers: BTreeSet<i64>,
    #[serde(default, with = "serde_dynamo::number_set")]
    pub(crate) floats: Vec<f64>,
    #[serde(default, with = "serde_dynamo::binary_set")]
    pub(crate) binaries: BTreeSet<Bytes>,
}

/// Fields that serde reads through a buffer, by what it finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Flattened {
    pub(crate) item_name: String,
    #[serde(flatten)]
    pub(crate) audit: Audit,
    #[serde(flatten)]
    pub(crate) shape: External,
    #[serde(flatten)]
    pub(crate) rest: BTreeMap<String, Untagged>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Audit {
    pub(crate) created_by: Newtype,
    pub(crate) revision: u64,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) checksum: Bytes,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Strict {
    pub(crate) id: u32,
    #[serde(alias = "label")]
    pub(crate) name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Open,
    InProgress,
    Done,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum External {
    Unit,
    Newtype(u32),
    NewtypeOption(Option<String>),
    Tuple(i8, String),
    Struct { radius: u32, name: Option<String> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Internal {
    Unit,
    Newtype(Scalars),
    Struct { radius: u64, bytes: Bytes, inner: Option<Box<Internal>> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub(crate) enum Adjacent {
    Unit,
    Newtype(String),
    Tuple(u8, u8),
    Struct { radius: u64 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Untagged {
    Flag(bool),
    Integer(i64),
    Large(u64),
    Text(String),
    Pair(u8, String),
    List(Vec<Untagged>),
    Struct { radius: u8, name: String },
    Map(BTreeMap<String, i64>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct UnitStruct;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Newtype(pub(crate) String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Transparent {
    pub(crate) inner: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TupleStruct(pub(crate) u8, pub(crate) String);

/// Bytes that serde writes as bytes, not as a sequence of numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BytesVisitor;

        impl Visitor<'_> for BytesVisitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(BytesVisitor)
    }
}

mod as_hex {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{value:x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(|error| D::Error::custom(format!("{error} in {text:?}")))
    }
}
