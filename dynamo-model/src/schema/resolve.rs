//! What the constants of the derives look up in a table.
//!
//! Every lookup succeeds, for a constant that fails to evaluate is reported wherever it is used: what is missing is
//! reported by [`check`](super::check), once.

use super::{
    EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyAttributes, KeyPattern, TableSchema, UniqueSchema,
    message::equal,
};
use crate::key::{AttributePattern, Element, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT, Template};

/// The index of this name.
#[must_use]
pub const fn index(table: &TableSchema, name: &'static str) -> IndexSchema {
    match table.index(name) {
        Some(index) => index,
        None => IndexSchema {
            name,
            kind: IndexKind::Global,
            key: KeyAttributes { partition: "", sort: None },
            projection: IndexProjection::All,
        },
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

/// The unique constraint on these fields: `template` is the partition key of the item that holds their values.
#[must_use]
pub const fn unique(
    entity: &'static str,
    table: &TableSchema,
    fields: &'static [&'static str],
    template: Template,
) -> UniqueSchema {
    let alone = Template::new("UNIQUE", &[Element::Literal("UNIQUE")]);
    let key = KeyPattern {
        index: None,
        partition: partition(entity, table.key, template),
        sort: sort(entity, table.key, alone),
    };
    UniqueSchema { fields, key }
}

/// What an index carries, as a number: all attributes, keys only, or keys and some.
#[must_use]
pub const fn carries(table: &TableSchema, name: &'static str) -> u8 {
    match index(table, name).projection {
        IndexProjection::All => 0,
        IndexProjection::KeysOnly => 1,
        IndexProjection::Include(_) => 2,
    }
}

/// The position of an entity's access pattern by an index.
#[must_use]
pub const fn pattern(entity: &EntitySchema, name: &str) -> usize {
    let mut at = 0;
    while at < entity.indexes.len() {
        if equal(entity.indexes[at].name, name) {
            return at;
        }
        at += 1;
    }
    usize::MAX
}
