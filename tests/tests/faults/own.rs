//! A write whose answer was lost: it is known again where the item tells, and never mistaken for another's.

use std::collections::BTreeSet;
use std::future::Future;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use dynamo_model::op::Upserted;
use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::faults::{Fault, FaultPlan};
use dynamo_model_tests::on_engine;
use futures_util::future::{FutureExt as _, LocalBoxFuture, join};
use tokio::task::yield_now;

use super::retries::three_attempts;
use super::world::{Both, Cell, Plain, Row, Versioned, World, db};

/// The write is done, and its caller is not told.
const LOST: [Fault; 3] = [Fault::LoseResponse, Fault::TimeOut, Fault::InternalErrorAfter];

fn row(text: &str, points: i64, version: u64) -> Row {
    Row { text: text.to_owned(), points, version, ..Row::default() }
}

/// The table without faults, and with those of a plan.
async fn open(engine: &Client) -> (Db<World>, FaultPlan, Db<World>) {
    let clean = db(engine.clone());
    clean.create_table().await.expect("the table is created");
    let plan = FaultPlan::new([]);
    let faulty = db(plan.client(engine, three_attempts()));
    (clean, plan, faulty)
}

async fn stored<E: Cell>(clean: &Db<World>) -> Option<Row> {
    let found = E::key_of(0).get().consistent().send(clean).await.expect("the item is read");
    found.map(|found| found.row())
}

#[test]
fn a_write_whose_answer_was_lost_is_done() {
    on_engine("a_write_whose_answer_was_lost_is_done", async |engine| {
        let (clean, plan, db) = open(&engine).await;
        for fault in LOST {
            plan.append([fault]);
            Plain::of(0, &row("a", 1, 0)).create().send(&db).await.unwrap();
            plan.append([fault]);
            let first = Versioned::of(0, &row("a", 1, 0)).create().send(&db).await.unwrap();
            assert_eq!(stored::<Versioned>(&clean).await, Some(first.row()));
            plan.append([fault, fault]);
            let second = first.put().send(&db).await.unwrap();
            assert_eq!((second.row().version, stored::<Versioned>(&clean).await), (2, Some(second.row())));
            plan.append([fault]);
            let condition = |fields| Plain::points_are(fields, 1);
            Plain::of(0, &row("b", 2, 0)).put().when(condition).send(&db).await.unwrap();
            assert_eq!(stored::<Plain>(&clean).await, Some(row("b", 2, 0)));
            plan.append([fault]);
            Versioned::of_version(Versioned::key_of(0).delete(), 2).send(&db).await.unwrap();
            assert_eq!(stored::<Versioned>(&clean).await, None);
            Plain::key_of(0).delete().send(&db).await.unwrap();
        }
        assert_eq!(plan.planned(), []);
    });
}

/// Between a lost answer and the next try of the SDK lies a conflict, after which the library tries again.
#[test]
fn a_lost_answer_is_remembered_over_conflicts() {
    on_engine("a_lost_answer_is_remembered_over_conflicts", async |engine| {
        let (clean, plan, db) = open(&engine).await;
        plan.append([Fault::LoseResponse, Fault::Conflict(0), Fault::Conflict(0)]);
        let created = Versioned::of(0, &row("a", 1, 0)).create().send(&db).await.unwrap();
        plan.append([Fault::LoseResponse, Fault::Conflict(0)]);
        let put = created.put().send(&db).await.unwrap();
        assert_eq!(stored::<Versioned>(&clean).await, Some(put.row()));
        plan.append([Fault::LoseResponse, Fault::Conflict(0)]);
        put.remove().send(&db).await.unwrap();
        assert_eq!(stored::<Versioned>(&clean).await, None);
    });
}

#[test]
fn what_was_surely_not_done_is_refused() {
    on_engine("what_was_surely_not_done_is_refused", async |engine| {
        let (clean, plan, db) = open(&engine).await;
        for fault in [Fault::Throttle, Fault::ThrottleTable, Fault::ThrottleAccount, Fault::Conflict(0)] {
            Plain::of(0, &row("a", 1, 0)).create().send(&clean).await.unwrap();
            plan.append([fault]);
            let again = Plain::of(0, &row("a", 1, 0)).create().send(&db).await;
            assert!(matches!(again, Err(Error::AlreadyExists(_))), "{again:?}");
            plan.append([fault]);
            let gone = Versioned::of_version(Versioned::key_of(0).delete(), 1).send(&db).await;
            assert!(matches!(gone, Err(Error::VersionConflict(_))), "{gone:?}");
            plan.append([fault]);
            let gone = Versioned::of(0, &row("a", 1, 1)).remove().send(&db).await;
            assert!(matches!(gone, Err(Error::VersionConflict(_))), "{gone:?}");
            Plain::key_of(0).delete().send(&clean).await.unwrap();
        }
    });
}

