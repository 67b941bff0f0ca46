//! What can go wrong, and what to do about it.

use std::{error::Error as StdError, fmt};

mod item;
mod service;

pub use item::{ItemError, ItemErrorKind};
pub(crate) use service::{Classify, Refused};
pub use service::{Refusal, ServiceError};

use crate::key::KeyError;
pub use crate::operation::Operation;

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
            Self::AlreadyExists(error) | Self::VersionConflict(error) => error,
            Self::Cursor(error) => error,
            Self::TableNotFound(error)
            | Self::NoCredentials(error)
            | Self::AccessDenied(error)
            | Self::Unreachable(error)
            | Self::Throttled(error)
            | Self::Service(error) => error,
            Self::Table(error) => error,
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

impl From<CursorError> for Error {
    fn from(error: CursorError) -> Self {
        Self::Cursor(error)
    }
}
