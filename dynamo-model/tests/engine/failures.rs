//! Errors come out of the SDK as the modelled ones, with all that they carry.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update,
};

use crate::support::{TABLE, block_on, n, s, with_table};

#[test]
fn a_failed_condition_returns_the_item_that_stood_in_the_way() {
    block_on(async {
        let client = with_table().await;
        let put = client.put_item().table_name(TABLE).item("PK", s("a")).item("SK", s("b"));
        put.clone().item("v", n(1)).send().await.unwrap();
        let create = put.condition_expression("attribute_not_exists(PK)");

        let error = create.clone().send().await.unwrap_err();
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 400);
        let PutItemError::ConditionalCheckFailedException(error) = error.into_service_error() else {
            panic!("not the condition")
        };
        assert_eq!(error.item(), None);

        let error = create.return_values_on_condition_check_failure(OnFailure::AllOld).send().await.unwrap_err();
        let PutItemError::ConditionalCheckFailedException(error) = error.into_service_error() else {
            panic!("not the condition")
        };
        assert_eq!(error.item().unwrap()["v"], n(1));
    });
}

#[test]
fn a_cancelled_transaction_gives_each_operations_reason_and_changes_nothing() {
    block_on(async {
        let client = with_table().await;
        client.put_item().table_name(TABLE).item("PK", s("a")).item("SK", s("b")).item("v", n(1)).send().await.unwrap();

        let free = Put::builder().table_name(TABLE).item("PK", s("new")).item("SK", s("b")).build().unwrap();
        let taken = Put::builder()
            .table_name(TABLE)
            .item("PK", s("a"))
            .item("SK", s("b"))
            .condition_expression("attribute_not_exists(PK)")
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .unwrap();
        let absent = ConditionCheck::builder()
            .table_name(TABLE)
            .key("PK", s("none"))
            .key("SK", s("b"))
            .condition_expression("attribute_exists(PK)")
            .build()
            .unwrap();
        let wrong = Update::builder()
            .table_name(TABLE)
            .key("PK", s("a"))
            .key("SK", s("c"))
            .update_expression("SET v = absent_number + :one")
            .expression_attribute_values(":one", n(1))
            .build()
            .unwrap();
        let error = client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().put(free).build())
            .transact_items(TransactWriteItem::builder().put(taken).build())
            .transact_items(TransactWriteItem::builder().condition_check(absent).build())
            .transact_items(TransactWriteItem::builder().update(wrong).build())
            .send()
            .await
            .unwrap_err()
            .into_service_error();
        let TransactWriteItemsError::TransactionCanceledException(error) = error else {
            panic!("not cancelled: {error:?}")
        };
        let codes: Vec<_> = error.cancellation_reasons().iter().map(|reason| reason.code().unwrap()).collect();
        assert_eq!(codes, ["None", "ConditionalCheckFailed", "ConditionalCheckFailed", "ValidationError"]);
        assert_eq!(error.cancellation_reasons()[1].item().unwrap()["v"], n(1));
        assert!(error.message().is_some());

        let free = client.get_item().table_name(TABLE).key("PK", s("new")).key("SK", s("b")).send().await.unwrap();
        assert!(free.item.is_none());
    });
}

#[test]
fn a_token_used_for_two_transactions_is_a_mismatch() {
    block_on(async {
        let client = with_table().await;
        let write = |pk: &str| {
            let put = Put::builder().table_name(TABLE).item("PK", s(pk)).item("SK", s("b")).build().unwrap();
            let item = TransactWriteItem::builder().put(put).build();
            client.transact_write_items().client_request_token("token").transact_items(item)
        };
        write("a").send().await.unwrap();
        let error = write("b").send().await.unwrap_err().into_service_error();
        assert!(error.is_idempotent_parameter_mismatch_exception(), "{error:?}");
    });
}

#[test]
fn an_unknown_table_is_not_found() {
    block_on(async {
        let client = with_table().await;
        let error = client.get_item().table_name("other").key("PK", s("a")).send().await.unwrap_err();
        let SdkError::ServiceError(context) = &error else { panic!("no answer: {error:?}") };
        assert!(context.err().is_resource_not_found_exception(), "{error:?}");
        assert!(context.err().request_id().is_some_and(|id| id.starts_with("embedded-")));
    });
}

#[test]
fn a_malformed_request_is_a_validation_error() {
    block_on(async {
        let client = with_table().await;
        let get = client.get_item().table_name(TABLE).key("PK", s("a")).send().await.unwrap_err();
        assert_eq!(get.into_service_error().code(), Some("ValidationException"));
        let query = client.query().table_name(TABLE).key_condition_expression("PK ==").send().await.unwrap_err();
        assert_eq!(query.into_service_error().code(), Some("ValidationException"));
        let put = client.put_item().table_name(TABLE).item("PK", s("a"));
        let wrong_type = put.clone().item("SK", n(5)).send().await.unwrap_err().into_service_error();
        assert_eq!(wrong_type.code(), Some("ValidationException"));
        let cut = put
            .item("SK", s("b"))
            .condition_expression("attribute_exists(")
            .send()
            .await
            .unwrap_err()
            .into_service_error();
        assert_eq!(cut.code(), Some("ValidationException"));
        assert!(cut.message().unwrap().starts_with("1 validation error detected: "), "{cut:?}");
    });
}
