//! An entity's fields against the attributes that the table keeps for itself.

use crate::key::{AttributePattern, Element, PartSpec};
use crate::schema::message::{Message, equal};
use crate::schema::{EntitySchema, FieldRole, FieldSchema, KeyAttributes, TableSchema};

/// The field's attribute does not stand in the way of the table's own, and a TTL is the table's.
#[track_caller]
pub const fn field(table: &TableSchema, entity: &EntitySchema, at: usize) {
    let field = &entity.fields[at];
    if let Some(purpose) = purpose_of(table, field.attribute) {
        match own_key(entity, field) {
            OwnKey::Same => {}
            OwnKey::Escaped => refuse(table, entity.name, field, purpose, Way::Raw),
            OwnKey::Other => refuse(table, entity.name, field, purpose, Way::Rename),
        }
    }
    match (field.role, table.ttl) {
        (Some(FieldRole::Ttl), _) => ttl(table, entity.name, field),
        (_, Some(attribute)) if equal(attribute, field.attribute) => unmarked(table, entity.name, field),
        _ => {}
    }
}

/// Whether a field of the entity is stored as an attribute that the table keeps for itself.
pub(crate) const fn stores_keys(table: &TableSchema, entity: &EntitySchema) -> bool {
    let mut at = 0;
    while at < entity.fields.len() {
        if purpose_of(table, entity.fields[at].attribute).is_some() {
            return true;
        }
        at += 1;
    }
    false
}

/// What a field is to the key attribute whose name it bears.
enum OwnKey {
    /// The template is the field alone, unescaped: both are the same text.
    Same,
    /// The template is the field alone, but escaped.
    Escaped,
    /// Another text.
    Other,
}

const fn own_key(entity: &EntitySchema, field: &FieldSchema) -> OwnKey {
    let mut at = 0;
    while at <= entity.indexes.len() {
        let key = if at == 0 { &entity.primary.key } else { &entity.indexes[at - 1].key };
        if let Some(own) = is_bare(&key.partition, field) {
            return own;
        }
        if let Some(sort) = &key.sort
            && let Some(own) = is_bare(sort, field)
        {
            return own;
        }
        at += 1;
    }
    OwnKey::Other
}

const fn is_bare(pattern: &AttributePattern, field: &FieldSchema) -> Option<OwnKey> {
    if !equal(pattern.attribute, field.attribute) {
        return None;
    }
    match pattern.template.elements() {
        [Element::Part(part)] if equal(part.field, field.name) => Some(match part.spec {
            PartSpec::Raw => OwnKey::Same,
            PartSpec::Shard(_) | PartSpec::Period(_) => OwnKey::Other,
            _ => OwnKey::Escaped,
        }),
        _ => None,
    }
}

/// The way out of a clash.
#[derive(Clone, Copy)]
enum Way {
    Rename,
    Raw,
}

#[track_caller]
const fn refuse(table: &TableSchema, entity: &str, field: &FieldSchema, purpose: &str, way: Way) -> ! {
    let message = Message::new().push(&[
        "the field `",
        field.name,
        "` of `",
        entity,
        "` is stored as `",
        field.attribute,
        "`, which is ",
        purpose,
        " of table `",
        table.name,
    ]);
    let message = match way {
        Way::Rename => message.push(&["`; rename it with `#[serde(rename = \"..\")]`"]),
        Way::Raw => message.push(&[
            "`; write the template `\"{",
            field.name,
            ":raw}\"`, so that both are one text, or rename it with `#[serde(rename = \"..\")]`",
        ]),
    };
    panic!("{}", message.as_str())
}

const fn purpose_of(table: &TableSchema, attribute: &str) -> Option<&'static str> {
    if is_key(&table.key, attribute) {
        return Some("a key attribute");
    }
    if equal(table.type_attribute, attribute) {
        return Some("the type attribute");
    }
    let mut at = 0;
    while at < table.indexes.len() {
        if is_key(&table.indexes[at].key, attribute) {
            return Some("an index key attribute");
        }
        at += 1;
    }
    None
}

const fn is_key(key: &KeyAttributes, attribute: &str) -> bool {
    equal(key.partition, attribute)
        || match key.sort {
            Some(sort) => equal(sort, attribute),
            None => false,
        }
}

#[track_caller]
const fn ttl(table: &TableSchema, entity: &str, field: &FieldSchema) {
    let message = Message::new().push(&["the `ttl` field `", field.name, "` of `", entity, "` is stored as `"]);
    let message = match table.ttl {
        Some(name) if equal(name, field.attribute) => return,
        Some(name) => message.push(&[
            field.attribute,
            "`, and table `",
            table.name,
            "` expires items by `",
            name,
            "`; rename it with `#[serde(rename = \"",
            name,
            "\")]`",
        ]),
        None => message.push(&[
            field.attribute,
            "`, and table `",
            table.name,
            "` expires no items; add `ttl = \"",
            field.attribute,
            "\"` to its `#[table(..)]`",
        ]),
    };
    panic!("{}", message.as_str())
}

/// A field by which DynamoDB expires the item, whether its author knows or not.
#[track_caller]
const fn unmarked(table: &TableSchema, entity: &str, field: &FieldSchema) -> ! {
    let message = Message::new().push(&[
        "the field `",
        field.name,
        "` of `",
        entity,
        "` is stored as `",
        field.attribute,
        "`, by which table `",
        table.name,
        "` expires items; mark it with `#[entity(ttl)]`, or rename it with `#[serde(rename = \"..\")]`",
    ]);
    panic!("{}", message.as_str())
}
