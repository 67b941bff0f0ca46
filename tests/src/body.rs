//! Runs a test's body on the engine that the environment chose.

use aws_sdk_dynamodb::Client;
use tokio::runtime::Runtime;

use crate::Engine;

/// Runs an asynchronous test body on the chosen engine, with a client that sees only this test's tables.
///
/// # Panics
///
/// If the engine cannot be had, and if the body panics.
pub fn on_engine(test: &str, body: impl AsyncFnOnce(Client)) {
    with_engine(|engine, runtime| runtime.block_on(body(engine.client(test))));
}

/// Runs a test body that needs several clients, or the runtime itself, as a property with many cases does: one engine
/// and one runtime serve them all.
///
/// # Panics
///
/// If the engine cannot be had, and if the body panics.
pub fn with_engine(body: impl FnOnce(&Engine, &Runtime)) {
    let runtime = Runtime::new().expect("a runtime starts");
    let engine = runtime.block_on(Engine::from_env());
    body(&engine, &runtime);
}
