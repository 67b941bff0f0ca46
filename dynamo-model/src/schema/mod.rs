//! Plain descriptions of a table, its indexes and its entities.
//!
//! The derives write them as constants; definitions, checks and explanations are pure functions of them.

#[doc(hidden)]
pub mod check;
mod collection;
mod entity;
mod message;
mod native;
mod overlap;
mod projection;
#[doc(hidden)]
pub mod resolve;
mod splitter;
mod table;

use overlap::{may_be_equal, may_start_with};

pub use collection::CollectionSchema;
pub use entity::{AccessPattern, EntitySchema, FieldRole, FieldSchema, KeyPattern, UniqueSchema};
pub use native::{NativeField, NativeForm, NativeIndexSchema, NativePattern, ScalarType};
pub use projection::IndexProjection;
pub use splitter::Splitter;
pub use table::{IndexKind, IndexSchema, KeyAttributes, StreamView, TableSchema};

/// A table and everything that is stored in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schema {
    /// The table.
    pub table: &'static TableSchema,
    /// Its entities, in the order of the enum's variants.
    pub entities: &'static [&'static EntitySchema],
}

impl Schema {
    /// Whether a query by `pattern` with the entity's leading sort-key literal may also meet items of other entities.
    ///
    /// Judged by the templates: another entity whose partition key may be equal and whose sort key may start alike.
    #[must_use]
    pub fn shares(&self, entity: &EntitySchema, pattern: &KeyPattern) -> bool {
        self.entities
            .iter()
            .filter(|other| other.type_name != entity.type_name)
            .flat_map(|other| other.keys())
            .any(|other| may_meet(pattern, other))
    }
}

/// Whether a query by `pattern` may meet items that have the key `other`.
fn may_meet(pattern: &KeyPattern, other: &KeyPattern) -> bool {
    let index = |key: &KeyPattern| key.index.map(|index| index.name);
    if index(pattern) != index(other) || !may_be_equal(&pattern.partition.template, &other.partition.template) {
        return false;
    }
    match (&pattern.sort, &other.sort) {
        (Some(mine), Some(theirs)) => may_start_with(&theirs.template, mine.template.leading_literal()),
        _ => true,
    }
}
