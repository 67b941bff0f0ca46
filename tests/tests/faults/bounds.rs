//! Every call ends, after so many attempts and with the right error, however long a fault lasts.

use std::num::NonZeroUsize;
use std::time::Duration;

use dynamo_model::error::ReasonKind;
use dynamo_model::op::Lookup;
use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::faults::{Attempt, Fault, FaultPlan};
use dynamo_model_tests::on_engine;

use super::retries::three_attempts;
use super::stored::clear;
use super::world::{Cell, Change, Kind, Plain, Row, TRIES, Unique, Versioned, World, db, of_kind};

const ONE: NonZeroUsize = NonZeroUsize::MIN;

fn row(text: &str, version: u64) -> Row {
    Row { text: text.to_owned(), version, ..Row::default() }
}

fn with_email(email: &str) -> Row {
    Row { email: Some(email.to_owned()), ..row("u", 0) }
}

fn update<E: Cell>(change: &Change) -> dynamo_model::op::Update<E> {
    E::changed(E::key_of(0).update(), change)
}

/// How an error is sorted.
fn sorted(error: &Error) -> String {
    let code = |error: &dynamo_model::error::ServiceError| error.code().unwrap_or("no code").to_owned();
    match error {
        Error::Throttled(_) => "throttled".to_owned(),
        Error::Unreachable(_) => "unreachable".to_owned(),
        Error::OutcomeUnknown(_) => "unknown".to_owned(),
        Error::Service(error) => code(error),
        Error::Transaction(error) => match error.first() {
            Some((at, reason)) if matches!(reason.kind(), ReasonKind::Conflict) => format!("conflict of {at}"),
            first => format!("{first:?}"),
        },
        other => format!("{other:?}"),
    }
}

fn end<T>(result: Result<T, Error>) -> String {
    result.map_or_else(|error| sorted(&error), |_| "ok".to_owned())
}

/// How a call of the operation ends, in a word.
async fn call(db: &Db<World>, operation: &str) -> String {
    let plain = Plain::key_of(0);
    match operation {
        "create" => end(Plain::of(9, &row("c", 0)).create().send(db).await),
        "put" => end(Plain::of(0, &row("p", 0)).put().send(db).await),
        "put version" => end(Versioned::of(0, &row("p", 1)).put().send(db).await),
        "to" => end(update::<Plain>(&Change::Text("t".to_owned())).send(db).await),
        "to, new" => end(update::<Plain>(&Change::Text("t".to_owned())).returning_new().send(db).await),
        "delete" => end(plain.delete().send(db).await),
        "delete version" => end(Versioned::of_version(Versioned::key_of(0).delete(), 1).send(db).await),
        "add" => end(update::<Plain>(&Change::Add(1)).send(db).await),
        "append" => end(update::<Plain>(&Change::Append("e".to_owned())).send(db).await),
        "to when" => {
            let update = update::<Plain>(&Change::Text("t".to_owned()));
            end(update.when(|fields| Plain::points_are(fields, 0)).send(db).await)
        }
        "to, old" => end(update::<Plain>(&Change::Text("t".to_owned())).returning_old().send(db).await),
        "to, counted" => end(update::<Versioned>(&Change::Text("t".to_owned())).send(db).await),
        "to version" => end(Versioned::versioned(update(&Change::Text("t".to_owned())), 1).send(db).await),
        "delete, old" => end(plain.delete().returning_old().send(db).await),
        "modify" => {
            let text = |item: &mut Plain| {
                let row = item.row();
                item.set(&Row { points: row.points + 1, ..row });
            };
            end(plain.modify(text).send(db).await)
        }
        "create unique" => end(Unique::of(9, &with_email("m9")).create().send(db).await),
        "move unique" => {
            let (from, to) = (Some("m0".to_owned()), Some("m8".to_owned()));
            end(update::<Unique>(&Change::Email { from, to }).send(db).await)
        }
        "delete unique" => end(Unique::key_of(0).delete().send(db).await),
        "once" => end(update::<Plain>(&Change::Add(1)).exactly_once().send(db).await),
        "transaction" => {
            let add = Change::Add(1);
            let transaction = World::transaction().and(update::<Plain>(&add)).and(update::<Versioned>(&add));
            end(transaction.send(db).await)
        }
        "transact get" => end(World::transact_get((plain.get(), Versioned::key_of(0).get())).send(db).await),
        "get" => end(plain.get().send(db).await),
        "query" => end(Plain::by_text("first").all(db).await),
        "batch write" => {
            let puts = (10..70).map(|id| Plain::of(id, &row("b", 0)));
            match World::batch_write().put_all(puts).concurrency(ONE).send(db).await {
                Ok(()) => "ok".to_owned(),
                Err(error) => {
                    assert_eq!((error.done(), error.left()), (0, 60));
                    error.error().map_or_else(|| "unprocessed".to_owned(), sorted)
                }
            }
        }
        "batch get" => {
            let keys: Vec<_> = (0..250).chain(0..5).map(Plain::key_of).collect();
            match Plain::batch_get(keys.clone()).concurrency(ONE).send(db).await {
                Ok(got) if got.iter().all(|got| matches!(got, Lookup::Unprocessed(_))) => {
                    let left = keys.into_iter().map(Lookup::Unprocessed).collect::<Vec<_>>();
                    assert_eq!(got, left);
                    "unprocessed".to_owned()
                }
                got => end(got),
            }
        }
        _ => unreachable!("{operation}"),
    }
}

