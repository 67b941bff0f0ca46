//! A random history of writes, replayed from its changes, gives the table.

use std::collections::{BTreeMap, BTreeSet};

use dynamo_model::{
    Error, Timestamp,
    change::{Change, Removed},
    key::PrimaryKey,
    prelude::*,
};
use dynamo_model_tests::with_engine;
use futures_util::TryStreamExt as _;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use crate::{
    cases::cases,
    world::{Task, User, Work, all, open, task, user},
};

/// One write. Those that are refused are part of a history too.
#[derive(Debug, Clone)]
enum Write {
    Create(Work),
    Put(Work),
    Retitle(u32, String, i64),
    Assign(u32, Option<String>),
    Tag(u32, String, i32),
    Log(u32, String),
    Move(u32, u32, u32),
    Delete(u32),
    Dismiss(u32),
    Both(u32, u32),
}

fn number() -> impl Strategy<Value = u32> {
    0..4_u32
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{1,3}", "\\PC{1,4}"]
}

fn tasks() -> impl Strategy<Value = Task> {
    let sets = (proptest::collection::btree_set(text(), 0..3), proptest::collection::btree_set(any::<i32>(), 0..3));
    // None is empty, as in `task`.
    let limits = proptest::collection::btree_map("[a-z ]{1,3}", any::<Option<bool>>(), 1..3);
    (number(), text(), proptest::option::of(text()), any::<i32>(), sets, vec(".{0,3}", 0..3), limits).prop_map(
        |(number, title, assignee, points, (tags, votes), log, limits)| Task {
            title,
            assignee,
            points: points.into(),
            tags,
            votes,
            log,
            limits,
            ..task(number)
        },
    )
}

fn users() -> impl Strategy<Value = User> {
    (number(), number()).prop_map(|(id, email)| User { email: format!("{email}@example.org"), ..user(id) })
}

fn write() -> impl Strategy<Value = Write> {
    let entity = || prop_oneof![2 => tasks().prop_map(Work::from), 1 => users().prop_map(Work::from)];
    prop_oneof![
        4 => entity().prop_map(Write::Create),
        3 => entity().prop_map(Write::Put),
        3 => (number(), text(), any::<i16>()).prop_map(|(at, title, add)| Write::Retitle(at, title, add.into())),
        2 => (number(), proptest::option::of(text())).prop_map(|(at, to)| Write::Assign(at, to)),
        2 => (number(), text(), any::<i32>()).prop_map(|(at, tag, vote)| Write::Tag(at, tag, vote)),
        2 => (number(), text()).prop_map(|(at, line)| Write::Log(at, line)),
        2 => (number(), number(), number()).prop_map(|(at, from, to)| Write::Move(at, from, to)),
        2 => number().prop_map(Write::Delete),
        1 => number().prop_map(Write::Dismiss),
        1 => (number(), number()).prop_map(|(task, user)| Write::Both(task, user)),
    ]
}

/// Does it, or is refused; anything else is a fault.
async fn perform(db: &Db<Work>, write: Write) {
    let result = match write {
        Write::Create(Work::Task(task)) => task.create().send(db).await.map(drop),
        Write::Create(Work::User(user)) => user.create().send(db).await.map(drop),
        Write::Put(Work::User(user)) => user.put().send(db).await.map(drop),
        Write::Put(Work::Task(task)) => {
            // Only the version that is there is replaced.
            let stored = Task::get("p", &task.number).consistent().send(db).await.unwrap();
            let version = stored.map(|stored| stored.version).unwrap_or_default();
            Task { version, ..task }.put().send(db).await.map(drop)
        }
        Write::Retitle(at, title, add) => {
            let update = Task::update("p", &at).set(|t| (t.title().to(&title), t.points().add(add)));
            update.send(db).await.map(drop)
        }
        Write::Assign(at, to) => Task::update("p", &at).set(|t| t.assignee().to(to)).send(db).await.map(drop),
        Write::Tag(at, tag, vote) => {
            let update = Task::update("p", &at).set(|t| t.tags().add([&*tag])).set(|t| t.votes().delete([vote]));
            update.send(db).await.map(drop)
        }
        Write::Log(at, line) => Task::update("p", &at).set(|t| t.log().append([line])).send(db).await.map(drop),
        Write::Move(at, from, to) => {
            let [from, to] = [from, to].map(|email| format!("{email}@example.org"));
            User::update(&at).set(|u| u.email().to(&to).given_email(&from).given_expires(None)).send(db).await.map(drop)
        }
        Write::Delete(at) => Task::delete("p", &at).send(db).await.map(drop),
        Write::Dismiss(at) => User::delete(&at).send(db).await.map(drop),
        Write::Both(number, id) => {
            let both = Work::transaction().and(task(number).create()).and(user(id).create());
            both.send(db).await
        }
    };
    match result {
        Ok(())
        | Err(
            Error::AlreadyExists(_)
            | Error::NotFound(_)
            | Error::NotUnique(_)
            | Error::ConditionFailed(_)
            | Error::VersionConflict(_)
            | Error::Transaction(_),
        ) => {}
        Err(error) => panic!("{error:?}"),
    }
}

fn key_of(entity: &Work) -> PrimaryKey {
    match entity {
        Work::Task(task) => task.key().to_primary(),
        Work::User(user) => user.key().to_primary(),
    }
    .unwrap()
}

/// The table that the changes leave; each change begins at what the one before it left.
fn replay(changes: Vec<Change<Work>>) -> Vec<Work> {
    let mut table: BTreeMap<(String, Option<String>), Work> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for change in changes {
        let PrimaryKey { partition, sort } = change.key().clone();
        for image in [change.new_image(), change.old_image()].into_iter().flatten() {
            assert_eq!(key_of(image), *change.key());
        }
        let key = (partition, sort);
        assert_eq!(table.get(&key), change.old_image());
        let record = change.record();
        assert!(seen.insert(record.event_id.clone()), "{record:?}");
        assert!(record.sequence_number.is_some(), "{record:?}");
        let age = record.created_at.map(|at| (Timestamp::now().as_secs() - at.as_secs()).abs());
        assert!(age.is_some_and(|age| age < 3600), "{record:?}");
        match change {
            Change::Insert { new: Some(new), .. } => assert!(table.insert(key, new).is_none()),
            Change::Modify { new: Some(new), .. } => assert!(table.insert(key, new).is_some()),
            Change::Remove { cause, .. } => {
                assert_eq!(cause, Removed::Deleted);
                assert!(table.remove(&key).is_some());
            }
            other => panic!("{other:?}"),
        }
    }
    table.into_values().collect()
}

#[test]
fn a_history_replayed_from_its_changes_gives_the_table() {
    with_engine(|engine, runtime| {
        TestRunner::new(cases(40))
            .run(&vec(write(), 1..30), |history| {
                runtime.block_on(async {
                    let (db, streams) = open(engine, "history").await;
                    for write in history {
                        perform(&db, write).await;
                    }
                    let (changes, skipped) = all(&db, &streams).await.unwrap();
                    assert_eq!(skipped.unknown, 0);
                    let mut stored: Vec<Work> = db.scan().consistent().stream().try_collect().await.unwrap();
                    stored.sort_by_key(|entity| {
                        let PrimaryKey { partition, sort } = key_of(entity);
                        (partition, sort)
                    });
                    assert_eq!(replay(changes), stored);
                });
                Ok(())
            })
            .unwrap();
    });
}
