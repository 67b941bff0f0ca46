//! Items that do not fit their entity, and values that do not fit an item.

use std::{error::Error as StdError, fmt};

use super::Operation;
use crate::value::{DecodeError, EncodeError};

/// An item and an entity that do not fit each other.
#[derive(Debug)]
pub struct ItemError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    entity: &'static str,
    operation: Operation,
    kind: ItemErrorKind,
}

/// How an item and an entity do not fit.
#[derive(Debug)]
#[non_exhaustive]
pub enum ItemErrorKind {
    /// A field has no DynamoDB form.
    Encode(EncodeError),
    /// An attribute does not fit the field.
    Decode(DecodeError),
    /// A field of a projection does not fit.
    Field {
        /// Its path.
        path: String,
        /// How it does not fit.
        error: DecodeError,
    },
    /// The item does not say which entity it is.
    NoType {
        /// The table's type attribute.
        attribute: &'static str,
        /// What it would hold, if the item is to be of one entity.
        type_name: Option<&'static str>,
    },
    /// The item is of another entity.
    OtherType {
        /// The table's type attribute.
        attribute: &'static str,
        /// The entity that the item is of, if the table has it.
        found: Option<&'static str>,
    },
    /// The item is larger than DynamoDB stores.
    TooLarge {
        /// Bytes, names included.
        bytes: usize,
    },
    /// Serde writes an attribute that the library writes too.
    Occupied {
        /// The attribute.
        attribute: &'static str,
    },
    /// The TTL attribute is not a number of seconds.
    Ttl {
        /// The table's TTL attribute.
        attribute: &'static str,
        /// What it holds instead.
        found: &'static str,
    },
    /// The version cannot be counted further.
    VersionExhausted,
}

impl ItemError {
    pub(crate) fn new(entity: &'static str, operation: Operation, kind: ItemErrorKind) -> Self {
        Self(Box::new(Inner { entity, operation, kind }))
    }

    /// The entity, or the table where an item is of none.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.0.entity
    }

    /// The operation that failed.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// How the item does not fit.
    #[must_use]
    pub fn kind(&self) -> &ItemErrorKind {
        &self.0.kind
    }

    /// The attribute path, such as `tasks[3].due`, where one attribute is at fault.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match &self.0.kind {
            ItemErrorKind::Encode(error) => Some(error.path()),
            ItemErrorKind::Decode(error) => Some(error.path()),
            ItemErrorKind::Field { path, .. } => Some(path.clone()),
            ItemErrorKind::NoType { attribute, .. }
            | ItemErrorKind::OtherType { attribute, .. }
            | ItemErrorKind::Occupied { attribute }
            | ItemErrorKind::Ttl { attribute, .. } => Some((*attribute).to_owned()),
            ItemErrorKind::TooLarge { .. } | ItemErrorKind::VersionExhausted => None,
        }
    }

    /// The whole reason, which may quote stored values: for a person at a terminal, not for a log.
    #[must_use]
    pub fn reveal(&self) -> String {
        match &self.0.kind {
            ItemErrorKind::Encode(error) => error.reveal(),
            ItemErrorKind::Decode(error) | ItemErrorKind::Field { error, .. } => error.reveal(),
            _ => None,
        }
        .map_or_else(|| self.to_string(), |detail| format!("{self}: {detail}"))
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { entity, operation, kind } = &*self.0;
        write!(f, "`{entity}` {operation}: ")?;
        match kind {
            ItemErrorKind::Encode(error) => error.fmt(f),
            ItemErrorKind::Decode(error) => error.fmt(f),
            ItemErrorKind::Field { path, error } => write!(f, "`{path}`: {error}"),
            ItemErrorKind::NoType { attribute, type_name: Some(type_name) } => {
                write!(
                    f,
                    "the item has no `{attribute}`, so it cannot be told what it is; set it to `{type_name}` if it is one"
                )
            }
            ItemErrorKind::NoType { attribute, type_name: None } => {
                write!(
                    f,
                    "the item has no `{attribute}`, so it cannot be told what it is; set it to its entity's type name"
                )
            }
            ItemErrorKind::OtherType { attribute, found: Some(found) } => {
                write!(f, "`{attribute}` says that the item is a `{found}`; read it as one, or as the table's enum")
            }
            ItemErrorKind::OtherType { attribute, found: None } => {
                write!(
                    f,
                    "`{attribute}` names an entity that the table does not have; a newer program may have written it"
                )
            }
            ItemErrorKind::TooLarge { bytes } => {
                write!(
                    f,
                    "the item has {bytes} bytes, DynamoDB stores at most {}; split it, or keep large values in S3",
                    crate::value::ITEM_SIZE_LIMIT
                )
            }
            ItemErrorKind::Occupied { attribute } => {
                write!(
                    f,
                    "serde writes `{attribute}`, which is the table's own; rename the field, or the flattened key"
                )
            }
            ItemErrorKind::Ttl { attribute, found } => {
                write!(
                    f,
                    "`{attribute}` is {found}, and DynamoDB expires items by a number of epoch seconds; \
                     use `EpochSeconds`"
                )
            }
            ItemErrorKind::VersionExhausted => {
                f.write_str("the version field cannot count further; use `Version`, which holds 64 bits")
            }
        }
    }
}

/// The inner error's words are part of this one's, so it is no source.
impl StdError for ItemError {}
