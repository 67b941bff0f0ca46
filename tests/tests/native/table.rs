//! The table's definition, and engines that do not take it.

use aws_sdk_dynamodb::types::{KeyType, ScalarAttributeType};
use dynamo_model::{Error, Table as _, prelude::*, schema::ScalarType};
use dynamo_model_tests::with_engine;

use crate::model::Native;

#[test]
fn the_table_has_keys_of_several_attributes() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = Native::db(engine.client("the_table_has_keys_of_several_attributes"));
            db.create_table().await.unwrap();
            db.create_table().await.expect("it is as stated");
            assert_eq!(db.verify().await.unwrap(), []);

            let described = db.client().describe_table().table_name("native").send().await.unwrap().table.unwrap();
            let index = described.global_secondary_indexes().iter().find(|index| index.index_name() == Some("GSI1"));
            let elements = index.expect("it was created").key_schema().iter();
            let elements: Vec<_> =
                elements.map(|element| (element.attribute_name(), element.key_type().clone())).collect();
            let (hash, range) = (KeyType::Hash, KeyType::Range);
            let expected = [
                ("org", hash.clone()),
                ("status", hash),
                ("rank", range.clone()),
                ("label", range.clone()),
                ("at", range.clone()),
                ("serial", range),
            ];
            assert_eq!(elements, expected);
            let types = [("org", "S"), ("rank", "N"), ("at", "S"), ("hash", "B"), ("price", "N"), ("PK", "S")];
            for (name, kind) in types {
                let definitions = described.attribute_definitions();
                let found = definitions.iter().find(|definition| definition.attribute_name() == name);
                let found = found.map(|definition| definition.attribute_type().clone());
                assert_eq!(found, Some(ScalarAttributeType::from(kind)), "{name}");
            }
        });
    });
}

#[test]
fn the_schema_knows_the_types() {
    let of = |name: &str| Native::SCHEMA.native_type(name);
    assert_eq!(of("rank"), Some(ScalarType::N));
    assert_eq!(of("hash2"), Some(ScalarType::B));
    assert_eq!(of("at"), Some(ScalarType::S));
    assert_eq!(of("text"), None);
}

/// The same table, but for the order of two attributes and the type of one.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "native",
    pk = "PK",
    sk = "SK",
    gsi(GSI2, native(pk = "org", sk = ("rank", "label"))),
    gsi(GSI4, native(pk = "hash", sk = "price"))
)]
enum Other {
    Thing(Thing),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Other, pk = "THING#{id}", sk = "THING")]
#[entity(index(GSI2, name = by_rank, native(pk = org, sk = (rank, label))))]
#[entity(index(GSI4, name = by_hash, native(pk = hash, sk = price)))]
struct Thing {
    id: String,
    org: String,
    rank: String,
    label: String,
    hash: String,
    price: u32,
}

#[test]
fn differences_name_the_attributes_and_their_types() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let client = engine.client("differences_name_the_attributes_and_their_types");
            Native::db(client.clone()).create_table().await.unwrap();
            let differences = Other::db(client.clone()).verify().await.unwrap();
            let of = |name: &str| {
                let subject = format!("index `{name}`");
                let found = differences.iter().find(|difference| difference.subject() == subject);
                found.map(|difference| (difference.expected(), difference.found()))
            };
            let expected = (
                "global, (`org` (S)), (`rank` (S), `label` (S)), projecting ALL",
                "global, (`org` (S)), (`label` (S), `rank` (N)), projecting ALL",
            );
            assert_eq!(of("GSI2"), Some(expected));
            let expected = (
                "global, `hash` (S), `price` (N), projecting ALL",
                "global, (`hash` (B)), (`price` (N), `hash2` (B)), projecting ALL",
            );
            assert_eq!(of("GSI4"), Some(expected));
            assert_eq!(of("GSI3").map(|(expected, _)| expected), Some("none"));
            let refused = Other::db(client).create_table().await;
            assert!(matches!(&refused, Err(Error::Table(error)) if error.to_string().contains("GSI2")), "{refused:?}");
        });
    });
}
