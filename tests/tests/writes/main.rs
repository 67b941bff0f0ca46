//! Writes keep every index true: updates, conditions, uniqueness, transactions and batches.
//!
//! `DYNAMO_MODEL_CASES` asks for more cases of a property than are always run.

mod batches;
#[path = "../common/cases.rs"]
mod cases;
mod conditions;
mod machine;
mod races;
mod refusals;
mod transactions;
mod updates;
mod world;