/// One request that is the same done twice.
const REPEATED: [&str; 7] = ["create", "put", "put version", "to", "to, new", "delete", "delete version"];
/// One request that is not.
const SURE: [&str; 7] = ["add", "append", "to when", "to, old", "to, counted", "to version", "delete, old"];
/// A transaction under a token.
const TRANSACTIONS: [&str; 4] = ["create unique", "move unique", "once", "transaction"];
const READS: [&str; 3] = ["get", "query", "transact get"];

/// Stores an item of each kind.
async fn fill(clean: &Db<World>) {
    clear(clean).await;
    for kind in Kind::ALL {
        let row = if kind == Kind::Unique { with_email("m0") } else { row("first", 0) };
        of_kind!(kind, E => { E::of(0, &row).create().send(clean).await.expect("it is created"); });
    }
}

/// What is expected of an operation: its attempts and its end.
type Expected = (&'static str, usize, &'static str);

fn all(operations: &[&'static str], attempts: usize, end: &'static str) -> Vec<Expected> {
    operations.iter().map(|operation| (*operation, attempts, end)).collect()
}

fn expected(fault: Fault) -> Vec<Expected> {
    const TRIED: usize = TRIES as usize;
    match fault {
        Fault::Throttle | Fault::ThrottleTable | Fault::ThrottleAccount => {
            let rest = ["modify", "delete unique", "batch write", "batch get"];
            [&REPEATED[..], &SURE, &TRANSACTIONS, &READS, &rest].iter().flat_map(|of| all(of, 3, "throttled")).collect()
        }
        Fault::LoseResponse | Fault::TimeOut | Fault::Reset | Fault::InternalErrorAfter => {
            let end = if fault == Fault::InternalErrorAfter { "InternalServerError" } else { "unreachable" };
            // The first request of these is a read.
            let rest = ["modify", "delete unique", "batch write", "batch get"];
            let open = [&REPEATED[..], &TRANSACTIONS, &READS, &rest];
            open.iter().flat_map(|of| all(of, 3, end)).chain(all(&SURE, 1, "unknown")).collect()
        }
        Fault::Conflict(0) => {
            let single = [&REPEATED[..], &SURE].concat();
            let transactions = ["create unique", "move unique", "once", "transaction", "transact get"];
            let mut expected = all(&single, TRIED, "TransactionConflictException");
            expected.extend(all(&transactions, TRIED, "conflict of 0"));
            expected.push(("modify", 1 + TRIED, "TransactionConflictException"));
            expected.push(("delete unique", 1 + TRIED, "conflict of 0"));
            expected
        }
        Fault::InProgress => all(&TRANSACTIONS, 3, "TransactionInProgressException"),
        Fault::Unprocessed => all(&["batch write", "batch get"], 3 * TRIED, "unprocessed"),
        _ => unreachable!("{fault:?}"),
    }
}

#[test]
fn every_call_ends() {
    const LASTING: [Fault; 10] = [
        Fault::Throttle,
        Fault::ThrottleTable,
        Fault::ThrottleAccount,
        Fault::LoseResponse,
        Fault::TimeOut,
        Fault::Reset,
        Fault::InternalErrorAfter,
        Fault::Conflict(0),
        Fault::InProgress,
        Fault::Unprocessed,
    ];
    on_engine("every_call_ends", async |engine| {
        let clean = db(engine.clone());
        clean.create_table().await.unwrap();
        let plan = FaultPlan::new([]);
        let faulty = db(plan.client(&engine, three_attempts()));
        for fault in LASTING {
            for (operation, attempts, end) in expected(fault) {
                fill(&clean).await;
                plan.forget();
                plan.afterwards(fault);
                assert_eq!(call(&faulty, operation).await, end, "{operation} {fault:?}");
                assert_eq!(plan.attempts().len(), attempts, "{operation} {fault:?}");
                // One pause before each attempt but the first of each request.
                assert!(plan.sleeps().len() < attempts, "{operation} {fault:?}");
            }
        }
    });
}

/// A throttled update surely was not done, so it is tried again; one whose answer was lost is not.
#[test]
fn an_update_is_tried_again_only_where_it_surely_was_not_done() {
    on_engine("an_update_is_tried_again_only_where_it_surely_was_not_done", async |engine| {
        let clean = db(engine.clone());
        clean.create_table().await.unwrap();
        let plan = FaultPlan::new([]);
        let faulty = db(plan.client(&engine, three_attempts()));
        let throttles = [Fault::Throttle, Fault::ThrottleTable];
        for operation in SURE.into_iter().chain(["modify"]) {
            fill(&clean).await;
            plan.forget();
            plan.append(if operation == "modify" { vec![Fault::None] } else { Vec::new() });
            plan.append(throttles);
            assert_eq!(call(&faulty, operation).await, "ok", "{operation}");
            assert_eq!(plan.attempts().iter().filter(|attempt| attempt.operation != "GetItem").count(), 3);
        }
        for operation in SURE {
            for fault in [Fault::InternalError, Fault::InternalErrorAfter, Fault::Unavailable, Fault::LoseResponse] {
                fill(&clean).await;
                plan.forget();
                plan.append([Fault::ThrottleAccount, Fault::Conflict(0), fault]);
                assert_eq!(call(&faulty, operation).await, "unknown", "{operation} {fault:?}");
                assert_eq!(plan.attempts().len(), 3, "{operation} {fault:?}");
                assert_eq!(plan.planned(), []);
            }
        }
    });
}

/// All tries have one token.
#[test]
fn a_transaction_is_done_once() {
    on_engine("a_transaction_is_done_once", async |engine| {
        let clean = db(engine.clone());
        clean.create_table().await.unwrap();
        let plan = FaultPlan::new([]);
        let faulty = db(plan.client(&engine, three_attempts()));
        fill(&clean).await;
        let schedules = [
            vec![Fault::LoseResponse, Fault::TimeOut],
            vec![Fault::Conflict(0), Fault::LoseResponse, Fault::Conflict(0), Fault::InternalErrorAfter],
            vec![Fault::InProgress, Fault::LoseResponse],
            vec![Fault::Throttle, Fault::InternalErrorAfter, Fault::Conflict(0), Fault::Conflict(0)],
        ];
        for (points, faults) in (1..).zip(schedules) {
            for operation in ["once", "transaction"] {
                plan.append(faults.clone());
                assert_eq!(call(&faulty, operation).await, "ok", "{operation} {faults:?}");
            }
            let stored = Plain::key_of(0).get().consistent().send(&clean).await.unwrap().unwrap();
            assert_eq!(stored.row().points, 2 * points, "{faults:?}");
            let stored = Versioned::key_of(0).get().consistent().send(&clean).await.unwrap().unwrap();
            assert_eq!(stored.row().points, points, "{faults:?}");
        }
        assert_eq!(plan.planned(), []);
        // It was done, and no later try says so.
        for operation in TRANSACTIONS {
            fill(&clean).await;
            plan.forget();
            plan.append([Fault::LoseResponse]);
            plan.afterwards(Fault::Conflict(0));
            assert_eq!(call(&faulty, operation).await, "unknown", "{operation}");
            assert_eq!(plan.attempts().iter().filter(|attempt| attempt.committed()).count(), 1);
            plan.heal();
        }
    });
}

/// A pause is random from nothing up to a bound that doubles.
#[test]
fn pauses_grow_and_are_random() {
    on_engine("pauses_grow_and_are_random", async |engine| {
        let clean = db(engine.clone());
        clean.create_table().await.unwrap();
        fill(&clean).await;
        let plan = FaultPlan::new([]);
        let faulty = db(plan.client(&engine, three_attempts()));
        for (operation, fault) in [
            ("add", Fault::Conflict(0)),
            ("transaction", Fault::Conflict(0)),
            ("transact get", Fault::Conflict(0)),
            ("batch get", Fault::Unprocessed),
            ("batch write", Fault::Unprocessed),
        ] {
            plan.forget();
            plan.afterwards(fault);
            for _ in 0..60 {
                call(&faulty, operation).await;
            }
            let sleeps = plan.sleeps();
            let tries = TRIES as usize - 1;
            let calls = plan.attempts().iter().filter(|attempt| is_first(attempt)).count() / TRIES as usize;
            assert_eq!(sleeps.len(), calls * tries, "{operation}");
            for (at, bound) in [25, 50, 100].into_iter().enumerate() {
                let at: Vec<_> = sleeps.iter().skip(at).step_by(tries).copied().collect();
                let bound = Duration::from_millis(bound);
                let (least, most) = (at.iter().min().unwrap(), at.iter().max().unwrap());
                assert!(*most <= bound, "{operation}: {most:?} of {bound:?}");
                // Of sixty, all in one half: less likely than one in 10 to the 17.
                assert!(*most > bound / 2 && *least < bound / 2, "{operation}: {least:?} to {most:?} of {bound:?}");
            }
        }
    });
}

fn is_first(attempt: &Attempt) -> bool {
    attempt.number == 1
}
