//! A table and its items, through the SDK.

use std::collections::HashMap;
use std::error::Error;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
    TransactWriteItem, Update,
};

pub(crate) const TABLE: &str = "faults";

pub(crate) type Item = HashMap<String, AttributeValue>;

/// Creates the table, on a client without faults.
pub(crate) async fn create(engine: &Client) {
    engine
        .create_table()
        .table_name(TABLE)
        .key_schema(KeySchemaElement::builder().attribute_name("PK").key_type(KeyType::Hash).build().unwrap())
        .attribute_definitions(
            AttributeDefinition::builder().attribute_name("PK").attribute_type(ScalarAttributeType::S).build().unwrap(),
        )
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .expect("the table is created");
}

pub(crate) fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

pub(crate) fn number(number: u32) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

pub(crate) fn key(pk: &str) -> Item {
    [("PK".to_owned(), text(pk))].into()
}

/// The keys that the table holds, sorted.
pub(crate) async fn keys(engine: &Client) -> Vec<String> {
    let found = engine.scan().table_name(TABLE).consistent_read(true).send().await.expect("the table is read");
    let mut keys: Vec<_> = found.items().iter().map(pk).collect();
    keys.sort();
    keys
}

pub(crate) fn pk(item: &Item) -> String {
    item["PK"].as_s().expect("a text").clone()
}

pub(crate) async fn delete(engine: &Client, pk: &str) {
    engine.delete_item().table_name(TABLE).set_key(Some(key(pk))).send().await.expect("the item is deleted");
}

/// The attribute `count` of an item.
pub(crate) async fn count(engine: &Client, pk: &str) -> Option<String> {
    let found = engine.get_item().table_name(TABLE).set_key(Some(key(pk))).consistent_read(true).send();
    let item = found.await.expect("the item is read").item?;
    Some(item.get("count")?.as_n().expect("a number").clone())
}

/// An element of a transaction that adds one to an item's `count`.
pub(crate) fn add_one(pk: &str) -> TransactWriteItem {
    let update = Update::builder()
        .table_name(TABLE)
        .set_key(Some(key(pk)))
        .update_expression("ADD #count :one")
        .expression_attribute_names("#count", "count")
        .expression_attribute_values(":one", number(1));
    TransactWriteItem::builder().update(update.build().unwrap()).build()
}

/// How a call ended, in a word: `ok`, a code of DynamoDB's, or what kind of failure it was instead.
pub(crate) fn outcome<T, E: ProvideErrorMetadata + Error>(result: &Result<T, SdkError<E>>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(SdkError::ServiceError(error)) => error.err().code().unwrap_or("no code").to_owned(),
        Err(SdkError::DispatchFailure(failure)) if failure.is_io() => "io".to_owned(),
        Err(SdkError::DispatchFailure(failure)) if failure.is_timeout() => "timeout".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
