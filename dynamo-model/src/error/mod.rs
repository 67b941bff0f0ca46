//! What can go wrong, and what to do about it.

use std::{error::Error as StdError, fmt};

#[cfg(feature = "streams")]
mod change;
mod collection;
mod item;
mod refusal;
mod same_item;
mod service;
mod transaction;

#[cfg(feature = "streams")]
pub use change::{ChangeError, ChangeErrorKind, Which};
pub use collection::{CollectionError, CollectionErrorKind};
pub use item::{ItemError, ItemErrorKind};
pub use refusal::Refusal;
pub(crate) use refusal::Refused;
pub use same_item::SameItemError;
pub(crate) use service::Classify;
pub use service::ServiceError;
pub use transaction::{Reason, ReasonKind, TransactionError, TransactionProblem};

pub use crate::operation::Operation;
use crate::{expr::ExpressionError, key::KeyError};

/// What can go wrong with a request.
///
/// Every error names the entity (or the table), the operation and, where there is one, the attribute path. None shows
/// a stored value; [`ItemError::reveal`] does where one is at fault. The SDK's own error is the
/// [`source`](StdError::source).
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A key cannot be built from the given values; nothing was sent.
    Key(KeyError),
    /// A value cannot be stored as an item; nothing was sent.
    Encode(ItemError),
    /// A stored item cannot be read as the entity.
    Decode(ItemError),
    /// `create` met an item with the same key.
    AlreadyExists(Refusal),
    /// The stored item has another version than the value that was to replace it.
    VersionConflict(Refusal),
    /// There is no item to update, or it has expired.
    NotFound(Refusal),
    /// The caller's condition did not hold, or a number would have left its field's type.
    ConditionFailed(Refusal),
    /// Another item has the same values in fields that are unique.
    NotUnique(Refusal),
    /// The closure of `modify` refused to change the item.
    Declined(Declined),
    /// An expression that DynamoDB would refuse; nothing was sent.
    Expression(ExpressionError),
    /// A transaction was not done.
    Transaction(TransactionError),
    /// Two operations of a transaction or a batch are on one item; nothing was sent.
    SameItem(SameItemError),
    /// No answer came to a write that may not be repeated, or another write hides what became of it: it was done once, or
    /// not at all.
    OutcomeUnknown(ServiceError),
    /// DynamoDB left some of a batch undone, again and again.
    Unprocessed(UnprocessedError),
    /// A partition has no item, or more than one, for a field of a collection that holds exactly one.
    Collection(CollectionError),
    /// A cursor is damaged, or belongs to another query.
    Cursor(CursorError),
    /// There is no table of this name in the client's account and Region.
    TableNotFound(ServiceError),
    /// The client has no credentials.
    NoCredentials(ServiceError),
    /// DynamoDB did not recognise the credentials, or does not allow the operation.
    AccessDenied(ServiceError),
    /// The endpoint could not be reached, or did not answer in time.
    Unreachable(ServiceError),
    /// DynamoDB throttled the request more often than the client retries.
    Throttled(ServiceError),
    /// Any other failure of the SDK or the service.
    Service(ServiceError),
    /// The table could not be created or described as the schema states it.
    Table(TableError),
    /// A record of the table's stream cannot be read.
    #[cfg(feature = "streams")]
    Change(ChangeError),
    /// The embedded engine did not start.
    #[cfg(feature = "embedded")]
    Engine(crate::engine::EngineError),
}

/// A cursor that does not continue the query it was given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CursorError {
    pub(crate) entity: Option<&'static str>,
    pub(crate) reason: &'static str,
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(entity) = self.entity {
            write!(f, "`{entity}` query: ")?;
        }
        write!(f, "the cursor {}; start again without one", self.reason)
    }
}

impl StdError for CursorError {}

/// A change that the closure of `modify` refused to make; nothing was written.
#[derive(Debug)]
pub struct Declined {
    pub(crate) entity: &'static str,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
}

impl Declined {
    /// The entity.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.entity
    }

    /// What the closure gave as its reason.
    #[must_use]
    pub fn into_reason(self) -> Box<dyn StdError + Send + Sync> {
        self.source
    }
}

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}: the closure refused the change; the source says why", self.entity, Operation::Modify)
    }
}

impl StdError for Declined {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// What DynamoDB left undone of a batch, after all tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnprocessedError {
    pub(crate) entity: Option<&'static str>,
    pub(crate) operation: Operation,
    pub(crate) table: String,
    pub(crate) left: usize,
}

impl UnprocessedError {
    /// How many items were left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left
    }
}

impl fmt::Display for UnprocessedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entity, operation, table, left } = self;
        if let Some(entity) = entity {
            write!(f, "`{entity}` ")?;
        }
        write!(
            f,
            "{operation} on table `{table}`: DynamoDB left {left} items unprocessed; slow down or raise the capacity, \
             and send the rest again"
        )
    }
}

impl StdError for UnprocessedError {}

/// A table that could not be brought to, or compared with, its schema.
#[derive(Debug)]
pub struct TableError {
    pub(crate) operation: Operation,
    pub(crate) table: String,
    pub(crate) reason: String,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TableError {
    /// The operation that failed.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The table's name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on table `{}`: {}", self.operation, self.table, self.reason)
    }
}

impl StdError for TableError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl Error {
    fn inner(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Key(error) => error,
            Self::Encode(error) | Self::Decode(error) => error,
            Self::AlreadyExists(error)
            | Self::VersionConflict(error)
            | Self::NotFound(error)
            | Self::ConditionFailed(error)
            | Self::NotUnique(error) => error,
            Self::Declined(error) => error,
            Self::Expression(error) => error,
            Self::Transaction(error) => error,
            Self::Unprocessed(error) => error,
            Self::SameItem(error) => error,
            Self::Collection(error) => error,
            Self::Cursor(error) => error,
            Self::TableNotFound(error)
            | Self::NoCredentials(error)
            | Self::AccessDenied(error)
            | Self::Unreachable(error)
            | Self::Throttled(error)
            | Self::OutcomeUnknown(error)
            | Self::Service(error) => error,
            Self::Table(error) => error,
            #[cfg(feature = "streams")]
            Self::Change(error) => error,
            #[cfg(feature = "embedded")]
            Self::Engine(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner().source()
    }
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<ExpressionError> for Error {
    fn from(error: ExpressionError) -> Self {
        Self::Expression(error)
    }
}

impl From<CursorError> for Error {
    fn from(error: CursorError) -> Self {
        Self::Cursor(error)
    }
}
