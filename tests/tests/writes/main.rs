//! Writes keep every index true: updates, conditions, uniqueness, transactions and batches.

mod refusals;
mod updates;
mod world;
