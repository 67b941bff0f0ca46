//! The library's embedded engine.

use aws_sdk_dynamodb::Client;
use dynamo_model::engine::Embedded;

/// A client with a database of its own, in memory.
pub(super) fn client() -> Client {
    engine().client()
}

/// The same with a client of DynamoDB Streams, which sees the same tables.
pub(super) fn clients() -> (Client, aws_sdk_dynamodbstreams::Client) {
    let engine = engine();
    (engine.client(), engine.streams_client())
}

fn engine() -> Embedded {
    match Embedded::memory() {
        Ok(engine) => engine,
        Err(error) => panic!("the embedded engine does not open: {error}"),
    }
}
