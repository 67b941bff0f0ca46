//! What the SDK's standard retries do about each fault, as found by running them.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::types::{Get, KeysAndAttributes, PutRequest, TransactGetItem, WriteRequest};
use dynamo_model_tests::faults::{Attempt, Fault, FaultPlan};
use dynamo_model_tests::on_engine;

use super::table::{self, TABLE, add_one, count, key, number, outcome};

/// Three attempts, with pauses that a test can bound.
pub(crate) fn three_attempts() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(3)
        .with_initial_backoff(Duration::from_millis(10))
        .with_max_backoff(Duration::from_millis(15))
}

/// How a call of the operation ends, in a word.
async fn call(client: &Client, operation: &str) -> String {
    match operation {
        "GetItem" => outcome(&client.get_item().table_name(TABLE).set_key(Some(key("a"))).send().await),
        "Query" => {
            let query = client.query().table_name(TABLE).key_condition_expression("PK = :pk");
            outcome(&query.expression_attribute_values(":pk", table::text("a")).send().await)
        }
        "PutItem" => outcome(&client.put_item().table_name(TABLE).set_item(Some(key("a"))).send().await),
        "BatchGetItem" => {
            let keys = KeysAndAttributes::builder().keys(key("a")).keys(key("b")).build().unwrap();
            outcome(&client.batch_get_item().request_items(TABLE, keys).send().await)
        }
        "BatchWriteItem" => {
            let writes = ["a", "b"].map(|pk| {
                let put = PutRequest::builder().set_item(Some(key(pk))).build().unwrap();
                WriteRequest::builder().put_request(put).build()
            });
            outcome(&client.batch_write_item().request_items(TABLE, writes.into()).send().await)
        }
        "TransactGetItems" => {
            let get = Get::builder().table_name(TABLE).set_key(Some(key("a"))).build().unwrap();
            let get = TransactGetItem::builder().get(get).build();
            outcome(&client.transact_get_items().transact_items(get).send().await)
        }
        "TransactWriteItems" => outcome(
            &client.transact_write_items().transact_items(add_one("a")).transact_items(add_one("b")).send().await,
        ),
        _ => unreachable!("{operation}"),
    }
}

const OPERATIONS: [&str; 7] =
    ["GetItem", "Query", "PutItem", "BatchGetItem", "BatchWriteItem", "TransactGetItems", "TransactWriteItems"];

/// For a fault that does not end: how many attempts the SDK makes of three, and what it gives in the end.
#[test]
fn the_sdk_retries_some_faults_by_itself() {
    const EVERYWHERE: [(Fault, usize, &str); 9] = [
        (Fault::Throttle, 3, "ProvisionedThroughputExceededException"),
        (Fault::ThrottleTable, 3, "ThrottlingException"),
        (Fault::ThrottleAccount, 3, "RequestLimitExceeded"),
        (Fault::InternalError, 3, "InternalServerError"),
        (Fault::InternalErrorAfter, 3, "InternalServerError"),
        (Fault::Unavailable, 3, "no code"),
        (Fault::LoseResponse, 3, "io"),
        (Fault::TimeOut, 3, "timeout"),
        (Fault::Reset, 3, "io"),
    ];
    const SOMEWHERE: [(Fault, &str, usize, &str); 8] = [
        (Fault::Conflict(0), "PutItem", 1, "TransactionConflictException"),
        (Fault::Conflict(0), "TransactGetItems", 1, "TransactionCanceledException"),
        (Fault::Conflict(0), "TransactWriteItems", 1, "TransactionCanceledException"),
        (Fault::InProgress, "TransactWriteItems", 3, "TransactionInProgressException"),
        // A success to the SDK: whoever calls it has to look.
        (Fault::Partial(0), "BatchGetItem", 1, "ok"),
        (Fault::Partial(0), "BatchWriteItem", 1, "ok"),
        (Fault::Unprocessed, "BatchGetItem", 1, "ok"),
        (Fault::Unprocessed, "BatchWriteItem", 1, "ok"),
    ];
    let everywhere = EVERYWHERE.into_iter().flat_map(|(fault, attempts, end)| {
        OPERATIONS.into_iter().map(move |operation| (fault, operation, attempts, end))
    });
    let elsewhere = SOMEWHERE.into_iter().flat_map(|(fault, ..)| {
        let without = OPERATIONS.into_iter().filter(move |operation| fault.on(operation) == Fault::None);
        without.map(move |operation| (fault, operation, 1, "ok"))
    });
    on_engine("the_sdk_retries_some_faults_by_itself", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([]);
        let client = plan.client(&engine, three_attempts());
        for (fault, operation, attempts, end) in everywhere.chain(SOMEWHERE).chain(elsewhere) {
            plan.afterwards(fault);
            assert_eq!(call(&client, operation).await, end, "{operation} {fault:?}");
            let made = plan.attempts();
            assert_eq!(made.len(), attempts, "{operation} {fault:?}");
            for (number, attempt) in (1..).zip(made) {
                let Attempt { operation: of, number: sdk_number, fault: applied, .. } = attempt;
                assert_eq!((of.as_str(), sdk_number, applied), (operation, number, fault.on(operation)));
            }
            plan.forget();
        }
    });
}

#[test]
fn a_retry_ends_a_fault_that_ends_and_pauses_before() {
    on_engine("a_retry_ends_a_fault_that_ends_and_pauses_before", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::Throttle, Fault::Reset]);
        let client = plan.client(&engine, three_attempts());
        assert_eq!(call(&client, "PutItem").await, "ok");
        assert_eq!(plan.attempts().iter().map(Attempt::committed).collect::<Vec<_>>(), [false, false, true]);
        // The SDK draws them at random below 10 ms, and below 15 ms where doubling would give 20.
        let sleeps = plan.sleeps();
        assert_eq!(sleeps.len(), 2);
        assert!(sleeps[0] <= Duration::from_millis(10) && sleeps[1] <= Duration::from_millis(15), "{sleeps:?}");
    });
}

/// The quota that a client of the SDK has by itself is used up by 25 such calls in a row.
#[test]
fn retries_do_not_run_out() {
    on_engine("retries_do_not_run_out", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([]);
        plan.afterwards(Fault::Reset);
        let client = plan.client(&engine, three_attempts());
        for _ in 0..200 {
            assert_eq!(call(&client, "GetItem").await, "io");
        }
        assert_eq!(plan.attempts().len(), 600);
    });
}

/// What a retry does to a write that is not safe to repeat: the SDK repeats it all the same.
#[test]
fn a_retry_after_a_lost_response_repeats_the_write() {
    on_engine("a_retry_after_a_lost_response_repeats_the_write", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::LoseResponse, Fault::TimeOut]);
        let client = plan.client(&engine, three_attempts());
        let add = client.update_item().table_name(TABLE).set_key(Some(key("a"))).update_expression("ADD #count :one");
        let add = add.expression_attribute_names("#count", "count").expression_attribute_values(":one", number(1));
        assert_eq!(outcome(&add.send().await), "ok");
        assert_eq!(count(&engine, "a").await.as_deref(), Some("3"));

        // The item that a retried create finds is its own.
        plan.append([Fault::InternalErrorAfter]);
        let create = client.put_item().table_name(TABLE).set_item(Some(key("b")));
        let create = create.condition_expression("attribute_not_exists(PK)");
        assert_eq!(outcome(&create.send().await), "ConditionalCheckFailedException");
        assert_eq!(table::keys(&engine).await, ["a", "b"]);
    });
}