#[test]
fn a_condition_on_what_is_not_there_is_the_callers() {
    on_engine("a_condition_on_what_is_not_there_is_the_callers", async |engine| {
        let (_, _, db) = open(&engine).await;
        let put = Versioned::of(0, &row("a", 1, 0)).put();
        let put = put.when(|fields| Versioned::points_are(fields, 1)).send(&db).await;
        assert!(matches!(put, Err(Error::ConditionFailed(_))), "{put:?}");
    });
}

/// Makes a call, and while it waits for its next try has another write.
///
/// After the faults that are planned the call is throttled for as long as that takes.
fn meanwhile<'a, T: 'a>(
    engine: &Client,
    faults: impl IntoIterator<Item = Fault>,
    call: impl AsyncFnOnce(Db<World>) -> T + 'a,
    other: impl Future<Output = ()> + 'a,
) -> LocalBoxFuture<'a, T> {
    let plan = FaultPlan::new(faults);
    plan.afterwards(Fault::Throttle);
    let patient = RetryConfig::standard().with_max_attempts(u32::MAX);
    let db = db(plan.client(engine, patient));
    let other = async move {
        while plan.attempts().last().is_none_or(|last| last.fault != Fault::Throttle) {
            yield_now().await;
        }
        other.await;
        plan.heal();
    };
    async move { join(call(db), other).await.0 }.boxed_local()
}

async fn add<E: Cell>(clean: &Db<World>) {
    let change = super::world::Change::Add(1);
    E::changed(E::key_of(0).update(), &change).send(clean).await.expect("it is changed");
}

#[test]
fn a_write_that_another_hides_is_not_said_to_be_refused() {
    on_engine("a_write_that_another_hides_is_not_said_to_be_refused", async |engine| {
        let (clean, ..) = open(&engine).await;
        for fault in LOST {
            let create = async |db: Db<World>| Plain::of(0, &row("a", 1, 0)).create().send(&db).await;
            let created = meanwhile(&engine, [fault], create, add::<Plain>(&clean)).await;
            assert!(matches!(created, Err(Error::OutcomeUnknown(_))), "{created:?}");
            assert_eq!(stored::<Plain>(&clean).await, Some(row("a", 2, 0)));
            Plain::key_of(0).delete().send(&clean).await.unwrap();

            let first = Versioned::of(0, &row("a", 1, 0)).create().send(&clean).await.unwrap();
            let put = async |db: Db<World>| Versioned::of(0, &row("b", 1, 1)).put().send(&db).await;
            let put = meanwhile(&engine, [fault], put, add::<Versioned>(&clean)).await;
            assert!(matches!(put, Err(Error::OutcomeUnknown(_))), "{put:?}");
            assert_eq!(stored::<Versioned>(&clean).await, Some(row("b", 2, 3)));

            let delete = async |db: Db<World>| Versioned::of_version(Versioned::key_of(0).delete(), 3).send(&db).await;
            let create = async { _ = first.create().send(&clean).await.expect("it is created anew") };
            let deleted = meanwhile(&engine, [fault], delete, create).await;
            assert!(matches!(deleted, Err(Error::OutcomeUnknown(_))), "{deleted:?}");
            Versioned::key_of(0).delete().send(&clean).await.unwrap();
        }
    });
}

/// What an upsert created and another changed is not changed by it once more.
#[test]
fn an_upsert_is_not_done_twice() {
    on_engine("an_upsert_is_not_done_twice", async |engine| {
        let (clean, plan, db) = open(&engine).await;
        let upsert = || {
            let change = super::world::Change::Add(10);
            Plain::changed(Plain::key_of(0).update(), &change).upsert(Plain::of(0, &row("a", 1, 0)))
        };
        let faults = [Fault::None, Fault::LoseResponse];
        let upserted =
            meanwhile(&engine, faults, async |db: Db<World>| upsert().send(&db).await, add::<Plain>(&clean)).await;
        assert!(matches!(upserted, Err(Error::OutcomeUnknown(_))), "{upserted:?}");
        assert_eq!(stored::<Plain>(&clean).await, Some(row("a", 2, 0)));
        Plain::key_of(0).delete().send(&clean).await.unwrap();

        plan.append([Fault::None, Fault::LoseResponse]);
        assert_eq!(upsert().send(&db).await.unwrap(), Upserted::Created);
        assert_eq!(stored::<Plain>(&clean).await, Some(row("a", 1, 0)));
    });
}

/// Adds one to the points of the item.
async fn modify<E: Cell>(db: &Db<World>) -> Result<E, Error> {
    let add = |item: &mut E| {
        let row = item.row();
        item.set(&Row { points: row.points + 1, ..row });
    };
    E::key_of(0).modify(add).send(db).await
}

