//! Batches of which a part is done.

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use dynamo_model_tests::faults::{Fault, FaultPlan, Reached};
use dynamo_model_tests::on_engine;

use super::table::{self, Item, TABLE, key, keys, number, pk};

const SIZE: usize = 25;

fn pks() -> Vec<String> {
    (0..SIZE).map(|at| format!("{at:02}")).collect()
}

fn put(pk: &str) -> WriteRequest {
    WriteRequest::builder().put_request(PutRequest::builder().set_item(Some(key(pk))).build().unwrap()).build()
}

fn delete(pk: &str) -> WriteRequest {
    WriteRequest::builder().delete_request(DeleteRequest::builder().set_key(Some(key(pk))).build().unwrap()).build()
}

#[test]
fn what_is_reported_as_unprocessed_is_not_written_and_the_rest_is() {
    on_engine("what_is_reported_as_unprocessed_is_not_written_and_the_rest_is", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([]);
        let client = plan.client(&engine, RetryConfig::disabled());
        for seed in 0..20 {
            plan.append([Fault::Partial(seed)]);
            let writes = pks().iter().map(|pk| put(pk)).collect();
            let sent = client.batch_write_item().request_items(TABLE, writes).send().await.expect("a part is done");
            let left = sent.unprocessed_items.unwrap_or_default().remove(TABLE).expect("a part is left");
            let mut left: Vec<_> = left.iter().map(|write| pk(write.put_request().expect("a put").item())).collect();
            left.sort();
            let written = keys(&engine).await;
            assert!(!left.is_empty() && !written.is_empty());
            let mut both = [left, written.clone()].concat();
            both.sort();
            assert_eq!(both, pks());

            // Of the deletes as many are left again; what is there afterwards is among them.
            plan.append([Fault::Partial(seed + 1000)]);
            let writes = written.iter().map(|pk| delete(pk)).collect();
            let sent = client.batch_write_item().request_items(TABLE, writes).send().await.expect("a part is done");
            let left = sent.unprocessed_items.unwrap_or_default().remove(TABLE).unwrap_or_default();
            let mut left: Vec<_> =
                left.iter().map(|write| pk(write.delete_request().expect("a delete").key())).collect();
            left.sort();
            assert_eq!(keys(&engine).await, left);
            for pk in left {
                table::delete(&engine, &pk).await;
            }
        }
        assert!(plan.attempts().iter().all(|attempt| attempt.committed() && attempt.fault != Fault::None));
    });
}

#[test]
fn a_batch_that_is_unprocessed_is_reported_as_it_was_sent() {
    on_engine("a_batch_that_is_unprocessed_is_reported_as_it_was_sent", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new([Fault::Unprocessed, Fault::Unprocessed]);
        let client = plan.client(&engine, RetryConfig::disabled());
        let writes = vec![put("a"), delete("b")];
        let sent =
            client.batch_write_item().request_items(TABLE, writes.clone()).send().await.expect("nothing is done");
        assert_eq!(sent.unprocessed_items, Some([(TABLE.to_owned(), writes)].into()));
        assert!(keys(&engine).await.is_empty());

        let keys = KeysAndAttributes::builder().keys(key("a")).keys(key("b")).consistent_read(true).build().unwrap();
        let got = client.batch_get_item().request_items(TABLE, keys.clone()).send().await.expect("nothing is done");
        assert_eq!(got.unprocessed_keys, Some([(TABLE.to_owned(), keys)].into()));
        assert!(got.responses.unwrap_or_default().is_empty());
        assert!(plan.attempts().iter().all(|attempt| attempt.reached == Reached::NotPassedOn));
    });
}

#[test]
fn a_batch_of_one_is_done() {
    on_engine("a_batch_of_one_is_done", async |engine| {
        table::create(&engine).await;
        let plan = FaultPlan::new((0..10).map(Fault::Partial));
        let client = plan.client(&engine, RetryConfig::disabled());
        for pk in &pks()[..10] {
            let sent = client.batch_write_item().request_items(TABLE, vec![put(pk)]).send().await.expect("it is done");
            assert!(sent.unprocessed_items.unwrap_or_default().is_empty());
        }
        assert_eq!(keys(&engine).await, pks()[..10]);
    });
}

#[test]
fn both_parts_of_a_read_have_what_holds_for_all_of_it() {
    on_engine("both_parts_of_a_read_have_what_holds_for_all_of_it", async |engine| {
        table::create(&engine).await;
        for pk in pks() {
            let put = engine.put_item().table_name(TABLE).set_item(Some(key(&pk))).item("count", number(1));
            put.item("other", number(2)).send().await.expect("it is written");
        }
        let plan = FaultPlan::new((0..20).map(Fault::Partial));
        let client = plan.client(&engine, RetryConfig::disabled());
        let asked = KeysAndAttributes::builder()
            .set_keys(Some(pks().iter().map(|pk| key(pk)).collect()))
            .projection_expression("PK, #count")
            .expression_attribute_names("#count", "count")
            .consistent_read(true);
        let asked = asked.build().unwrap();
        for _ in 0..20 {
            let got = client.batch_get_item().request_items(TABLE, asked.clone()).send().await.expect("a part is read");
            let left = got.unprocessed_keys.unwrap_or_default().remove(TABLE).expect("a part is left");
            assert_eq!(left.projection_expression(), asked.projection_expression());
            assert_eq!(left.expression_attribute_names(), asked.expression_attribute_names());
            assert_eq!(left.consistent_read(), asked.consistent_read());
            let items = got.responses.unwrap_or_default().remove(TABLE).expect("a part is read");
            assert!(!items.is_empty() && !left.keys().is_empty());
            for item in &items {
                assert_eq!(item, &Item::from([("PK".to_owned(), item["PK"].clone()), ("count".to_owned(), number(1))]));
            }
            let mut both: Vec<_> = items.iter().chain(left.keys()).map(pk).collect();
            both.sort();
            assert_eq!(both, pks());
        }
        assert!(plan.attempts().iter().all(|attempt| attempt.committed() && attempt.fault != Fault::None));
    });
}

#[test]
fn what_the_engine_refuses_stays_refused() {
    on_engine("what_the_engine_refuses_stays_refused", async |engine| {
        let plan = FaultPlan::new([Fault::Partial(1)]);
        let client = plan.client(&engine, RetryConfig::disabled());
        let sent = client.batch_write_item().request_items(TABLE, vec![put("a"), put("b")]).send().await;
        assert_eq!(table::outcome(&sent), "ResourceNotFoundException");
        assert_eq!(plan.attempts()[0].reached, Reached::Answered(400));
    });
}
