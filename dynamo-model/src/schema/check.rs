//! Rules between a table and its entities, checked while the user's crate compiles.
//!
//! The derives call these in constants at the spans of the user's own tokens; `#[track_caller]` makes the compiler point
//! there. Each panics with a whole sentence.

use super::message::{Message, equal};
use super::overlap::{may_be_equal, may_start_with};
use super::{EntitySchema, FieldRole, IndexKind, IndexSchema, KeyAttributes, KeyPattern, Schema, TableSchema};
use crate::key::{
    AttributePattern, Element, PARTITION_KEY_LIMIT, PartKind, PartSpec, Placeholder, SORT_KEY_LIMIT, Template,
};

/// Whether a query by `pattern` may meet items of an entity with the key `other`.
pub(super) const fn may_meet(pattern: &KeyPattern, other: &KeyPattern) -> bool {
    let same_index = match (&pattern.index, &other.index) {
        (None, None) => true,
        (Some(a), Some(b)) => equal(a.name, b.name),
        _ => false,
    };
    if !same_index || !may_be_equal(&pattern.partition.template, &other.partition.template) {
        return false;
    }
    match (&pattern.sort, &other.sort) {
        (Some(mine), Some(theirs)) => may_start_with(&theirs.template, mine.template.leading_literal()),
        _ => true,
    }
}

/// The index of this name.
#[track_caller]
#[must_use]
pub const fn index(table: &TableSchema, name: &str, entity: &str) -> IndexSchema {
    let mut at = 0;
    while at < table.indexes.len() {
        if equal(table.indexes[at].name, name) {
            return table.indexes[at];
        }
        at += 1;
    }
    if table.is_broken() {
        return IndexSchema { name: "", kind: IndexKind::Global, key: table.key };
    }
    let mut message = Message::new().push(&["`", entity, "` uses the index `", name, "`, which table `", table.name]);
    message = match table.indexes {
        [] => message.push(&["` does not have; declare it there with `gsi(", name, ", pk = \"..\", sk = \"..\")`"]),
        [first, rest @ ..] => {
            message = message.push(&["` does not have; its indexes are `", first.name, "`"]);
            let mut at = 0;
            while at < rest.len() {
                message = message.push(&[", `", rest[at].name, "`"]);
                at += 1;
            }
            message
        }
    };
    panic!("{}", message.as_str())
}

/// The pattern of a partition key.
#[must_use]
pub const fn partition(entity: &'static str, key: KeyAttributes, template: Template) -> AttributePattern {
    AttributePattern { entity, attribute: key.partition, template, limit: PARTITION_KEY_LIMIT }
}

/// The pattern of a sort key that the entity states; the table or index must have one.
#[track_caller]
#[must_use]
pub const fn sort(entity: &'static str, key: KeyAttributes, template: Template) -> Option<AttributePattern> {
    match key.sort {
        Some(attribute) => Some(AttributePattern { entity, attribute, template, limit: SORT_KEY_LIMIT }),
        None if key.partition.is_empty() => None,
        None => {
            let message = Message::new().push(&[
                "`",
                entity,
                "` gives a sort key where the partition key `",
                key.partition,
                "` has none beside it; remove `sk` here, or add it to the table's attribute",
            ]);
            panic!("{}", message.as_str())
        }
    }
}

/// No sort key stated; the table or index must have none.
#[track_caller]
#[must_use]
pub const fn no_sort(entity: &str, key: KeyAttributes) -> Option<AttributePattern> {
    if let Some(attribute) = key.sort {
        let message = Message::new().push(&[
            "`",
            entity,
            "` gives no sort key, and the key has one in `",
            attribute,
            "`; add `sk = \"..\"` (a literal such as `\"PROFILE\"` will do)",
        ]);
        panic!("{}", message.as_str())
    }
    None
}

/// A local index has the table's partition key, a global one its own.
#[track_caller]
#[must_use]
pub const fn own_partition(entity: &str, index: IndexSchema, stated: bool) -> IndexSchema {
    if index.name.is_empty() {
        return index;
    }
    let message = match (index.kind, stated) {
        (IndexKind::Local, true) => Message::new().push(&[
            "`",
            entity,
            "` gives a partition key for the local index `",
            index.name,
            "`, which has the table's; remove `pk` here",
        ]),
        (IndexKind::Global, false) => Message::new().push(&[
            "`",
            entity,
            "` gives no partition key for the index `",
            index.name,
            "`; add `pk = \"..\"`",
        ]),
        _ => return index,
    };
    panic!("{}", message.as_str())
}

/// A template whose placeholders suit their fields' types.
#[track_caller]
#[must_use]
pub const fn template(entity: &str, pattern: &'static str, elements: &'static [Element]) -> Template {
    let mut at = 0;
    while at < elements.len() {
        if let Element::Part(part) = &elements[at] {
            spec_suits(entity, part);
            if at + 1 < elements.len() {
                followed(entity, part, &elements[at + 1]);
            }
        }
        at += 1;
    }
    Template::new(pattern, elements)
}

