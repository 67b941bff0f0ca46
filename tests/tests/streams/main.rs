//! Changes from DynamoDB Streams on the engine that `DYNAMO_MODEL_ENGINE` chooses, and shards as only AWS has them.

#[path = "../common/cases.rs"]
mod cases;
mod fake;
mod follow;
mod history;
mod shards;
mod world;
