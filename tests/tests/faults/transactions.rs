//! Transactions that meet others, and those whose response is lost.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, Get, TransactGetItem, TransactWriteItem};
use dynamo_model_tests::faults::{Attempt, Fault, FaultPlan};
use dynamo_model_tests::on_engine;

use super::table::{self, TABLE, add_one, count, key, outcome};

fn codes(reasons: &[CancellationReason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code().expect("a code")).collect()
}

#[test]
fn a_conflict_gives_a_reason_for_each_element() {
    on_engine("a_conflict_gives_a_reason_for_each_element", async |engine| {
        table::create(&engine).await;
        for (seed, at) in [(0, 0), (1, 1), (2, 2), (3, 0), (u64::MAX, 0)] {
            let plan = FaultPlan::new([Fault::Conflict(seed), Fault::Conflict(seed)]);
            let client = plan.client(&engine, RetryConfig::disabled());
            let mut expected = ["None"; 3];
            expected[at] = "TransactionConflict";
            let message = format!(
                "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
                expected.join(", ")
            );

            let writes = ["a", "b", "c"].map(add_one).into();
            let write = client.transact_write_items().set_transact_items(Some(writes)).send().await;
            match write.expect_err("a conflict").into_service_error() {
                TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                    assert_eq!(codes(cancelled.cancellation_reasons()), expected);
                    assert_eq!(cancelled.message(), Some(message.as_str()));
                }
                other => panic!("{other:?}"),
            }

            let gets = ["a", "b", "c"].map(|pk| {
                let get = Get::builder().table_name(TABLE).set_key(Some(key(pk))).build().unwrap();
                TransactGetItem::builder().get(get).build()
            });
            let get = client.transact_get_items().set_transact_items(Some(gets.into())).send().await;
            match get.expect_err("a conflict").into_service_error() {
                TransactGetItemsError::TransactionCanceledException(cancelled) => {
                    assert_eq!(codes(cancelled.cancellation_reasons()), expected);
                    assert_eq!(cancelled.message(), Some(message.as_str()));
                }
                other => panic!("{other:?}"),
            }
            assert!(table::keys(&engine).await.is_empty());
        }
    });
}

/// Sends a transaction that adds one to `a` and to `b`, under a token or under the one that the SDK makes.
async fn add(client: &Client, token: Option<&str>) -> String {
    let elements: Vec<TransactWriteItem> = ["a", "b"].map(add_one).into();
    let write = client.transact_write_items().set_transact_items(Some(elements));
    outcome(&write.set_client_request_token(token.map(str::to_owned)).send().await)
}

/// All attempts of one call have one token, whether the caller gave it or the SDK made it.
#[test]
fn a_transaction_that_the_sdk_repeats_applies_once() {
    on_engine("a_transaction_that_the_sdk_repeats_applies_once", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([]);
        let client = plan.client(&engine, RetryConfig::standard());
        let mut times = 0;
        for fault in [Fault::LoseResponse, Fault::TimeOut, Fault::InternalErrorAfter] {
            for token in [None, Some(format!("{fault:?}"))] {
                plan.append([fault, fault]);
                assert_eq!(add(&client, token.as_deref()).await, "ok", "{fault:?}");
                times += 1;
                for pk in ["a", "b"] {
                    assert_eq!(count(&engine, pk).await, Some(times.to_string()), "{fault:?}, token {token:?}");
                }
                assert_eq!(plan.attempts().iter().map(Attempt::committed).collect::<Vec<_>>(), [true; 3]);
                plan.forget();
            }
        }
    });
}

#[test]
fn a_transaction_that_the_caller_repeats_applies_once_under_its_token_only() {
    on_engine("a_transaction_that_the_caller_repeats_applies_once_under_its_token_only", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::LoseResponse]);
        let client = plan.client(&engine, RetryConfig::disabled());
        assert_eq!(add(&client, Some("one")).await, "io");
        assert_eq!(add(&client, Some("one")).await, "ok");
        assert_eq!(count(&engine, "a").await.as_deref(), Some("1"));

        assert_eq!(add(&client, Some("two")).await, "ok");
        assert_eq!(add(&client, None).await, "ok");
        assert_eq!(count(&engine, "a").await.as_deref(), Some("3"));

        let other = client.transact_write_items().transact_items(add_one("a")).client_request_token("one");
        assert_eq!(outcome(&other.send().await), "IdempotentParameterMismatchException");
        assert_eq!(count(&engine, "a").await.as_deref(), Some("3"));
    });
}

/// A token is not used up by a transaction that was cancelled.
#[test]
fn a_cancelled_transaction_runs_again_under_its_token() {
    on_engine("a_cancelled_transaction_runs_again_under_its_token", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::Conflict(0), Fault::InProgress, Fault::None]);
        let client = plan.client(&engine, RetryConfig::disabled());
        assert_eq!(add(&client, Some("one")).await, "TransactionCanceledException");
        assert_eq!(add(&client, Some("one")).await, "TransactionInProgressException");
        assert_eq!(add(&client, Some("one")).await, "ok");
        assert_eq!(count(&engine, "b").await.as_deref(), Some("1"));
    });
}