#[track_caller]
const fn spec_suits(entity: &str, part: &Placeholder) {
    let (spec, wanted) = match (part.spec, part.kind) {
        (PartSpec::Plain, _)
        | (PartSpec::Lower | PartSpec::Raw, PartKind::Text)
        | (PartSpec::Width(_), PartKind::Unsigned { .. } | PartKind::Signed { .. }) => return,
        (PartSpec::Lower, _) => (":lower", "text"),
        (PartSpec::Raw, _) => (":raw", "text"),
        (PartSpec::Width(_), _) => ("a width", "integers"),
    };
    let message = Message::new().push(&[
        "the placeholder `{",
        part.field,
        "}` of `",
        entity,
        "` asks for `",
        spec,
        "`, which is for ",
        wanted,
        "; write `{",
        part.field,
        "}`",
    ]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn followed(entity: &str, part: &Placeholder, next: &Element) {
    let ends = match next {
        Element::Literal(literal) => !literal.is_empty() && literal.as_bytes()[0] == b'#',
        Element::Part(_) => false,
    };
    if !ends && part.width().is_none() {
        let message = Message::new().push(&[
            "the placeholder `{",
            part.field,
            "}` of `",
            entity,
            "` has no fixed width, so `#` or the end must follow it; write `{",
            part.field,
            "}#`",
        ]);
        panic!("{}", message.as_str())
    }
}

/// The table knows the entity.
#[track_caller]
pub const fn entity(schema: Schema, entity: &EntitySchema) {
    if schema.table.is_broken() {
        return;
    }
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

/// The field's attribute does not stand in the way of the table's own, and a TTL is the table's.
#[track_caller]
pub const fn field(table: &TableSchema, entity: &EntitySchema, at: usize) {
    if table.is_broken() {
        return;
    }
    let field = &entity.fields[at];
    if let Some(purpose) = purpose_of(table, field.attribute)
        && !is_own_key(entity, field.name, field.attribute)
    {
        let message = Message::new().push(&[
            "the field `",
            field.name,
            "` of `",
            entity.name,
            "` is stored as `",
            field.attribute,
            "`, which is ",
            purpose,
            " of table `",
            table.name,
            "`; rename it with `#[serde(rename = \"..\")]`",
        ]);
        panic!("{}", message.as_str())
    }
    if let Some(FieldRole::Ttl) = field.role {
        ttl(table, entity.name, field.name, field.attribute);
    }
}

/// A key attribute may be the field itself where the template is that one field, unescaped.
const fn is_own_key(entity: &EntitySchema, field: &str, attribute: &str) -> bool {
    let mut at = 0;
    while at <= entity.indexes.len() {
        let key = if at == 0 { &entity.primary.key } else { &entity.indexes[at - 1].key };
        if is_bare(&key.partition, field, attribute) {
            return true;
        }
        if let Some(sort) = &key.sort
            && is_bare(sort, field, attribute)
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_bare(pattern: &AttributePattern, field: &str, attribute: &str) -> bool {
    equal(pattern.attribute, attribute)
        && match pattern.template.elements() {
            [Element::Part(part)] => matches!(part.spec, PartSpec::Raw) && equal(part.field, field),
            _ => false,
        }
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
const fn ttl(table: &TableSchema, entity: &str, field: &str, attribute: &str) {
    let message = match table.ttl {
        Some(name) if equal(name, attribute) => return,
        Some(name) => Message::new().push(&[
            "the `ttl` field `",
            field,
            "` of `",
            entity,
            "` is stored as `",
            attribute,
            "`, and table `",
            table.name,
            "` expires items by `",
            name,
            "`; rename it with `#[serde(rename = \"",
            name,
            "\")]`",
        ]),
        None => Message::new().push(&[
            "the field `",
            field,
            "` of `",
            entity,
            "` is marked `ttl`, and table `",
            table.name,
            "` has none; add `ttl = \"",
            attribute,
            "\"` to its `#[table(..)]`",
        ]),
    };
    panic!("{}", message.as_str())
}

/// No other entity of the table can write this one's keys or bear its type name.
#[track_caller]
pub const fn variant(schema: Schema, at: usize) {
    let entity = schema.entities[at];
    let mut stored = 0;
    while !entity.checked && stored < entity.fields.len() {
        field(schema.table, entity, stored);
        stored += 1;
    }
    let mut other = 0;
    while other < schema.entities.len() {
        if other != at && !entity.is_broken() && !schema.entities[other].is_broken() {
            apart(schema.table, entity, schema.entities[other]);
        }
        other += 1;
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
