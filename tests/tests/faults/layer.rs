//! Each fault does to the engine what it says, seen with the SDK's retries off.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use dynamo_model_tests::faults::{Attempt, Fault, FaultPlan, Reached};
use dynamo_model_tests::on_engine;
use std::time::Duration;

use super::table::{self, TABLE, key, keys, outcome};

async fn put(client: &Client, pk: &str) -> String {
    outcome(&client.put_item().table_name(TABLE).set_item(Some(key(pk))).send().await)
}

#[test]
fn a_put_is_answered_and_done_as_the_fault_says() {
    const CASES: [(Fault, &str, bool); 14] = [
        (Fault::None, "ok", true),
        (Fault::Throttle, "ProvisionedThroughputExceededException", false),
        (Fault::ThrottleTable, "ThrottlingException", false),
        (Fault::ThrottleAccount, "RequestLimitExceeded", false),
        (Fault::InternalError, "InternalServerError", false),
        (Fault::InternalErrorAfter, "InternalServerError", true),
        (Fault::Unavailable, "no code", false),
        (Fault::LoseResponse, "io", true),
        (Fault::TimeOut, "timeout", true),
        (Fault::Reset, "io", false),
        (Fault::Conflict(7), "TransactionConflictException", false),
        (Fault::Partial(7), "ok", true),
        (Fault::Unprocessed, "ok", true),
        (Fault::InProgress, "ok", true),
    ];
    on_engine("a_put_is_answered_and_done_as_the_fault_says", async |engine| {
        table::create(&engine).await;
        let mut written = Vec::new();
        for (at, (fault, answer, done)) in CASES.into_iter().enumerate() {
            let plan = FaultPlan::new([fault]);
            let client = plan.client(&engine, RetryConfig::disabled());
            let pk = format!("{at:02}");
            assert_eq!(put(&client, &pk).await, answer, "{fault:?}");
            if done {
                written.push(pk);
            }
            let reached = if done { Reached::Answered(200) } else { Reached::NotPassedOn };
            let attempt = Attempt { operation: "PutItem".to_owned(), number: 1, fault: fault.on("PutItem"), reached };
            assert_eq!(attempt.committed(), done);
            assert_eq!(plan.attempts(), [attempt]);
            assert_eq!(keys(&engine).await, written, "{fault:?}");
            // The plan has ended.
            assert_eq!(put(&client, "after").await, "ok");
            table::delete(&engine, "after").await;
        }
    });
}

#[test]
fn what_the_engine_refused_did_not_commit() {
    on_engine("what_the_engine_refused_did_not_commit", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::LoseResponse]);
        let client = plan.client(&engine, RetryConfig::disabled());
        let item = key("refused");
        let put = client.put_item().table_name(TABLE).set_item(Some(item)).condition_expression("attribute_exists(PK)");
        assert_eq!(outcome(&put.send().await), "io");
        let attempts = plan.attempts();
        assert_eq!(attempts[0].reached, Reached::Answered(400));
        assert!(!attempts[0].committed());
        assert!(keys(&engine).await.is_empty());
    });
}

#[test]
fn clones_and_clients_share_a_plan() {
    on_engine("clones_and_clients_share_a_plan", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::Throttle]);
        let (one, other) =
            (plan.client(&engine, RetryConfig::disabled()), plan.client(&engine, RetryConfig::disabled()));
        plan.clone().append([Fault::Reset, Fault::None]);
        assert_eq!(plan.planned(), [Fault::Throttle, Fault::Reset, Fault::None]);
        assert_eq!(put(&one, "a").await, "ProvisionedThroughputExceededException");
        assert_eq!(put(&other, "a").await, "io");
        assert_eq!(put(&one, "a").await, "ok");
        plan.afterwards(Fault::InternalError);
        assert_eq!(put(&other, "b").await, "InternalServerError");
        assert_eq!(put(&other, "b").await, "InternalServerError");
        plan.heal();
        assert_eq!(put(&other, "b").await, "ok");
        assert_eq!(plan.attempts().len(), 6);
        plan.forget();
        assert_eq!(plan.attempts(), []);
        assert_eq!(keys(&engine).await, ["a", "b"]);
    });
}

#[test]
fn a_cancelled_attempt_has_no_answer() {
    on_engine("a_cancelled_attempt_has_no_answer", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([]);
        let client = plan.client(&engine, RetryConfig::disabled());
        // An engine on this machine may answer before anybody looks; then it is asked again.
        for _ in 0..1000 {
            plan.forget();
            let started = async {
                while plan.attempts().is_empty() {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                () = started => break,
                _ = put(&client, "a") => {}
            }
        }
        assert_eq!(plan.attempts()[0].reached, Reached::NoAnswer);
    });
}

#[test]
fn pauses_are_recorded_and_take_no_time() {
    on_engine("pauses_are_recorded_and_take_no_time", async |engine| {
        let plan = FaultPlan::new([]);
        let client = plan.client(&engine, RetryConfig::disabled());
        let sleep = client.config().sleep_impl().expect("the plan's");
        sleep.sleep(Duration::MAX).await;
        assert_eq!(plan.sleeps(), [Duration::MAX]);
    });
}
