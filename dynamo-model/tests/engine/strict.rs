//! What AWS refuses is refused here too.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    CreateGlobalSecondaryIndexAction, GlobalSecondaryIndexUpdate, KeyType, Put, PutRequest, TimeToLiveSpecification,
    TransactWriteItem, Update, WriteRequest,
};

use crate::support::{TABLE, all, attribute, block_on, key, s, with_table};

const VALIDATION: Option<&str> = Some("ValidationException");

#[test]
fn a_key_condition_on_an_empty_value() {
    block_on(async {
        let client = with_table().await;
        for (condition, pk, sk) in [
            ("PK = :pk AND begins_with(SK, :sk)", "p", ""),
            ("PK = :pk AND SK >= :sk", "p", ""),
            ("PK=:pk AND SK BETWEEN :sk AND :pk", "p", ""),
            ("PK=:pk AND SK=:sk", "", "s"),
        ] {
            let query = client.query().table_name(TABLE).key_condition_expression(condition);
            let query = query.expression_attribute_values(":pk", s(pk)).expression_attribute_values(":sk", s(sk));
            assert_eq!(query.send().await.unwrap_err().into_service_error().code(), VALIDATION, "{condition}");
        }
        let filter =
            client.query().table_name(TABLE).key_condition_expression("PK = :pk").filter_expression("a = :empty");
        let filter = filter.expression_attribute_values(":pk", s("p")).expression_attribute_values(":empty", s(""));
        filter.send().await.expect("an empty value in a filter");
    });
}

#[test]
fn a_key_of_an_index_over_its_limit() {
    block_on(async {
        let client = with_table().await;
        let attributes = [("GSI1PK", 2048), ("GSI1SK", 1024), ("LSI1SK", 1024)];
        for (name, limit) in attributes {
            for (size, fits) in [(limit, true), (limit + 1, false)] {
                let put = client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("s"));
                // An index takes an item with both of its keys.
                let put = put.item("GSI1PK", s("g")).item("GSI1SK", s("g")).item(name, s("x".repeat(size)));
                let put = put.send().await.map_err(|error| error.into_service_error().code().unwrap().to_owned());
                assert_eq!(put.err().as_deref(), if fits { None } else { VALIDATION }, "{name} {size}");

                let update = client.update_item().table_name(TABLE).key("PK", s("p")).key("SK", s("s"));
                let update = update.update_expression("SET a = :a, #n=:v").expression_attribute_names("#n", name);
                let update = update
                    .expression_attribute_values(":a", s("a"))
                    .expression_attribute_values(":v", s("x".repeat(size)));
                let update = update.send().await.map_err(|error| error.into_service_error().code().unwrap().to_owned());
                assert_eq!(update.err().as_deref(), if fits { None } else { VALIDATION }, "{name} {size}");
            }
        }
        let long =
            client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("s")).item("text", s("x".repeat(5000)));
        long.send().await.expect("a long attribute that is no key");
    });
}

#[test]
fn a_key_of_an_index_over_its_limit_in_a_batch_and_in_a_transaction() {
    block_on(async {
        let client = with_table().await;
        let long = s("x".repeat(2049));
        let put =
            PutRequest::builder().item("PK", s("p")).item("SK", s("s")).item("GSI1PK", long.clone()).build().unwrap();
        let batch =
            client.batch_write_item().request_items(TABLE, vec![WriteRequest::builder().put_request(put).build()]);
        assert_eq!(batch.send().await.unwrap_err().into_service_error().code(), VALIDATION);

        let free = Put::builder().table_name(TABLE).item("PK", s("p")).item("SK", s("s")).build().unwrap();
        let update = Update::builder()
            .table_name(TABLE)
            .key("PK", s("p"))
            .key("SK", s("t"))
            .update_expression("SET GSI1PK = :v")
            .expression_attribute_values(":v", long)
            .build()
            .unwrap();
        let transaction = client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().put(free).build())
            .transact_items(TransactWriteItem::builder().update(update).build());
        let error = transaction.send().await.unwrap_err().into_service_error();
        let TransactWriteItemsError::TransactionCanceledException(error) = error else {
            panic!("not cancelled: {error:?}")
        };
        let codes: Vec<_> = error.cancellation_reasons().iter().map(|reason| reason.code().unwrap()).collect();
        assert_eq!(codes, ["None", "ValidationError"]);
        assert_eq!(client.scan().table_name(TABLE).send().await.unwrap().count(), 0);
    });
}

#[test]
fn a_table_that_does_not_say_how_it_is_billed() {
    block_on(async {
        let client = with_table().await;
        let create = client.create_table().table_name("other").attribute_definitions(attribute("PK"));
        let error = create.key_schema(key("PK", KeyType::Hash)).send().await.unwrap_err();
        assert_eq!(error.into_service_error().code(), VALIDATION);
    });
}

#[test]
fn two_indexes_at_once() {
    block_on(async {
        let client = with_table().await;
        let index = |name: &str| {
            let index =
                CreateGlobalSecondaryIndexAction::builder().index_name(name).key_schema(key(name, KeyType::Hash));
            GlobalSecondaryIndexUpdate::builder().create(index.projection(all()).build().unwrap()).build()
        };
        let update = client.update_table().table_name(TABLE);
        let update = update.attribute_definitions(attribute("byA")).global_secondary_index_updates(index("byA"));
        let both = update.clone().attribute_definitions(attribute("byB")).global_secondary_index_updates(index("byB"));
        let error = both.send().await.unwrap_err().into_service_error();
        assert!(error.is_limit_exceeded_exception(), "{error:?}");
        update.send().await.expect("one index");
    });
}

#[test]
fn ttl_set_to_what_it_is() {
    block_on(async {
        let client = with_table().await;
        let set = |enabled| {
            let ttl = TimeToLiveSpecification::builder().attribute_name("expiresAt").enabled(enabled).build().unwrap();
            client.update_time_to_live().table_name(TABLE).time_to_live_specification(ttl).send()
        };
        assert_eq!(set(false).await.unwrap_err().into_service_error().code(), VALIDATION);
        set(true).await.unwrap();
        assert_eq!(set(true).await.unwrap_err().into_service_error().code(), VALIDATION);
        set(false).await.unwrap();
    });
}
