//! The table that the tests share the shape of, and an executor that is none.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    LocalSecondaryIndex, Projection, ProjectionType, ScalarAttributeType,
};
use dynamo_model::engine::Embedded;

pub(crate) const TABLE: &str = "main";

/// Runs `future` on this thread, parked while it waits: no runtime.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn n(number: impl Into<i128>) -> AttributeValue {
    AttributeValue::N(number.into().to_string())
}

pub(crate) fn attribute(name: &str) -> AttributeDefinition {
    AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build().unwrap()
}

pub(crate) fn key(name: &str, part: KeyType) -> KeySchemaElement {
    KeySchemaElement::builder().attribute_name(name).key_type(part).build().unwrap()
}

pub(crate) fn all() -> Projection {
    Projection::builder().projection_type(ProjectionType::All).build()
}

/// Creates the table: `PK` and `SK`, a global index `GSI1` on `GSI1PK` and `GSI1SK`, a local one `LSI1` on `LSI1SK`.
pub(crate) async fn create_table(client: &Client) {
    client
        .create_table()
        .table_name(TABLE)
        .set_attribute_definitions(Some(["PK", "SK", "GSI1PK", "GSI1SK", "LSI1SK"].map(attribute).to_vec()))
        .key_schema(key("PK", KeyType::Hash))
        .key_schema(key("SK", KeyType::Range))
        .global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name("GSI1")
                .key_schema(key("GSI1PK", KeyType::Hash))
                .key_schema(key("GSI1SK", KeyType::Range))
                .projection(all())
                .build()
                .unwrap(),
        )
        .local_secondary_indexes(
            LocalSecondaryIndex::builder()
                .index_name("LSI1")
                .key_schema(key("PK", KeyType::Hash))
                .key_schema(key("LSI1SK", KeyType::Range))
                .projection(all())
                .build()
                .unwrap(),
        )
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
}

/// A client of a database of its own that holds the empty table.
pub(crate) async fn with_table() -> Client {
    let client = Embedded::memory().unwrap().client();
    create_table(&client).await;
    client
}
