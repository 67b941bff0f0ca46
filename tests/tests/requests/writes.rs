//! `create`, `put` and `delete`.

use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::on_engine;

use crate::shop::{Customer, Order, customer, open, order};

#[test]
fn create_never_overwrites() {
    on_engine("create_never_overwrites", async |client| {
        let (db, _) = open(client).await;
        customer("ada").create().send(&db).await.unwrap();
        let second = Customer { name: "Eve".to_owned(), ..customer("ada") };
        let error = second.create().send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::AlreadyExists(refusal) if refusal.entity() == "Customer"), "{error:?}");
        assert!(error.to_string().contains("`put`"), "{error}");
        assert_eq!(Customer::get("ada").send(&db).await.unwrap().unwrap().name, "Ada");
    });
}

#[test]
fn put_replaces_whole_items() {
    on_engine("put_replaces_whole_items", async |client| {
        let (db, _) = open(client).await;
        customer("ada").put().send(&db).await.unwrap();
        let renamed = Customer { name: "Ada L.".to_owned(), ..customer("ada") };
        renamed.clone().put().send(&db).await.unwrap();
        assert_eq!(Customer::get("ada").send(&db).await.unwrap(), Some(renamed));
    });
}

#[test]
fn a_stale_version_never_wins() {
    on_engine("a_stale_version_never_wins", async |client| {
        let (db, _) = open(client).await;
        let first = order(1).create().send(&db).await.unwrap();
        assert_eq!(first.version.get(), 1);
        let second = Order { cents: 500, ..first.clone() }.put().send(&db).await.unwrap();
        assert_eq!(second.version.get(), 2);

        let error = Order { cents: 900, ..first }.put().send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
        assert_eq!(Order::get("ada", &1).consistent().send(&db).await.unwrap(), Some(second));
    });
}

#[test]
fn a_value_that_was_never_stored_only_creates() {
    on_engine("a_value_that_was_never_stored_only_creates", async |client| {
        let (db, _) = open(client).await;
        let stored = order(1).put().send(&db).await.unwrap();
        assert_eq!(stored.version.get(), 1);
        let error = order(1).put().send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
    });
}

#[test]
fn a_version_of_a_deleted_item_does_not_come_back() {
    on_engine("a_version_of_a_deleted_item_does_not_come_back", async |client| {
        let (db, _) = open(client).await;
        let stored = order(1).create().send(&db).await.unwrap();
        Order::delete("ada", &1).send(&db).await.unwrap();
        let error = stored.put().send(&db).await.unwrap_err();
        assert!(matches!(error, Error::VersionConflict(_)), "{error:?}");
        assert_eq!(Order::get("ada", &1).send(&db).await.unwrap(), None);
    });
}

#[test]
fn put_keeps_index_keys_in_step_with_the_fields() {
    on_engine("put_keeps_index_keys_in_step_with_the_fields", async |client| {
        let (db, _) = open(client).await;
        let open = order(1).create().send(&db).await.unwrap();
        assert_eq!(Order::by_state("open").count(&db).await.unwrap(), 1);
        let closed = Order { state: Some("closed".to_owned()), ..open }.put().send(&db).await.unwrap();
        assert_eq!(Order::by_state("open").count(&db).await.unwrap(), 0);
        assert_eq!(Order::by_state("closed").all(&db).await.unwrap(), std::slice::from_ref(&closed));
        Order { state: None, ..closed }.put().send(&db).await.unwrap();
        assert_eq!(Order::by_state("closed").count(&db).await.unwrap(), 0);
    });
}

#[test]
fn delete_gives_back_what_it_deleted_if_asked() {
    on_engine("delete_gives_back_what_it_deleted_if_asked", async |client| {
        let (db, _) = open(client).await;
        let stored = order(1).create().send(&db).await.unwrap();
        assert_eq!(stored.key().delete().returning_old().send(&db).await.unwrap(), Some(stored));
        assert_eq!(Order::delete("ada", &1).returning_old().send(&db).await.unwrap(), None);
        Order::delete("ada", &1).send(&db).await.unwrap();
    });
}
