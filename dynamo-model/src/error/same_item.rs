//! Two writes of one item where DynamoDB takes one.

use std::{error::Error as StdError, fmt};

use super::Operation;

/// Two operations of a transaction or a batch are on one item; nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameItemError {
    pub(crate) operation: Operation,
    pub(crate) table: String,
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// What they do, such as `` `User` put ``.
    pub(crate) operations: [String; 2],
}

impl SameItemError {
    /// The positions of the two, counted from 0 in the order in which they were added.
    #[must_use]
    pub fn positions(&self) -> (usize, usize) {
        (self.first, self.second)
    }
}

impl fmt::Display for SameItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, table, first, second, operations: [one, other] } = self;
        write!(
            f,
            "{operation} on table `{table}`: operations {first} ({one}) and {second} ({other}) are on one item, and \
             DynamoDB takes one an item; say in one what becomes of it, or send them one after the other"
        )
    }
}

impl StdError for SameItemError {}
