//! What the constants of the derives look up in a table.
//!
//! Every lookup succeeds, for a constant that fails to evaluate is reported wherever it is used: what is missing is
//! reported by [`check`](super::check), once.

use super::{IndexKind, IndexSchema, KeyAttributes, TableSchema};
use crate::key::{AttributePattern, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT, Template};

/// The index of this name.
#[must_use]
pub const fn index(table: &TableSchema, name: &'static str) -> IndexSchema {
    match table.index(name) {
        Some(index) => index,
        None => IndexSchema { name, kind: IndexKind::Global, key: KeyAttributes { partition: "", sort: None } },
    }
}

/// The pattern of a partition key.
#[must_use]
pub const fn partition(entity: &'static str, key: KeyAttributes, template: Template) -> AttributePattern {
    AttributePattern { entity, attribute: key.partition, template, limit: PARTITION_KEY_LIMIT }
}

/// The pattern of a sort key.
#[must_use]
pub const fn sort(entity: &'static str, key: KeyAttributes, template: Template) -> Option<AttributePattern> {
    match key.sort {
        Some(attribute) => Some(AttributePattern { entity, attribute, template, limit: SORT_KEY_LIMIT }),
        None => None,
    }
}
