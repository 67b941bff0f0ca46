//! `create_table` and `verify`.

use aws_sdk_dynamodb::{Client, types::TimeToLiveSpecification};
use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::on_engine;

use crate::shop::{Shop, customer, open};

/// The shop's table with another design under the same name.
mod other {
    use dynamo_model::prelude::*;

    #[derive(Debug, Table)]
    #[table(name = "shop", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK"), gsi(GSI2, pk = "GSI2PK"))]
    pub(crate) enum Shop {
        Thing(Thing),
    }

    #[derive(Debug, Serialize, Deserialize, Entity)]
    #[entity(table = Shop, pk = "THING#{id}", sk = "THING")]
    pub(crate) struct Thing {
        pub(crate) id: String,
    }

    /// An index key attribute that is an optional field itself.
    #[derive(Debug, PartialEq, Table)]
    #[table(name = "shop", pk = "PK", sk = "SK", gsi(GSI1, pk = "owner"))]
    pub(crate) enum Natural {
        Parcel(Parcel),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Natural, pk = "PARCEL#{id}", sk = "PARCEL")]
    #[entity(index(GSI1, name = by_owner, pk = "{owner:raw}"))]
    pub(crate) struct Parcel {
        pub(crate) id: u32,
        pub(crate) owner: Option<String>,
    }

    /// Before there were indexes.
    #[derive(Debug, Table)]
    #[table(name = "shop", pk = "PK", sk = "SK")]
    pub(crate) enum Older {
        OldThing(OldThing),
    }

    #[derive(Debug, Serialize, Deserialize, Entity)]
    #[entity(table = Older, pk = "THING#{id}", sk = "THING")]
    pub(crate) struct OldThing {
        pub(crate) id: String,
    }

    /// Without a sort key.
    #[derive(Debug, PartialEq, Table)]
    #[table(name = "shop", pk = "id")]
    pub(crate) enum Plain {
        Entry(Entry),
    }

    /// The key attribute is the field itself.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Plain, pk = "{id:raw}")]
    pub(crate) struct Entry {
        pub(crate) id: String,
        pub(crate) text: String,
    }
}

fn listed(differences: &[dynamo_model::db::Difference]) -> Vec<String> {
    differences.iter().map(|difference| difference.subject().to_owned()).collect()
}

#[test]
fn a_created_table_is_as_the_schema_states() {
    on_engine("a_created_table_is_as_the_schema_states", async |client| {
        let (db, _) = open(client).await;
        assert_eq!(db.verify().await.unwrap(), []);
    });
}

#[test]
fn creating_again_changes_nothing() {
    on_engine("creating_again_changes_nothing", async |client| {
        let (db, _) = open(client).await;
        customer("ada").create().send(&db).await.unwrap();
        db.create_table().await.unwrap();
        assert_eq!(db.verify().await.unwrap(), []);
        assert!(db.table_name() == "shop" && crate::shop::Customer::exists("ada").send(&db).await.unwrap());
    });
}

#[test]
fn every_difference_is_listed() {
    on_engine("every_difference_is_listed", async |client: Client| {
        Db::<other::Shop>::new(client.clone()).create_table().await.unwrap();
        let differences = Db::<Shop>::new(client.clone()).verify().await.unwrap();
        let expected =
            ["index `GSI1`", "index `LSI1`", "index `GSI2`", "time to live", "stream", "deletion protection"];
        assert_eq!(listed(&differences), expected);
        let gsi1 = differences[0].to_string();
        assert_eq!(
            gsi1,
            "index `GSI1`: expected global, `GSI1PK` (S), `GSI1SK` (S), projecting ALL, \
             found global, `GSI1PK` (S), projecting ALL"
        );

        let error = Db::<Shop>::new(client).create_table().await.unwrap_err();
        assert!(matches!(&error, Error::Table(table) if table.table() == "shop"), "{error:?}");
        assert!(error.to_string().contains("index `LSI1`"), "{error}");
    });
}

