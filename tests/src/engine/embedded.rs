//! The library's embedded engine.

use aws_sdk_dynamodb::Client;
use dynamo_model::engine::Embedded;

/// A client with a database of its own, in memory.
pub(super) fn client() -> Client {
    match Embedded::memory() {
        Ok(engine) => engine.client(),
        Err(error) => panic!("the embedded engine does not open: {error}"),
    }
}
