//! A batch that was not done.

use std::{error::Error as StdError, fmt};

use super::write::{BatchWrite, OPERATION};
use crate::{
    error::{Error, UnprocessedError},
    table::Table,
};

/// A batch that was not done, or not as a whole.
pub struct BatchWriteError<T> {
    pub(super) rest: BatchWrite<T>,
    pub(super) done: usize,
    pub(super) cause: Cause,
}

#[derive(Debug)]
pub(super) enum Cause {
    Unprocessed,
    Failed(Error),
}

impl<T: Table> BatchWriteError<T> {
    /// How many writes were done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done
    }

    /// How many were not, or not surely.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// What was not done, to be sent again. Each of its writes can be done twice without harm.
    #[must_use = "the rest is what was not written"]
    pub fn into_rest(self) -> BatchWrite<T> {
        self.rest
    }

    /// The failure; none if DynamoDB left some unprocessed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.cause {
            Cause::Unprocessed => None,
            Cause::Failed(error) => Some(error),
        }
    }
}

impl<T: Table> From<BatchWriteError<T>> for Error {
    fn from(error: BatchWriteError<T>) -> Self {
        let (table, left) = (T::SCHEMA.table.name.to_owned(), error.left());
        match error.cause {
            Cause::Failed(error) => error,
            Cause::Unprocessed => {
                Self::Unprocessed(UnprocessedError { entity: None, operation: OPERATION, table, left })
            }
        }
    }
}

impl<T> fmt::Debug for BatchWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchWriteError")
            .field("done", &self.done)
            .field("left", &self.rest.entries())
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Display for BatchWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (done, left) = (self.done, self.rest.entries());
        match &self.cause {
            Cause::Unprocessed => write!(
                f,
                "{OPERATION}: {done} writes were done, and DynamoDB left {left} unprocessed; send `into_rest` again later"
            ),
            Cause::Failed(error) => write!(f, "{error}; {done} writes were done, `into_rest` has the other {left}"),
        }
    }
}

impl<T> StdError for BatchWriteError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Unprocessed => None,
            Cause::Failed(error) => Some(error),
        }
    }
}
