//! Native indexes: an entity's fields against the attributes that its table names.

use crate::schema::message::{Message, equal};
use crate::schema::{EntitySchema, NativeField, NativeIndexSchema, Schema, TableSchema};

/// The table has the index.
#[track_caller]
pub const fn native_index(table: &TableSchema, entity: &str, name: &str) {
    if table.native_index(name).is_none() && table.index(name).is_none() {
        super::index::missing(table, entity, name)
    }
}

/// The table has the index as a native one.
#[track_caller]
pub const fn native_kind(table: &TableSchema, entity: &str, name: &str) {
    if table.index(name).is_none() {
        return;
    }
    let message = Message::new().push(&[
        "`",
        entity,
        "` gives fields for the index `",
        name,
        "`, which is not native on table `",
        table.name,
        "`; give templates with `pk = \"..\"`, or declare it there with `native(..)`",
    ]);
    panic!("{}", message.as_str())
}

/// The same for an entity that gives templates.
#[track_caller]
pub(super) const fn composed(index: &NativeIndexSchema, table: &TableSchema, entity: &str) -> ! {
    let message = Message::new().push(&[
        "`",
        entity,
        "` gives templates for the index `",
        index.name,
        "`, which is native on table `",
        table.name,
        "`; name the fields that are its attributes, ",
    ]);
    let message = list(message.push(&["`native(pk = (..), sk = (..))` for "]), index.partition);
    let message = if index.sort.is_empty() { message } else { list(message.push(&[", then "]), index.sort) };
    panic!("{}", message.as_str())
}

/// The collection reads a composed index, or the table.
#[track_caller]
pub const fn collection_index(table: &TableSchema, collection: &str, name: &str) {
    if table.native_index(name).is_none() {
        super::index::index(table, collection, name);
        return;
    }
    let message = Message::new().push(&[
        "`",
        collection,
        "` reads the index `",
        name,
        "`, which is native, and a collection is read by a key that its members share as one text; query each entity by itself, or \
         declare the index with `pk = \"..\"`",
    ]);
    panic!("{}", message.as_str())
}

/// As many fields as the index has attributes in this part of its key.
#[track_caller]
pub const fn native_count(table: &TableSchema, entity: &str, name: &str, is_sort: bool, given: usize) {
    let Some(index) = table.native_index(name) else { return };
    let attributes = part(&index, is_sort);
    if attributes.len() == given {
        return;
    }
    let message = Message::new().push(&[
        "`",
        entity,
        "` names ",
        number(given),
        " for the ",
        if is_sort { "sort key" } else { "partition key" },
        " of index `",
        name,
        "`, which has ",
    ]);
    let message = if attributes.is_empty() {
        message.push(&["none; remove `sk` here"])
    } else {
        list(message, attributes).push(&["; name the field of each, in this order"])
    };
    panic!("{}", message.as_str())
}

/// The field at this position is stored as the index's attribute there. Of several that are not, the first is reported.
#[track_caller]
pub const fn native_field(
    table: &TableSchema,
    entity: &str,
    name: &str,
    is_sort: bool,
    stored: &[&str],
    at: usize,
    field: &str,
) {
    let Some(index) = table.native_index(name) else { return };
    let attributes = part(&index, is_sort);
    if attributes.len() != stored.len() || equal(attributes[at], stored[at]) {
        return;
    }
    let mut earlier = 0;
    while earlier < at {
        if !equal(attributes[earlier], stored[earlier]) {
            return;
        }
        earlier += 1;
    }
    let message = Message::new().push(&[
        "the field `",
        field,
        "` of `",
        entity,
        "` is stored as `",
        stored[at],
        "`, and index `",
        name,
        "` has `",
        attributes[at],
        "` in this place; ",
    ]);
    let message = if has(attributes, stored[at]) {
        list(message.push(&["name the fields in the index's order, "]), attributes)
    } else {
        message.push(&[
            "name the field that is stored so, or rename this one with `#[serde(rename = \"",
            attributes[at],
            "\")]`",
        ])
    };
    panic!("{}", message.as_str())
}

/// An entity uses the index, so that the types of its attributes are known.
#[track_caller]
pub const fn native_used(schema: Schema, at: usize) {
    let index = &schema.table.native_indexes[at];
    let mut entity = 0;
    while entity < schema.entities.len() {
        if uses(schema.entities[entity], index.name) {
            return;
        }
        entity += 1;
    }
    let message = Message::new().push(&[
        "no entity uses the native index `",
        index.name,
        "`, so the types of its attributes are not known; remove it, or write `#[entity(index(",
        index.name,
        ", name = .., native(..)))]` on one",
    ]);
    panic!("{}", message.as_str())
}

/// An entity that gives templates for the index is told so.
const fn uses(entity: &EntitySchema, name: &str) -> bool {
    let mut at = 0;
    while at < entity.native_indexes.len() {
        if equal(entity.native_indexes[at].index, name) {
            return true;
        }
        at += 1;
    }
    let mut at = 0;
    while at < entity.indexes.len() {
        if let Some(index) = entity.indexes[at].key.index
            && equal(index.name, name)
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Each attribute of the entity's native keys has the type that other entities give it.
#[track_caller]
pub(super) const fn native_types(schema: Schema, at: usize) {
    let entity = schema.entities[at];
    let mut pattern = 0;
    while pattern < entity.native_indexes.len() {
        let own = &entity.native_indexes[pattern];
        let mut field = 0;
        while field < own.partition.len() + own.sort.len() {
            let own = if field < own.partition.len() {
                &own.partition[field]
            } else {
                &own.sort[field - own.partition.len()]
            };
            one_type(schema, at, own);
            field += 1;
        }
        pattern += 1;
    }
}

#[track_caller]
const fn one_type(schema: Schema, at: usize, own: &NativeField) {
    let mut other = 0;
    while other < schema.entities.len() {
        let entity = schema.entities[other];
        let mut pattern = 0;
        while pattern < entity.native_indexes.len() {
            let key = &entity.native_indexes[pattern];
            agree(schema.entities[at].name, own, entity.name, key.partition);
            agree(schema.entities[at].name, own, entity.name, key.sort);
            pattern += 1;
        }
        other += 1;
    }
}

#[track_caller]
const fn agree(entity: &str, own: &NativeField, other: &str, fields: &[NativeField]) {
    let mut at = 0;
    while at < fields.len() {
        let (mine, theirs) = (own.form.scalar(), fields[at].form.scalar());
        if equal(own.attribute, fields[at].attribute) && mine as u8 != theirs as u8 {
            let message = Message::new().push(&[
                "`",
                entity,
                "` stores the key attribute `",
                own.attribute,
                "` as ",
                mine.words(),
                " and `",
                other,
                "` as ",
                theirs.words(),
                ", and DynamoDB takes one type; give the fields the same type, or rename one",
            ]);
            panic!("{}", message.as_str())
        }
        at += 1;
    }
}

const fn has(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if equal(names[at], name) {
            return true;
        }
        at += 1;
    }
    false
}

const fn part(index: &NativeIndexSchema, is_sort: bool) -> &'static [&'static str] {
    if is_sort { index.sort } else { index.partition }
}

const fn number(count: usize) -> &'static str {
    match count {
        0 => "no field",
        1 => "1 field",
        2 => "2 fields",
        3 => "3 fields",
        _ => "4 fields",
    }
}

/// `` `orgId`, `status` ``
const fn list(mut message: Message, names: &[&str]) -> Message {
    let mut at = 0;
    while at < names.len() {
        message = message.push(&[if at == 0 { "`" } else { ", `" }, names[at], "`"]);
        at += 1;
    }
    message
}
