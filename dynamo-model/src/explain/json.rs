//! DynamoDB's JSON, and values as a person reads them.

use std::{collections::BTreeMap, fmt::Write as _};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::{Explanation, Member};

/// Longer texts are cut where they are shown to a person.
const SHOWN: usize = 120;

/// The value as a person reads it.
pub(super) fn spelled(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => format!("{:?}", shortened(text)),
        AttributeValue::N(number) => number.clone(),
        AttributeValue::Bool(value) => value.to_string(),
        AttributeValue::Null(_) => "null".to_owned(),
        AttributeValue::B(bytes) => format!("{} bytes", bytes.as_ref().len()),
        AttributeValue::Ss(texts) => format!("{texts:?}"),
        AttributeValue::Ns(numbers) => format!("[{}]", numbers.join(", ")),
        AttributeValue::Bs(values) => format!("{} binaries", values.len()),
        AttributeValue::L(values) => {
            let values: Vec<_> = values.iter().map(spelled).collect();
            format!("[{}]", values.join(", "))
        }
        AttributeValue::M(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(name, _)| *name);
            let entries: Vec<_> = entries.iter().map(|(name, value)| format!("{name}: {}", spelled(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        _ => "a value of a type that this release does not know".to_owned(),
    }
}

/// The largest characters that fill an exclusive upper end say nothing to a reader.
fn shortened(text: &str) -> String {
    let filled = text.trim_end_matches([char::MAX, '\u{FFFF}', '\u{7FF}', '\u{7F}']);
    let cut = text.len() - filled.len();
    let mut shown: String = filled.chars().take(SHOWN).collect();
    if shown.len() < filled.len() {
        shown.push('…');
    }
    if cut > 0 {
        // Writing to a `String` does not fail.
        let _ = write!(shown, "{}…", char::MAX);
    }
    shown
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, member) in &self.members {
            map.serialize_entry(name, member)?;
        }
        map.end()
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Bool(value) => value.serialize(serializer),
            Self::Names(names) => names.serialize(serializer),
            Self::Requests(requests) => serializer.collect_seq(requests.iter().map(Named)),
            Self::Tables(tables) => tables.serialize(serializer),
            Self::Nested(explanation) => explanation.serialize(serializer),
            Self::Items(items) => serializer.collect_seq(items.iter().map(Plain)),
            Self::Item(item) => serializer.collect_map(item.iter().map(|(name, value)| (name, Wire(value)))),
        }
    }
}

/// A request of several, under its kind: `{"Put": {..}}`.
struct Named<'a>(&'a Explanation);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.0.operation, self.0)])
    }
}

/// An item or a key.
struct Plain<'a>(&'a BTreeMap<String, AttributeValue>);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Wire(value))))
    }
}

/// A value in DynamoDB's JSON, such as `{"S": "text"}`.
struct Wire<'a>(&'a AttributeValue);

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            AttributeValue::S(text) => map.serialize_entry("S", text)?,
            AttributeValue::N(number) => map.serialize_entry("N", number)?,
            AttributeValue::Bool(value) => map.serialize_entry("BOOL", value)?,
            AttributeValue::Null(value) => map.serialize_entry("NULL", value)?,
            AttributeValue::B(bytes) => map.serialize_entry("B", &base64(bytes.as_ref()))?,
            AttributeValue::Ss(texts) => map.serialize_entry("SS", texts)?,
            AttributeValue::Ns(numbers) => map.serialize_entry("NS", numbers)?,
            AttributeValue::Bs(values) => {
                let values: Vec<_> = values.iter().map(|bytes| base64(bytes.as_ref())).collect();
                map.serialize_entry("BS", &values)?;
            }
            AttributeValue::L(values) => map.serialize_entry("L", &List(values))?,
            AttributeValue::M(entries) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|(name, _)| *name);
                map.serialize_entry("M", &Entries(&entries))?;
            }
            _ => return Err(serde::ser::Error::custom("an attribute value of a type that this release does not know")),
        }
        map.end()
    }
}

struct List<'a>(&'a [AttributeValue]);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for value in self.0 {
            list.serialize_element(&Wire(value))?;
        }
        list.end()
    }
}

struct Entries<'a>(&'a [(&'a String, &'a AttributeValue)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Wire(value))))
    }
}

fn base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}
