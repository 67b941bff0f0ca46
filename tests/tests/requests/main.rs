//! What each request does to a table, on the engine that `DYNAMO_MODEL_ENGINE` chooses.

mod lifecycle;
mod reads;
mod shop;
mod table;
mod writes;