#[test]
fn an_index_more_than_the_schema_has_is_no_harm() {
    on_engine("an_index_more_than_the_schema_has_is_no_harm", async |client: Client| {
        Db::<other::Shop>::new(client.clone()).create_table().await.unwrap();
        let db = Db::<other::Older>::new(client);
        db.create_table().await.unwrap();
        assert_eq!(listed(&db.verify().await.unwrap()), ["index `GSI1`", "index `GSI2`"]);
    });
}

#[test]
fn another_primary_key_is_a_difference() {
    on_engine("another_primary_key_is_a_difference", async |client: Client| {
        Db::<other::Plain>::new(client.clone()).create_table().await.unwrap();
        let differences = Db::<other::Shop>::new(client).verify().await.unwrap();
        assert_eq!(differences[0].to_string(), "primary key: expected `PK` (S), `SK` (S), found `id` (S)");
    });
}

#[test]
fn another_time_to_live_is_not_changed_in_silence() {
    on_engine("another_time_to_live_is_not_changed_in_silence", async |client: Client| {
        let (db, _) = open(client.clone()).await;
        let specification = |enabled, attribute| {
            TimeToLiveSpecification::builder().enabled(enabled).attribute_name(attribute).build().unwrap()
        };
        for (enabled, attribute) in [(false, "expiresAt"), (true, "deadline")] {
            let update = client.update_time_to_live().table_name("shop");
            update.time_to_live_specification(specification(enabled, attribute)).send().await.unwrap();
        }
        assert_eq!(listed(&db.verify().await.unwrap()), ["time to live"]);
        let error = db.create_table().await.unwrap_err();
        assert!(error.to_string().contains("`deadline`"), "{error}");
    });
}

#[test]
fn a_table_without_a_sort_key_and_with_natural_keys_works() {
    on_engine("a_table_without_a_sort_key_and_with_natural_keys_works", async |client: Client| {
        let db = Db::<other::Plain>::new(client);
        db.create_table().await.unwrap();
        assert_eq!(db.verify().await.unwrap(), []);
        let entry = other::Entry { id: "a b".to_owned(), text: "x".to_owned() };
        entry.clone().create().send(&db).await.unwrap();
        assert_eq!(other::Entry::get("a b").send(&db).await.unwrap(), Some(entry.clone()));
        assert_eq!(other::Entry::scan().all(&db).await.unwrap(), [entry]);
        assert_eq!(other::Entry::parse_key("a b").unwrap().id, "a b");
    });
}

#[test]
fn an_optional_field_that_is_an_index_key_is_no_null_there() {
    on_engine("an_optional_field_that_is_an_index_key_is_no_null_there", async |client: Client| {
        let db = Db::<other::Natural>::new(client);
        db.create_table().await.unwrap();
        let owned = other::Parcel { id: 1, owner: Some("ada".to_owned()) };
        let lost = other::Parcel { id: 2, owner: None };
        owned.clone().create().send(&db).await.unwrap();
        lost.clone().create().send(&db).await.unwrap();
        assert_eq!(other::Parcel::get(&2).send(&db).await.unwrap(), Some(lost));
        assert_eq!(other::Parcel::by_owner("ada").all(&db).await.unwrap(), [owned]);
    });
}

#[test]
fn a_name_given_to_one_db_is_that_ones_table() {
    on_engine("a_name_given_to_one_db_is_that_ones_table", async |client: Client| {
        let (db, _) = open(client).await;
        let other = db.clone().with_table_name("shop-staging");
        other.create_table().await.unwrap();
        customer("ada").create().send(&other).await.unwrap();
        assert!(!crate::shop::Customer::exists("ada").send(&db).await.unwrap());
        assert!(crate::shop::Customer::exists("ada").send(&other).await.unwrap());
    });
}

#[tokio::test]
async fn a_table_in_a_file_outlives_the_process() {
    let path = std::env::temp_dir().join(format!("dynamo-model-{}.db", std::process::id()));
    let db = Shop::embedded_file(&path).await.unwrap();
    customer("ada").create().send(&db).await.unwrap();
    drop(db);
    let again = Shop::embedded_file(&path).await.unwrap();
    let found = crate::shop::Customer::exists("ada").send(&again).await.unwrap();
    drop(again);
    std::fs::remove_file(&path).unwrap();
    assert!(found);
}
