//! `update`: fields, and the keys that follow them.

use dynamo_model::{Error, op::Upserted, prelude::*};
use dynamo_model_tests::on_engine;

use crate::world::{Status, Task, User, Work, at, counter, open, task, user};

/// What is stored of a task, as a fresh encode gives it.
async fn assert_true(db: &Db<Work>, number: u32) -> Task {
    let stored = Task::get("p", &number).consistent().send(db).await.unwrap().unwrap();
    let raw = db
        .client()
        .get_item()
        .table_name(db.table_name())
        .key("PK", stored.to_item().unwrap()["PK"].clone())
        .key("SK", stored.to_item().unwrap()["SK"].clone())
        .send()
        .await
        .unwrap()
        .item
        .unwrap();
    let fresh = stored.to_item().unwrap();
    let mut names: Vec<_> = raw.keys().chain(fresh.keys()).collect();
    names.sort();
    for name in names {
        assert_eq!(raw.get(name), fresh.get(name), "{name}");
    }
    stored
}

#[test]
fn an_index_key_follows_its_field() {
    on_engine("an_index_key_follows_its_field", async |client| {
        let (db, clock) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        clock.set(at(5));
        Task::update("p", &1)
            .set(|t| t.title().to("rewrite"))
            .set(|t| t.points().add(2))
            .set(|t| t.assignee().to("bob"))
            .when(|t| t.status().ne(Status::Done))
            .send(&db)
            .await
            .unwrap();
        let stored = assert_true(&db, 1).await;
        assert_eq!((stored.title.as_str(), stored.points), ("rewrite", 5));
        assert_eq!((stored.version.get(), stored.created_at, stored.updated_at), (2, at(0), at(5)));
        assert_eq!(Task::by_assignee("ada").count(&db).await.unwrap(), 0);
        assert_eq!(Task::by_assignee("bob").all(&db).await.unwrap(), [stored]);

        Task::update("p", &1).set(|t| t.assignee().to(None)).send(&db).await.unwrap();
        assert_eq!(assert_true(&db, 1).await.assignee, None);
        assert_eq!(Task::by_assignee("bob").count(&db).await.unwrap(), 0);
        Task::update("p", &1).set(|t| t.rank().remove()).send(&db).await.unwrap();
        assert_true(&db, 1).await;
        assert_eq!(Task::by_rank("p").count(&db).await.unwrap(), 0);
        Task::update("p", &1).set(|t| (t.rank().to(3), t.assignee().to("eve"))).send(&db).await.unwrap();
        assert_true(&db, 1).await;
        assert_eq!(Task::by_rank("p").rank(&3).count(&db).await.unwrap(), 1);
    });
}

#[test]
fn fields_of_one_index_are_set_together() {
    on_engine("fields_of_one_index_are_set_together", async |client| {
        let (db, _) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        Task::update("p", &1).set(|t| t.by_status().to(Status::Doing, at(20))).send(&db).await.unwrap();
        let stored = assert_true(&db, 1).await;
        assert_eq!((stored.status, stored.due), (Status::Doing, at(20)));

        Task::update("p", &1).set(|t| t.status().to(Status::Done).given_due(at(20))).send(&db).await.unwrap();
        assert_eq!(assert_true(&db, 1).await.status, Status::Done);

        let wrong = Task::update("p", &1).set(|t| t.status().to(Status::Open).given_due(at(21))).send(&db).await;
        let Err(Error::ConditionFailed(refusal)) = wrong else { panic!("{wrong:?}") };
        assert_eq!(refusal.item::<Task>().unwrap().unwrap().due, at(20));
        assert_eq!(assert_true(&db, 1).await.status, Status::Done);
    });
}

#[test]
fn every_action_does_what_it_says() {
    on_engine("every_action_does_what_it_says", async |client| {
        let (db, _) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect();
        Task::update("p", &1)
            .set(|t| t.balance().subtract(5))
            .set(|t| t.tags().add(["a", "b"]))
            .set(|t| t.votes().add([1, 2]))
            .set(|t| t.log().append(["one"]))
            .set(|t| t.note().to_if_absent("first"))
            .set(|t| t.limits().key("x").to(4))
            .send(&db)
            .await
            .unwrap();
        Task::update("p", &1)
            .set(|t| t.tags().delete(["a"]))
            .set(|t| t.log().prepend(["zero"]))
            .set(|t| t.note().to_if_absent("second"))
            .set(|t| t.limits().key("x").add(1))
            .set(|t| t.points().to(9))
            .set_if(false, |t| t.title().to("no"))
            .set_opt(Some("yes"), |t, title| t.title().to(title))
            .set_opt(None::<&str>, |t, title| t.title().to(title))
            .send(&db)
            .await
            .unwrap();
        let stored = assert_true(&db, 1).await;
        assert_eq!(stored.balance, -5);
        assert_eq!(stored.tags, tags(&["b"]));
        assert_eq!(stored.votes, [1, 2].into());
        assert_eq!(stored.log, ["zero", "one"]);
        assert_eq!(stored.note.as_deref(), Some("first"));
        assert_eq!(stored.limits["x"], 5);
        assert_eq!((stored.points, stored.title.as_str()), (9, "yes"));

        Task::update("p", &1)
            .set(|t| t.tags().delete(["b"]))
            .set(|t| t.note().remove())
            .set(|t| t.log().at(0).to("nought"))
            .set(|t| t.limits().key("x").remove())
            .send(&db)
            .await
            .unwrap();
        let stored = assert_true(&db, 1).await;
        assert!(stored.tags.is_empty() && stored.note.is_none() && stored.limits.is_empty());
        assert_eq!(stored.log, ["nought", "one"]);
    });
}

