//! Faults between the SDK and the engine that `DYNAMO_MODEL_ENGINE` chooses.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases of a property than are always run.

mod batches;
#[path = "../common/cases.rs"]
mod cases;
mod layer;
mod retries;
mod schedules;
mod table;
mod transactions;
