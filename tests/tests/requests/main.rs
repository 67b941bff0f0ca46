//! What each request does to a table, on the engine that `DYNAMO_MODEL_ENGINE` chooses.

mod capacity;
#[path = "../common/cases.rs"]
mod cases;
mod cost;
mod lifecycle;
mod reads;
mod shop;
mod spans;
mod table;
mod writes;
