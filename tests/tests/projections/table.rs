//! What an index carries is created, compared and weighed.

use dynamo_model::{
    prelude::*,
    schema::IndexProjection::{All, Include, KeysOnly},
};
use dynamo_model_tests::with_engine;

use crate::model::{Crate, Library};

/// The same table with indexes that carry something else.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "library",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("b", "a")),
    gsi(GSI2, pk = "GSI2PK", projection("keys_only")),
    gsi(GSI3, pk = "GSI3PK", projection("keys_only")),
    lsi(LSI1, sk = "LSI1SK", projection = "all")
)]
enum First {
    Thing(Thing),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = First, pk = "THING#{id}", sk = "THING")]
struct Thing {
    id: String,
    a: u8,
    b: u8,
}

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "library",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("a")),
    gsi(GSI2, pk = "GSI2PK"),
    gsi(GSI3, pk = "GSI3PK", projection = "keys_only"),
    lsi(LSI1, sk = "LSI1SK", projection = "keys_only")
)]
enum Second {
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Second, pk = "THING#{id}", sk = "THING")]
struct Other {
    id: String,
    a: u8,
}

#[test]
fn what_an_index_carries_is_compared() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let client = engine.client("what_an_index_carries_is_compared");
            let db = First::db(client.clone());
            db.create_table().await.unwrap();
            assert_eq!(db.verify().await.unwrap(), []);
            db.create_table().await.expect("it is as stated");
            let other = Second::db(client);
            let found: Vec<String> = other.verify().await.unwrap().iter().map(ToString::to_string).collect();
            let expected = [
                "index `GSI1`: expected global, `GSI1PK` (S), `GSI1SK` (S), projecting INCLUDE of `a`, `entityType`, found \
                 global, `GSI1PK` (S), `GSI1SK` (S), projecting INCLUDE of `a`, `b`, `entityType`",
                "index `GSI2`: expected global, `GSI2PK` (S), projecting ALL, found global, `GSI2PK` (S), projecting KEYS_ONLY",
                "index `LSI1`: expected local, `PK` (S), `LSI1SK` (S), projecting KEYS_ONLY, found local, `PK` (S), `LSI1SK` \
                 (S), projecting ALL",
            ];
            assert_eq!(found, expected);
            let error = other.create_table().await.unwrap_err();
            assert!(error.to_string().contains("projecting INCLUDE"), "{error}");
        });
    });
}

#[test]
fn the_table_of_the_properties_is_as_stated() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = crate::world::table(engine, "the_table_of_the_properties_is_as_stated").await;
            assert_eq!(db.verify().await.unwrap(), []);
            let projections: Vec<_> =
                <Library as Table>::SCHEMA.table.indexes.iter().map(|index| index.projection).collect();
            let included = &["heading", "points", "tags", "price", "number", "kind", "expires"];
            assert_eq!(
                projections,
                [
                    All,
                    Include(included),
                    Include(&["kind", "expires"]),
                    KeysOnly,
                    Include(&["heading", "points", "kind", "expires"]),
                    KeysOnly
                ]
            );
        });
    });
}

#[test]
fn an_entry_weighs_what_the_index_carries() {
    let label = Some("x".repeat(3_000));
    let item = Crate { shelf: "s".to_owned(), group: Some("g".to_owned()), label, ..Crate::default() };
    let cost = item.size().unwrap();
    let bytes = |name: &str| cost.indexes.iter().find(|index| index.index == name).map(|index| index.bytes).unwrap();
    assert_eq!(bytes("FULL"), cost.bytes);
    let stored = item.to_item().unwrap();
    let weigh = |names: &[&str]| {
        let carried = stored.iter().filter(|(name, _)| names.contains(&name.as_str()));
        dynamo_model::value::item_size(&carried.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    assert_eq!(bytes("BARE"), weigh(&["PK", "SK", "BAREPK", "BARESK"]));
    assert_eq!(bytes("BRIEF"), weigh(&["PK", "SK", "BRIEFSK"]));
    assert_eq!(bytes("SOME"), weigh(&["PK", "SK", "SOMEPK", "SOMESK", "points", "number", "kind"]));
    assert!(bytes("BARE") < 200 && cost.bytes > 3_000);
}
