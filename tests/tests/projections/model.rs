//! Entities that share partitions of indexes which carry everything, some attributes, or keys only.

use std::collections::BTreeSet;

use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "library",
    pk = "PK",
    sk = "SK",
    type_attribute = "kind",
    ttl = "expires",
    gsi(FULL, pk = "FULLPK", sk = "FULLSK"),
    gsi(SOME, pk = "SOMEPK", sk = "SOMESK", include("heading", "points", "tags", "price", "number")),
    gsi(OWN, pk = "OWNPK", sk = "OWNSK", include()),
    gsi(BARE, pk = "BAREPK", sk = "BARESK", projection = "keys_only"),
    lsi(NEAR, sk = "NEARSK", include("heading", "points")),
    lsi(BRIEF, sk = "BRIEFSK", projection = "keys_only")
)]
pub(crate) enum Library {
    Book(Box<Book>),
    Crate(Crate),
    Lid(Lid),
}

/// Every way that serde writes a field. Its expiry bars it from the indexes that carry keys only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Library, pk = "SHELF#{shelf}", sk = "BOOK#{number}", name = on_shelf)]
#[entity(index(FULL, name = by_group, pk = "G#{group}", sk = "B#{rank}#{number}#{shelf}"))]
#[entity(index(SOME, name = in_brief, pk = "G#{group}", sk = "B#{rank}#{number}#{shelf}"))]
#[entity(index(OWN, name = listed, pk = "G#{group}", sk = "B#{rank}#{number}#{shelf}"))]
#[entity(index(NEAR, name = near, sk = "B#{rank}#{number}"))]
pub(crate) struct Book {
    pub(crate) shelf: String,
    pub(crate) number: u16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
    #[serde(rename = "heading")]
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    #[serde(default = "seven", skip_serializing_if = "is_seven")]
    pub(crate) points: u32,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) tags: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<String>,
    #[serde(with = "cents")]
    pub(crate) price: u64,
    pub(crate) home: Home,
    pub(crate) r#type: bool,
    #[serde(skip_deserializing, default)]
    pub(crate) written_only: u8,
    #[entity(version)]
    pub(crate) version: Version,
    #[entity(created_at)]
    pub(crate) created: Timestamp,
    #[entity(updated_at)]
    pub(crate) updated: Timestamp,
    #[entity(ttl)]
    #[serde(rename = "expires")]
    pub(crate) until: Option<EpochSeconds>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) struct Home {
    pub(crate) city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) floor: Option<u8>,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) rooms: BTreeSet<String>,
}

/// It knows nothing of an expiry, which others may give its items. Its struct has a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(default)]
#[entity(table = Library, pk = "SHELF#{shelf}", sk = "CRATE#{number}", name = on_shelf)]
#[entity(index(FULL, name = by_group, pk = "G#{group}", sk = "C#{rank}#{number}#{shelf}"))]
#[entity(index(SOME, name = in_brief, pk = "G#{group}", sk = "C#{rank}#{number}#{shelf}"))]
#[entity(index(BARE, name = bare, pk = "G#{group}", sk = "{rank}#{number}#{shelf}"))]
#[entity(index(BRIEF, name = brief, sk = "{rank}#{number}"))]
pub(crate) struct Crate {
    pub(crate) shelf: String,
    pub(crate) number: u16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
    #[serde(skip_serializing_if = "is_seven")]
    pub(crate) points: u32,
    pub(crate) label: Option<String>,
}

impl Default for Crate {
    fn default() -> Self {
        Self { shelf: String::new(), number: 0, group: None, rank: 0, points: 7, label: None }
    }
}

/// On the indexes that carry keys only, it lies among the crates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Library, pk = "SHELF#{shelf}", sk = "CRATES#{number}", name = lids)]
#[entity(index(BARE, name = bare, pk = "G#{group}", sk = "{rank}#{number}#{shelf}"))]
#[entity(index(BRIEF, name = brief, sk = "{rank}#{number}"))]
pub(crate) struct Lid {
    pub(crate) shelf: String,
    pub(crate) number: u16,
    pub(crate) group: Option<String>,
    pub(crate) rank: i8,
}

fn seven() -> u32 {
    7
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_seven(points: &u32) -> bool {
    *points == 7
}

/// Stored as text with a unit.
mod cents {
    use dynamo_model::prelude::*;
    use serde::{Deserializer, Serializer, de::Error as _};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
    pub(super) fn serialize<S: Serializer>(price: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{price} c"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.strip_suffix(" c").and_then(|text| text.parse().ok()).ok_or_else(|| D::Error::custom("no price"))
    }
}
