//! Transactions that were not done.

use std::{error::Error as StdError, fmt};

use super::{Error, Operation};

/// A transaction that was not done; nothing of it was written, or read.
#[derive(Debug)]
pub struct TransactionError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    operation: Operation,
    table: String,
    problem: TransactionProblem,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Why a transaction was not done.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransactionProblem {
    /// DynamoDB cancelled it.
    Cancelled(Vec<Reason>),
    /// More items than DynamoDB takes, those that hold unique values included; nothing was sent.
    TooMany {
        /// Items.
        items: usize,
    },
    /// More than 4 MB; nothing was sent.
    TooLarge {
        /// Bytes.
        bytes: usize,
    },
    /// No operation was added; nothing was sent.
    Empty,
}

/// What became of one operation of a cancelled transaction, in the order in which they were added.
#[derive(Debug)]
pub struct Reason {
    pub(crate) entity: &'static str,
    pub(crate) operation: Operation,
    pub(crate) kind: ReasonKind,
}

/// Why one operation had the transaction cancelled, if it had.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReasonKind {
    /// It was not at fault.
    None,
    /// Its condition did not hold: the error that it would have given by itself.
    Refused(Error),
    /// Another write or transaction was under way on the item, again and again.
    Conflict,
    /// The table or its partition was throttled.
    Throttled,
    /// The item, or its item collection, would be too large.
    TooLarge,
    /// DynamoDB does not take it; the code.
    Other(String),
}

impl Reason {
    /// The entity.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.entity
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Why it had the transaction cancelled, if it had.
    #[must_use]
    pub fn kind(&self) -> &ReasonKind {
        &self.kind
    }

    /// The error that the operation would have given by itself, if its condition did not hold.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.kind {
            ReasonKind::Refused(error) => Some(error),
            _ => None,
        }
    }
}

impl TransactionError {
    pub(crate) fn new(
        operation: Operation,
        table: &str,
        problem: TransactionProblem,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(Box::new(Inner { operation, table: table.to_owned(), problem, source }))
    }

    pub(crate) fn into_problem(self) -> (TransactionProblem, String, Option<Box<dyn StdError + Send + Sync>>) {
        let Inner { operation: _, table, problem, source } = *self.0;
        (problem, table, source)
    }

    /// Why it was not done.
    #[must_use]
    pub fn problem(&self) -> &TransactionProblem {
        &self.0.problem
    }

    /// What became of each operation, in the order in which they were added; empty if nothing was sent.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        match &self.0.problem {
            TransactionProblem::Cancelled(reasons) => reasons,
            _ => &[],
        }
    }

    /// The first operation that was at fault, with its position.
    #[must_use]
    pub fn first(&self) -> Option<(usize, &Reason)> {
        self.reasons().iter().enumerate().find(|(_, reason)| !matches!(reason.kind, ReasonKind::None))
    }
}

impl fmt::Display for TransactionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, table, problem, source: _ } = &*self.0;
        write!(f, "{operation} on table `{table}`: ")?;
        match problem {
            TransactionProblem::Cancelled(reasons) => {
                let done = if *operation == Operation::TransactGet { "read" } else { "written" };
                write!(f, "nothing was {done}")?;
                let guilty = reasons.iter().enumerate().filter(|(_, reason)| !matches!(reason.kind, ReasonKind::None));
                for (at, Reason { entity, operation, kind }) in guilty {
                    write!(f, "; operation {at}, `{entity}` {operation}: ")?;
                    match kind {
                        ReasonKind::None => {}
                        ReasonKind::Refused(error) => write!(f, "{}", Reworded(error))?,
                        ReasonKind::Conflict => f.write_str("another write was under way on the item; try again")?,
                        ReasonKind::Throttled => f.write_str("throttled; slow down or raise the capacity")?,
                        ReasonKind::TooLarge => f.write_str("the item or its collection would be too large")?,
                        ReasonKind::Other(code) => write!(f, "refused ({code}); the source says why")?,
                    }
                }
                Ok(())
            }
            TransactionProblem::TooMany { items } => {
                write!(f, "{items} items, and DynamoDB takes 100 in a transaction; split it")
            }
            TransactionProblem::TooLarge { bytes } => {
                write!(f, "{bytes} bytes, and DynamoDB takes 4 MB in a transaction; split it")
            }
            TransactionProblem::Empty => f.write_str("it holds no operation; add one with `and`"),
        }
    }
}

/// An error without the entity and operation, which were named already.
struct Reworded<'e>(&'e Error);

impl fmt::Display for Reworded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.split_once(": ").map_or(&*text, |(_, reason)| reason))
    }
}

impl StdError for TransactionError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
