//! Writes keep every index true: updates, conditions, uniqueness, transactions and batches.

mod updates;
mod world;
