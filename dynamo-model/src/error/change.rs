//! Records of a stream that cannot be read.

use std::{error::Error as StdError, fmt};

use super::ItemError;

/// A record of the table's stream that cannot be read; those after it can.
#[derive(Debug)]
pub struct ChangeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    table: &'static str,
    event_id: Option<String>,
    sequence_number: Option<String>,
    kind: ChangeErrorKind,
}

/// Why a record cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ChangeErrorKind {
    /// An image does not fit its entity.
    Image {
        /// Which one.
        which: Which,
        /// How it does not fit.
        error: ItemError,
    },
    /// The record has not the table's key.
    NoKey {
        /// The attribute that is not there, or is no text.
        attribute: &'static str,
    },
    /// The record tells neither of a new item, nor of a changed or removed one.
    UnknownEvent,
}

/// One of a record's two images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The item before the change.
    Old,
    /// The item after the change.
    New,
}

impl ChangeError {
    pub(crate) fn new(
        table: &'static str,
        event_id: Option<String>,
        sequence_number: Option<String>,
        kind: ChangeErrorKind,
    ) -> Self {
        Self(Box::new(Inner { table, event_id, sequence_number, kind }))
    }

    /// The record's place in the stream.
    #[must_use]
    pub fn sequence_number(&self) -> Option<&str> {
        self.0.sequence_number.as_deref()
    }

    /// The id of the record's event.
    #[must_use]
    pub fn event_id(&self) -> Option<&str> {
        self.0.event_id.as_deref()
    }

    /// Why the record cannot be read.
    #[must_use]
    pub fn kind(&self) -> &ChangeErrorKind {
        &self.0.kind
    }

    /// How an image does not fit its entity, where that is the reason: its entity and path, and what it `reveal`s.
    #[must_use]
    pub fn item(&self) -> Option<&ItemError> {
        match &self.0.kind {
            ChangeErrorKind::Image { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { table, event_id: _, sequence_number, kind } = &*self.0;
        match sequence_number {
            Some(sequence_number) => write!(f, "stream record {sequence_number}")?,
            None => f.write_str("stream record without a sequence number")?,
        }
        write!(f, " of table `{table}`")?;
        match kind {
            ChangeErrorKind::Image { which: Which::Old, error } => write!(f, ", old image: {error}"),
            ChangeErrorKind::Image { which: Which::New, error } => write!(f, ", new image: {error}"),
            ChangeErrorKind::NoKey { attribute } => {
                write!(f, ": it has no text under the key `{attribute}`; see whether it is of this table's stream")
            }
            ChangeErrorKind::UnknownEvent => {
                f.write_str(": it is neither INSERT, MODIFY nor REMOVE; a newer version of this library may know it")
            }
        }
    }
}

/// The inner error's words are part of this one's, so it is no source.
impl StdError for ChangeError {}
