//! Partitions that do not hold what a collection asks for.

use std::{error::Error as StdError, fmt};

/// A partition with no item, or more than one, for a field of a collection that holds exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionError {
    pub(crate) collection: &'static str,
    pub(crate) field: &'static str,
    pub(crate) entity: &'static str,
    pub(crate) kind: CollectionErrorKind,
}

/// How a partition and a collection do not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CollectionErrorKind {
    /// There is no item of the entity, or it has expired, though other members have items.
    Missing,
    /// There is more than one item of the entity.
    Several,
}

impl CollectionError {
    /// The collection.
    #[must_use]
    pub fn collection(&self) -> &'static str {
        self.collection
    }

    /// The collection's field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The entity that the field holds.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.entity
    }

    /// How the partition does not fit.
    #[must_use]
    pub fn kind(&self) -> CollectionErrorKind {
        self.kind
    }
}

impl fmt::Display for CollectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { collection, field, entity, kind } = self;
        match kind {
            CollectionErrorKind::Missing => write!(
                f,
                "`{collection}` query: the partition has no `{entity}` for the field `{field}`, though it has other \
                 items; make the field `Option<{entity}>` if that may be"
            ),
            CollectionErrorKind::Several => write!(
                f,
                "`{collection}` query: the partition has more than one `{entity}` for the field `{field}`; make the \
                 field `Vec<{entity}>`, or `Option<{entity}>` for the first"
            ),
        }
    }
}

impl StdError for CollectionError {}