#[test]
fn an_update_creates_nothing_unless_asked() {
    on_engine("an_update_creates_nothing_unless_asked", async |client| {
        let (db, _) = open(client).await;
        let add = || Task::update("p", &1).set(|t| t.points().add(1));
        let error = add().send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::NotFound(_)), "{error:?}");
        assert_eq!(Task::get("p", &1).send(&db).await.unwrap(), None);
        let other = add().upsert(task(2)).send(&db).await.unwrap_err();
        assert!(matches!(&other, Error::Expression(_)), "{other:?}");
        assert_eq!(add().upsert(task(1)).send(&db).await.unwrap(), Upserted::Created);
        assert_eq!(add().upsert(task(1)).send(&db).await.unwrap(), Upserted::Updated);
        assert_eq!(assert_true(&db, 1).await.points, 4);
    });
}

#[test]
fn a_number_stays_within_its_type() {
    on_engine("a_number_stays_within_its_type", async |client| {
        let (db, _) = open(client).await;
        counter("c").create().send(&db).await.unwrap();
        let change = crate::world::Counter::update;
        let error = change("c").set(|c| c.small().subtract(1)).send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::ConditionFailed(_)), "{error:?}");
        change("c").set(|c| c.small().add(255)).send(&db).await.unwrap();
        let error = change("c").set(|c| c.small().add(1)).send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::ConditionFailed(_)), "{error:?}");
        change("c").set(|c| c.value().subtract(i64::MAX)).send(&db).await.unwrap();
        let error = change("c").set(|c| c.value().subtract(2)).send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::ConditionFailed(_)), "{error:?}");
    });
}

#[test]
fn a_stale_version_changes_nothing() {
    on_engine("a_stale_version_changes_nothing", async |client| {
        let (db, _) = open(client).await;
        let stored = task(1).create().send(&db).await.unwrap();
        let update = || Task::update("p", &1).set(|t| t.title().to("x")).version(stored.version);
        update().send(&db).await.unwrap();
        let error = update().send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::VersionConflict(_)), "{error:?}");
        let error = Task::delete("p", &1).version(stored.version).send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::VersionConflict(_)), "{error:?}");
        let error = stored.clone().remove().send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::VersionConflict(_)), "{error:?}");
        let current = assert_true(&db, 1).await;
        current.remove().send(&db).await.unwrap();
        assert_eq!(Task::get("p", &1).consistent().send(&db).await.unwrap(), None);
    });
}

#[test]
fn an_update_gives_back_the_item_before_or_after() {
    on_engine("an_update_gives_back_the_item_before_or_after", async |client| {
        let (db, _) = open(client).await;
        let created = task(1).create().send(&db).await.unwrap();
        let add = || Task::update("p", &1).set(|t| t.points().add(1));
        assert_eq!(add().returning_old().send(&db).await.unwrap(), created);
        let new = add().returning_new().send(&db).await.unwrap();
        assert_eq!((new.points, new.version.get()), (5, 3));
        assert_eq!(assert_true(&db, 1).await, new);
    });
}

#[test]
fn an_attribute_is_changed_once() {
    on_engine("an_attribute_is_changed_once", async |client| {
        let (db, _) = open(client).await;
        task(1).create().send(&db).await.unwrap();
        let twice = Task::update("p", &1).set(|t| t.points().add(1)).set(|t| t.points().to(4)).send(&db).await;
        let Err(Error::Expression(error)) = twice else { panic!("{twice:?}") };
        assert_eq!((error.entity(), error.path()), ("Task", Some("points")));
        let inside = Task::update("p", &1)
            .set(|t| t.limits().key("x").to(1))
            .set(|t| t.limits().to([("y".to_owned(), 1)].into_iter().collect::<std::collections::BTreeMap<_, _>>()))
            .send(&db)
            .await;
        assert!(matches!(inside, Err(Error::Expression(_))), "{inside:?}");
    });
}

#[test]
fn a_unique_value_has_one_owner() {
    on_engine("a_unique_value_has_one_owner", async |client| {
        let (db, _) = open(client).await;
        user(1).create().send(&db).await.unwrap();
        user(2).create().send(&db).await.unwrap();
        let error = User { id: 3, handle: None, ..user(1) }.create().send(&db).await.unwrap_err();
        let Error::NotUnique(refusal) = error else { panic!("{error:?}") };
        assert_eq!(refusal.fields(), ["email"]);
        assert!(refusal.to_string().contains("`email`"), "{refusal}");

        let moved = || User::update(&1).set(|u| u.email().to("2@example.org").given_email("1@example.org"));
        let error = moved().send(&db).await.unwrap_err();
        assert!(matches!(&error, Error::NotUnique(_)), "{error:?}");
        User::delete(&2).send(&db).await.unwrap();
        moved().send(&db).await.unwrap();
        user(4).create().send(&db).await.unwrap();
        User { id: 5, email: "1@example.org".to_owned(), ..user(5) }.create().send(&db).await.unwrap();

        let renamed = User::modify(&1, |u| u.handle = Some("u4".to_owned())).send(&db).await;
        let Err(Error::NotUnique(refusal)) = renamed else { panic!("{renamed:?}") };
        assert_eq!(refusal.fields(), ["team", "handle"]);
        User::modify(&4, |u| u.handle = None).send(&db).await.unwrap();
        User::modify(&1, |u| u.handle = Some("u4".to_owned())).send(&db).await.unwrap();
        let put = User { email: "new@example.org".to_owned(), ..user(1) };
        put.put().send(&db).await.unwrap();
        User { id: 6, email: "2@example.org".to_owned(), ..user(6) }.create().send(&db).await.unwrap();
    });
}
