//! serde's attributes on an entity mean what they mean to serde, and never meet the table's own attributes.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]

use std::collections::{BTreeMap, HashMap};

use dm::prelude::*;

type Outcome = Result<(), dm::Error>;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(crate = dm, name = "serde", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"), ttl = "ttl")]
enum Stored {
    Open(Open),
    Strict(Strict),
    Renamed(Renamed),
}

/// Takes every attribute that it does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Stored, pk = "OPEN#{id}", sk = "OPEN")]
#[entity(index(GSI1, name = by_name, pk = "NAME#{name}", sk = "OPEN"))]
struct Open {
    id: String,
    name: Option<String>,
    #[serde(flatten)]
    inner: Inner,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    size: u8,
}

/// Refuses every attribute that it does not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(deny_unknown_fields, rename_all(serialize = "SCREAMING-KEBAB-CASE", deserialize = "SCREAMING-KEBAB-CASE"))]
#[entity(crate = dm, table = Stored, pk = "STRICT#{some_id}", sk = "STRICT")]
#[entity(index(GSI1, name = by_size, pk = "SIZE#{size}", sk = "STRICT"))]
struct Strict {
    some_id: String,
    size: u8,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(default, rename_all = "camelCase")]
#[entity(crate = dm, table = Stored, pk = "RENAMED#{some_id}", sk = "RENAMED")]
#[entity(index(GSI1, name = by_label, pk = "LABEL#{label}", sk = "{some_id}"))]
struct Renamed {
    #[serde(rename = "id")]
    some_id: String,
    #[serde(rename(serialize = "n", deserialize = "n"))]
    number: u8,
    #[serde(alias = "label-of-old")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(with = "reversed")]
    text: String,
    #[serde(skip)]
    cache: u64,
    #[serde(skip_serializing)]
    read_only: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[entity(ttl)]
    ttl: Option<EpochSeconds>,
}

impl Default for Renamed {
    fn default() -> Self {
        Self {
            some_id: "default".to_owned(),
            number: 1,
            label: None,
            words: Vec::new(),
            text: "default".to_owned(),
            cache: 0,
            read_only: 9,
            ttl: None,
        }
    }
}

mod reversed {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&text.chars().rev().collect::<String>())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Ok(String::deserialize(deserializer)?.chars().rev().collect())
    }
}

fn names(item: &dm::value::Item) -> Vec<&str> {
    let mut names: Vec<&str> = item.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_flattened_map_holds_the_users_attributes_alone() -> Outcome {
    let db = Stored::embedded().await?;
    let open = Open {
        id: "o".to_owned(),
        name: Some("n".to_owned()),
        inner: Inner { size: 3 },
        rest: BTreeMap::from([("color".to_owned(), "red".to_owned())]),
    };
    let open = open.create().send(&db).await?;
    let item = open.to_item()?;
    assert_eq!(names(&item), ["GSI1PK", "GSI1SK", "PK", "SK", "color", "entityType", "id", "name", "size"]);
    assert_eq!(Open::get("o").send(&db).await?, Some(open.clone()));
    assert_eq!(Open::by_name("n").all(&db).await?, [open.clone()]);
    // Of an index that the item is not in, no attribute is data either.
    let bare = Open { id: "p".to_owned(), name: None, ..open };
    assert_eq!(bare.clone().create().send(&db).await?, bare);
    assert_eq!(Open::get("p").send(&db).await?, Some(bare));
    Ok(())
}

#[tokio::test]
async fn a_flattened_map_cannot_overwrite_a_key() {
    let open = Open {
        id: "o".to_owned(),
        name: None,
        inner: Inner { size: 3 },
        rest: BTreeMap::from([("SK".to_owned(), "ELSEWHERE".to_owned())]),
    };
    assert!(open.to_item().is_err());
}

#[tokio::test]
async fn unknown_fields_are_denied_but_not_the_tables_own() -> Outcome {
    let db = Stored::embedded().await?;
    let strict = Strict { some_id: "s".to_owned(), size: 2 }.create().send(&db).await?;
    let item = strict.to_item()?;
    assert_eq!(names(&item), ["GSI1PK", "GSI1SK", "PK", "SIZE", "SK", "SOME-ID", "entityType"]);
    assert_eq!(Strict::get("s").send(&db).await?, Some(strict));
    let foreign: HashMap<_, _> = item.into_iter().map(|(name, value)| (name.replace("SIZE", "size"), value)).collect();
    assert!(Strict::from_item(foreign).is_err());
    Ok(())
}

#[tokio::test]
async fn names_defaults_and_conversions_are_serdes() -> Outcome {
    let db = Stored::embedded().await?;
    let renamed = Renamed {
        some_id: "r".to_owned(),
        label: Some("l".to_owned()),
        text: "abc".to_owned(),
        cache: 5,
        ttl: Some(EpochSeconds::from(Timestamp::now() + std::time::Duration::from_mins(10))),
        ..Renamed::default()
    };
    renamed.clone().create().send(&db).await?;
    let item = renamed.to_item()?;
    assert_eq!(names(&item), ["GSI1PK", "GSI1SK", "PK", "SK", "entityType", "id", "label", "n", "text", "ttl"]);
    assert_eq!(item["text"].as_s().map(String::as_str), Ok("cba"));
    let read = Renamed::get("r").send(&db).await?;
    assert_eq!(read, Some(Renamed { cache: 0, ..renamed }));
    assert_eq!(Renamed::by_label("l").all(&db).await?, Vec::from_iter(read));
    let attributes: Vec<_> = Renamed::SCHEMA.fields.iter().map(|field| field.attribute).collect();
    assert_eq!(attributes, ["id", "n", "label", "words", "text", "ttl"]);
    Ok(())
}
