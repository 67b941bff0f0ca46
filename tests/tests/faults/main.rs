//! Faults between the SDK and the engine that `DYNAMO_MODEL_ENGINE` chooses.

mod batches;
mod layer;
mod retries;
mod table;
mod transactions;
