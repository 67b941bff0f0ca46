//! An engine that knows nothing of keys of several attributes.

use dynamo_model::{Error, Table as _, prelude::*};

use crate::{
    says,
    scripted::{self, Reply},
};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "shelves", pk = "PK", gsi(GSI1, native(pk = ("room", "shelf"))), gsi(GSI2, native(pk = "room")))]
enum Shelves {
    Shelf(Shelf),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shelves, pk = "SHELF#{shelf}")]
#[entity(index(GSI1, name = by_place, native(pk = (room, shelf))))]
#[entity(index(GSI2, name = by_room, native(pk = room)))]
struct Shelf {
    room: u32,
    shelf: u32,
}

/// What DynamoDB Local 2.5 answers, and two others of its kind.
const REFUSALS: [&str; 3] = [
    "1 validation error detected: Value '[KeySchemaElement(attributeName=room, keyType=HASH), ..]' at \
     'globalSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    "One or more parameter values were invalid: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
    "Invalid key schema",
];

async fn answered(message: &str) -> Error {
    let body = serde_json::json!({ "__type": "com.amazon.coral.validate#ValidationException", "message": message });
    let db = Shelves::db(scripted::client(vec![Reply { status: 400, body: body.to_string() }]));
    db.create_table().await.expect_err("the definition was refused")
}

#[tokio::test]
async fn an_engine_without_such_keys_is_told_from_a_mistake() {
    for message in REFUSALS {
        let error = answered(message).await;
        assert!(matches!(error, Error::Table(_)), "{error:?}");
        says(&error, &["`shelves`", "`GSI1`", "AWS", "embedded", "DynamoDB Local since 3.3.0"]);
        // An index of one attribute is what every engine takes.
        assert!(!error.to_string().contains("GSI2"), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
    let other = answered("One or more parameter values were invalid: too many indexes").await;
    assert!(matches!(other, Error::Service(_)), "{other:?}");
}
