//! The entities of a table against each other.

use super::{
    enough, field,
    native::native_types,
    one_text, template,
    unique::{apart_from_uniques, unique_fields},
};
use crate::schema::message::{Message, equal};
use crate::schema::overlap::may_be_equal;
use crate::schema::{EntitySchema, Schema, TableSchema};

/// The table knows the entity.
#[track_caller]
pub const fn entity(schema: Schema, entity: &EntitySchema) {
    let mut at = 0;
    while at < schema.entities.len() {
        if equal(schema.entities[at].name, entity.name) {
            return;
        }
        at += 1;
    }
    let message = Message::new().push(&[
        "`",
        entity.name,
        "` lies in table `",
        schema.table.name,
        "`, whose enum has no variant for it; add `",
        entity.name,
        "(",
        entity.name,
        ")` there",
    ]);
    panic!("{}", message.as_str())
}

/// No other entity of the table can write this one's keys or bear its type name.
#[track_caller]
pub const fn variant(schema: Schema, at: usize) {
    let entity = schema.entities[at];
    if !entity.checked {
        check_whole(schema.table, entity);
    }
    let mut other = 0;
    while other < schema.entities.len() {
        if other != at {
            apart(schema.table, entity, schema.entities[other]);
        }
        other += 1;
    }
    apart_from_uniques(schema, entity);
    native_types(schema, at);
}

/// What the derive of a generic entity leaves to the table, which knows the concrete type.
#[track_caller]
const fn check_whole(table: &TableSchema, entity: &EntitySchema) {
    template::key(entity.name, &entity.primary.key);
    let mut at = 0;
    while at < entity.indexes.len() {
        template::key(entity.name, &entity.indexes[at].key);
        one_text(entity, at);
        enough(table, entity, at);
        at += 1;
    }
    unique_fields(entity);
    let mut at = 0;
    while at < entity.fields.len() {
        field(table, entity, at);
        at += 1;
    }
}

#[track_caller]
const fn apart(table: &TableSchema, entity: &EntitySchema, other: &EntitySchema) {
    if equal(entity.type_name, other.type_name) {
        let message = Message::new().push(&[
            "`",
            entity.name,
            "` and `",
            other.name,
            "` are both stored as `",
            table.type_attribute,
            "` = `",
            entity.type_name,
            "`; give one of them `#[entity(type_name = \"..\")]`",
        ]);
        panic!("{}", message.as_str())
    }
    let (mine, theirs) = (&entity.primary.key, &other.primary.key);
    let sorts_meet = match (&mine.sort, &theirs.sort) {
        (Some(a), Some(b)) => may_be_equal(&a.template, &b.template),
        _ => true,
    };
    if sorts_meet && may_be_equal(&mine.partition.template, &theirs.partition.template) {
        let mut message = describe(Message::new(), entity).push(&[" and "]);
        message = describe(message, other).push(&[
            " can write the same key, so one could overwrite the other; begin one of them with a literal of its own",
        ]);
        panic!("{}", message.as_str())
    }
}

const fn describe(message: Message, entity: &EntitySchema) -> Message {
    let key = &entity.primary.key;
    let message = message.push(&["`", entity.name, "` (pk = \"", key.partition.template.pattern(), "\""]);
    match &key.sort {
        Some(sort) => message.push(&[", sk = \"", sort.template.pattern(), "\")"]),
        None => message.push(&[")"]),
    }
}
