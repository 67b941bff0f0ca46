//! What each request does to a table, on the engine that `DYNAMO_MODEL_ENGINE` chooses.

mod capacity;
mod lifecycle;
mod reads;
mod shop;
mod spans;
mod table;
mod writes;
