//! Many writers of few items: nothing is lost, and of those that exclude each other one wins.
//!
//! The embedded engine answers one request after another, so it is DynamoDB Local where writers truly meet; either way
//! the steps of `modify` and `upsert` interleave.

use dynamo_model::{Error, db::Backoff, op::Upserted, prelude::*};
use dynamo_model_tests::with_engine;
use futures_util::future::join_all;

use crate::world::{Session, Task, User, Work, open, session, task, user};

const WRITERS: u32 = 32;
const WRITES: u32 = 50;
const ITEMS: u32 = 4;

/// How often two or more race for one thing.
const ROUNDS: u32 = 50;

/// Runs a body on a runtime with several threads.
fn on_threads(test: &str, body: impl AsyncFnOnce(Db<Work>)) {
    with_engine(|engine, runtime| {
        let (db, _) = runtime.block_on(open(engine.client(test)));
        runtime.block_on(body(db));
    });
}

/// What each of the futures gives, run as a task of its own.
async fn together<F: Future<Output: Send + 'static> + Send + 'static>(
    futures: impl Iterator<Item = F>,
) -> Vec<F::Output> {
    let tasks: Vec<_> = futures.map(tokio::spawn).collect();
    join_all(tasks).await.into_iter().map(|done| done.expect("no writer panics")).collect()
}

/// Every write of every writer was counted, and none twice.
async fn assert_counted(db: &Db<Work>) {
    let writes = WRITERS / ITEMS * WRITES;
    let mut total = 0;
    for number in 1..=ITEMS {
        let stored = Task::get("p", &number).consistent().send(db).await.unwrap().unwrap();
        assert_eq!(stored.points, task(number).points + writes, "{number}");
        assert_eq!(stored.version.get(), u64::from(1 + writes), "{number}");
        total += stored.points - task(number).points;
    }
    assert_eq!(total, WRITERS * WRITES);
}

#[test]
fn no_modify_is_lost() {
    on_threads("no_modify_is_lost", async |db| {
        for number in 1..=ITEMS {
            task(number).create().send(&db).await.unwrap();
        }
        // Eight write one item all the time: the default's pauses are right, its 10 tries too few for one in a hundred.
        let backoff = Backoff::default().with_tries(60);
        let writers = (0..WRITERS).map(|writer| {
            let db = db.clone();
            async move {
                let number = writer % ITEMS + 1;
                for _ in 0..WRITES {
                    Task::modify("p", &number, |task| task.points += 1).with_backoff(backoff).send(&db).await.unwrap();
                }
            }
        });
        together(writers).await;
        assert_counted(&db).await;
    });
}

#[test]
fn no_sum_is_lost() {
    on_threads("no_sum_is_lost", async |db| {
        for number in 1..=ITEMS {
            task(number).create().send(&db).await.unwrap();
        }
        let writers = (0..WRITERS).map(|writer| {
            let db = db.clone();
            async move {
                let number = writer % ITEMS + 1;
                for _ in 0..WRITES {
                    Task::update("p", &number).set(|t| t.points().add(1)).send(&db).await.unwrap();
                }
            }
        });
        together(writers).await;
        assert_counted(&db).await;
    });
}

/// Exactly one won; the others were refused as `is_refusal` says.
fn one_wins<T>(results: &[Result<T, Error>], is_refusal: impl Fn(&Error) -> bool) {
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(is_refusal(error), "{error:?}");
    }
}

#[test]
fn one_of_two_creates_wins() {
    on_threads("one_of_two_creates_wins", async |db| {
        for number in 0..ROUNDS {
            let racers = [1_u32, 2].map(|points| {
                let db = db.clone();
                async move { Task { points, ..task(number) }.create().send(&db).await }
            });
            let results = together(racers.into_iter()).await;
            one_wins(&results, |error| matches!(error, Error::AlreadyExists(_)));
            let stored = Task::get("p", &number).consistent().send(&db).await.unwrap().unwrap();
            let winner = results.into_iter().find_map(Result::ok).unwrap();
            assert_eq!(stored, winner);
        }
    });
}

#[test]
fn one_of_two_owners_of_an_address_wins() {
    on_threads("one_of_two_owners_of_an_address_wins", async |db| {
        for round in 0..ROUNDS {
            let ids = [2 * round, 2 * round + 1];
            let racers = ids.map(|id| {
                let (db, email) = (db.clone(), format!("{round}@example.org"));
                async move { User { email, ..user(id) }.create().send(&db).await }
            });
            let results = together(racers.into_iter()).await;
            one_wins(&results, |error| matches!(error, Error::NotUnique(refusal) if refusal.fields() == ["email"]));
            assert_eq!(User::by_email(&format!("{round}@example.org")).count(&db).await.unwrap(), 1);
        }
    });
}

#[test]
fn one_put_of_a_version_wins() {
    on_threads("one_put_of_a_version_wins", async |db| {
        task(1).create().send(&db).await.unwrap();
        session(1).create().send(&db).await.unwrap();
        for round in 0..ROUNDS {
            let read = Task::get("p", &1).consistent().send(&db).await.unwrap().unwrap();
            let racers = (0..4).map(|racer| {
                let (db, value) = (db.clone(), Task { points: 10 * round + racer, ..read.clone() });
                async move { value.put().send(&db).await }
            });
            one_wins(&together(racers).await, |error| matches!(error, Error::VersionConflict(_)));

            // A transaction, since its token is unique.
            let read = Session::get(&1, &1).consistent().send(&db).await.unwrap().unwrap();
            let racers = (0..4).map(|racer| {
                let (db, token) = (db.clone(), format!("{round}.{racer}"));
                let value = Session { token, ..read.clone() };
                async move { value.put().send(&db).await }
            });
            one_wins(&together(racers).await, |error| matches!(error, Error::VersionConflict(_)));
        }
        let stored = Task::get("p", &1).consistent().send(&db).await.unwrap().unwrap();
        assert_eq!(stored.version.get(), u64::from(1 + ROUNDS));
        let stored = Session::get(&1, &1).consistent().send(&db).await.unwrap().unwrap();
        assert_eq!(stored.version.get(), u64::from(1 + ROUNDS));
    });
}

#[test]
fn racing_upserts_create_once() {
    on_threads("racing_upserts_create_once", async |db| {
        for number in 0..ROUNDS {
            let racers = (0..4).map(|_| {
                let db = db.clone();
                async move {
                    let update = Task::update("p", &number).set(|t| t.points().add(1));
                    update.upsert(Task { points: 1, ..task(number) }).send(&db).await.unwrap()
                }
            });
            let done = together(racers).await;
            assert_eq!(done.iter().filter(|done| **done == Upserted::Created).count(), 1, "{done:?}");
            let stored = Task::get("p", &number).consistent().send(&db).await.unwrap().unwrap();
            assert_eq!((stored.points, stored.version.get()), (4, 4));
        }
    });
}
