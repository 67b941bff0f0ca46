//! Faults between the SDK and the engine that `DYNAMO_MODEL_ENGINE` chooses.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases of a property than are always run.

mod batches;
mod bounds;
#[path = "../common/cases.rs"]
mod cases;
mod draft;
mod explore;
mod layer;
mod many;
mod model;
mod own;
mod perform;
mod retries;
mod schedules;
mod stored;
mod table;
mod transactions;
mod world;
mod writes;
