//! What indexes carry, against what is asked of them.

use crate::schema::message::{Message, equal};
use crate::schema::{EntitySchema, FieldRole, IndexProjection, IndexSchema, Schema, TableSchema};

/// Some entity of the table stores the attribute that an index includes.
#[track_caller]
pub const fn included(schema: Schema, index: &str, attribute: &str) {
    let mut at = 0;
    while at < schema.entities.len() {
        let entity = schema.entities[at];
        if entity.open || stores(entity, attribute) {
            return;
        }
        at += 1;
    }
    let mut message = Message::new().push(&[
        "no entity of table `",
        schema.table.name,
        "` stores `",
        attribute,
        "`, which the index `",
        index,
        "` is to include; write an attribute's name as it is stored",
    ]);
    let mut listed = 0;
    let mut at = 0;
    while at < schema.entities.len() {
        let entity = schema.entities[at];
        if lies_on(entity, index) {
            let mut field = 0;
            while field < entity.fields.len() {
                let before = if listed == 0 { " (legal here: `" } else { "`, `" };
                message = message.push(&[before, entity.fields[field].attribute]);
                listed += 1;
                field += 1;
            }
        }
        at += 1;
    }
    if listed > 0 {
        message = message.push(&["`)"]);
    }
    panic!("{}", message.as_str())
}

/// An index carries enough for the entity's queries: what is spread over partitions is read whole, and an index that
/// carries keys only does not say when its items expire, so none of them may.
#[track_caller]
pub const fn enough(table: &TableSchema, entity: &EntitySchema, at: usize) {
    let Some(index) = entity.indexes[at].key.index else { return };
    if entity.indexes[at].key.partition.template.is_spread() && !matches!(index.projection, IndexProjection::All) {
        let message = Message::new().push(&[
            "items of `",
            entity.name,
            "` that are spread over partitions are read whole, and the index `",
            index.name,
            "` carries ",
            what(&index),
            "; let the index carry all (`projection = \"all\"`) on table `",
            table.name,
            "`",
        ]);
        panic!("{}", message.as_str())
    }
    if !matches!(index.projection, IndexProjection::KeysOnly) {
        return;
    }
    let mut field = 0;
    while field < entity.fields.len() {
        if matches!(entity.fields[field].role, Some(FieldRole::Ttl)) {
            let message = Message::new().push(&[
                "`",
                entity.name,
                "` has a `ttl` field, and the index `",
                index.name,
                "` carries keys only, so a read of it could not tell what has expired; declare the index with `include()` on \
                 table `",
                table.name,
                "`, which carries the keys, the type and the TTL",
            ]);
            panic!("{}", message.as_str())
        }
        field += 1;
    }
}

/// A collection reads whole items, which the index carries.
#[track_caller]
pub const fn whole(table: &TableSchema, collection: &str, name: &str) {
    // A missing index is reported as such.
    let Some(index) = table.index(name) else { return };
    if matches!(index.projection, IndexProjection::All) {
        return;
    }
    let message = Message::new().push(&[
        "`",
        collection,
        "` reads whole items, and the index `",
        name,
        "` carries ",
        what(&index),
        "; let the index carry all (`projection = \"all\"`), or query each entity by itself with `.hydrate()`",
    ]);
    panic!("{}", message.as_str())
}

/// The entity has an access pattern of this name, on an index that does not carry whole items.
#[track_caller]
pub const fn from(entity: &EntitySchema, projection: &str, name: &str) {
    let mut at = 0;
    while at < entity.indexes.len() {
        let pattern = &entity.indexes[at];
        if equal(pattern.name, name) {
            if let Some(index) = pattern.key.index
                && matches!(index.projection, IndexProjection::All)
            {
                full(projection, name, index.name)
            }
            return;
        }
        at += 1;
    }
    let mut at = 0;
    while at < entity.native_indexes.len() {
        if equal(entity.native_indexes[at].name, name) {
            full(projection, name, entity.native_indexes[at].index)
        }
        at += 1;
    }
    if equal(entity.primary.name, name) {
        full(projection, name, "")
    }
    let mut message = Message::new().push(&["`", entity.name, "` has no access pattern `", name, "` by an index; "]);
    if entity.indexes.is_empty() {
        message = message.push(&["remove `from(..)`, since any projection can be read from the table"]);
        panic!("{}", message.as_str())
    }
    let mut at = 0;
    while at < entity.indexes.len() {
        message = message.push(&[if at == 0 { "it has `" } else { "`, `" }, entity.indexes[at].name]);
        at += 1;
    }
    message = message.push(&["`"]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn full(projection: &str, name: &str, index: &str) -> ! {
    let message = Message::new().push(&["`", name, "` reads "]);
    let message = if index.is_empty() {
        message.push(&["the table itself"])
    } else {
        message.push(&["the index `", index, "`, which carries all attributes"])
    };
    let message = message.push(&[", so it gives `", projection, "` without `from(..)`; remove `", name, "` here"]);
    panic!("{}", message.as_str())
}

/// The index of the access pattern carries the field of the projection.
#[track_caller]
pub const fn carried(table: &TableSchema, entity: &EntitySchema, projection: &str, name: &str, field: &str) {
    let mut at = 0;
    while at < entity.indexes.len() {
        let pattern = &entity.indexes[at];
        if equal(pattern.name, name)
            && let Some(index) = pattern.key.index
            && let Some(attribute) = attribute_of(entity, field)
            && !index.carries(table, attribute)
        {
            let message = Message::new().push(&[
                "the index `",
                index.name,
                "` carries ",
                what(&index),
                ", so `",
                name,
                "` cannot give `",
                attribute,
                "` to `",
                projection,
                "`; add it to the index with `include(\"",
                attribute,
                "\", ..)`, drop the field, or query with `.hydrate()`",
            ]);
            panic!("{}", message.as_str())
        }
        at += 1;
    }
}

/// What is stored as the field; an unknown field is reported as such.
const fn attribute_of(entity: &EntitySchema, field: &str) -> Option<&'static str> {
    let mut at = 0;
    while at < entity.fields.len() {
        if equal(entity.fields[at].name, field) {
            return Some(entity.fields[at].attribute);
        }
        at += 1;
    }
    None
}

const fn stores(entity: &EntitySchema, attribute: &str) -> bool {
    let mut at = 0;
    while at < entity.fields.len() {
        if equal(entity.fields[at].attribute, attribute) {
            return true;
        }
        at += 1;
    }
    false
}

const fn lies_on(entity: &EntitySchema, index: &str) -> bool {
    let mut at = 0;
    while at < entity.indexes.len() {
        if let Some(on) = entity.indexes[at].key.index
            && equal(on.name, index)
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn what(index: &IndexSchema) -> &'static str {
    match index.projection {
        IndexProjection::KeysOnly => "keys only",
        _ => "keys and some attributes",
    }
}