/// Another one makes the same of the item that was read, and the own change is refused, or never arrives.
async fn points_after_equal_changes<E: Cell>(engine: &Client, clean: &Db<World>) -> (Result<E, Error>, i64) {
    E::of(0, &row("a", 0, 0)).create().send(clean).await.expect("it is created");
    // Read, lost on the way; then the other's change; then read again.
    let other = async { _ = modify::<E>(clean).await.expect("it is changed") };
    let own = async |db: Db<World>| modify::<E>(&db).await;
    let modified = meanwhile(engine, [Fault::None, Fault::Reset], own, other).await;
    let points = stored::<E>(clean).await.expect("it is there").points;
    E::key_of(0).delete().send(clean).await.expect("it is deleted");
    (modified, points)
}

#[test]
fn modify_takes_no_equal_change_for_its_own() {
    on_engine("modify_takes_no_equal_change_for_its_own", async |engine| {
        let (clean, ..) = open(&engine).await;
        let (plain, points) = points_after_equal_changes::<Plain>(&engine, &clean).await;
        assert!(matches!(plain, Err(Error::OutcomeUnknown(_))) && points == 1, "{plain:?} {points}");
        let (both, points) = points_after_equal_changes::<Both>(&engine, &clean).await;
        assert!(matches!(both, Err(Error::OutcomeUnknown(_))) && points == 1, "{both:?} {points}");
        // The time of the write tells them apart.
        let (dated, points) = points_after_equal_changes::<Versioned>(&engine, &clean).await;
        assert_eq!((dated.unwrap().row().points, points), (2, 2));
    });
}

#[test]
fn modify_is_done_once() {
    on_engine("modify_is_done_once", async |engine| {
        let (clean, plan, db) = open(&engine).await;
        Versioned::of(0, &row("a", 0, 0)).create().send(&clean).await.unwrap();
        Both::of(0, &row("a", 0, 0)).create().send(&clean).await.unwrap();
        for (points, fault) in (1..).zip(LOST) {
            plan.append([Fault::None, fault]);
            assert_eq!(modify::<Versioned>(&db).await.unwrap().row().points, points);
            assert_eq!(stored::<Versioned>(&clean).await.unwrap().points, points);

            plan.append([Fault::None, fault]);
            let unknown = modify::<Both>(&db).await;
            assert!(matches!(unknown, Err(Error::OutcomeUnknown(_))), "{unknown:?}");
            assert_eq!(stored::<Both>(&clean).await.unwrap().points, points);
        }
        // What was read is still there, and its version says that nobody wrote.
        plan.append([Fault::None, Fault::Reset]);
        assert_eq!(modify::<Both>(&db).await.unwrap().row().points, 4);

        // What became of the write cannot be read.
        plan.append([Fault::None, Fault::LoseResponse, Fault::Throttle, Fault::Throttle, Fault::Throttle]);
        let unknown = modify::<Versioned>(&db).await;
        assert!(matches!(unknown, Err(Error::OutcomeUnknown(_))), "{unknown:?}");
        assert_eq!(stored::<Versioned>(&clean).await.unwrap().points, 4);
    });
}

/// Values that DynamoDB gives back in another form than they were sent in.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "lab", pk = "PK")]
enum Lab {
    Measure(Measure),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Lab, pk = "MEASURE#{id}")]
struct Measure {
    id: u8,
    whole: f64,
    large: f64,
    small: f64,
    list: Vec<f64>,
    #[serde(default, with = "serde_dynamo::number_set")]
    numbers: BTreeSet<i32>,
    #[serde(default, with = "serde_dynamo::string_set")]
    names: BTreeSet<String>,
    #[entity(version)]
    version: Version,
}

#[test]
fn a_write_is_known_again_in_another_form() {
    on_engine("a_write_is_known_again_in_another_form", async |engine| {
        let plan = FaultPlan::new([]);
        let db = Db::<Lab>::new(plan.client(&engine, three_attempts()));
        db.create_table().await.unwrap();
        let names = ["z", "a", "m", "ä", "A"].map(str::to_owned).into();
        let numbers = [100, -1, 0, 20, 3].into();
        let list = vec![1.0, 1e3, -0.0, 1e-7];
        let (whole, large, small, version) = (1.0, 1e20, 1e-20, Version::default());
        let measure = Measure { id: 1, whole, large, small, list, numbers, names, version };
        for fault in LOST {
            plan.append([fault]);
            let created = measure.clone().create().send(&db).await.unwrap();
            plan.append([fault]);
            let put = Measure { whole: 1e3, ..created }.put().send(&db).await.unwrap();
            plan.append([fault]);
            let put = put.put().when(|measure| measure.whole().eq(1000.0)).send(&db).await.unwrap();
            assert_eq!(Measure::get(&1).consistent().send(&db).await.unwrap(), Some(put));
            Measure::delete(&1).send(&db).await.unwrap();
        }
        assert_eq!(plan.attempts().iter().filter(|attempt| LOST.contains(&attempt.fault)).count(), 9);
    });
}
