//! The members of a collection against each other.

use crate::key::{Element, PartKind, PartSpec, Template};
use crate::schema::collection::key_on;
use crate::schema::message::{Message, equal};
use crate::schema::{CollectionSchema, EntitySchema, KeyPattern, TableSchema};

/// The member at this position lies in the first one's partition, and is there once.
#[track_caller]
pub const fn member(collection: &CollectionSchema, at: usize, first: &TableSchema, table: &TableSchema) {
    let entity = collection.members[at];
    once(collection, at);
    if let Some(index) = collection.index
        && (table.index(index).is_none() || table.native_index(index).is_some())
    {
        // Reported at its name.
        return;
    }
    let Some(key) = key_on(entity, collection.index) else { not_on_index(collection, entity) };
    if key.partition.template.is_spread() {
        spread(collection, entity, key)
    }
    let other = collection.members[0];
    if let Some(shared) = key_on(other, collection.index)
        && shared.partition.template.is_spread()
    {
        // Reported at the first member.
        return;
    }
    // A member of another table, and a first one that is not on the index, are reported in their places.
    if let (Some(shared), true) = (key_on(other, collection.index), equal(first.name, table.name))
        && !same_shape(&key.partition.template, &shared.partition.template)
    {
        apart(collection, (entity, key), (other, shared))
    }
}

#[track_caller]
const fn once(collection: &CollectionSchema, at: usize) {
    let entity = collection.members[at];
    let mut other = 0;
    while other < at {
        if equal(collection.members[other].type_name, entity.type_name) {
            let message = Message::new().push(&[
                "`",
                entity.name,
                "` is in `",
                collection.name,
                "` already, and an item has one place; remove it here",
            ]);
            panic!("{}", message.as_str())
        }
        other += 1;
    }
}

#[track_caller]
const fn not_on_index(collection: &CollectionSchema, entity: &EntitySchema) -> ! {
    let index = match collection.index {
        Some(index) => index,
        None => "",
    };
    let message = Message::new().push(&[
        "`",
        entity.name,
        "` has no key on the index `",
        index,
        "`, which `",
        collection.name,
        "` reads; give it one with `#[entity(index(",
        index,
        ", ..))]`, or remove it here",
    ]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn spread(collection: &CollectionSchema, entity: &EntitySchema, key: &KeyPattern) -> ! {
    let message = Message::new().push(&[
        "`",
        entity.name,
        "` (pk = \"",
        key.partition.template.pattern(),
        "\") is spread over several partitions, and `",
        collection.name,
        "` reads one; query `",
        entity.name,
        "` by itself, and remove it here",
    ]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn apart(
    collection: &CollectionSchema,
    (entity, key): (&EntitySchema, &KeyPattern),
    (other, shared): (&EntitySchema, &KeyPattern),
) -> ! {
    if equal(key.partition.template.pattern(), shared.partition.template.pattern()) {
        let message = Message::new().push(&[
            "`",
            entity.name,
            "` and `",
            other.name,
            "` write \"",
            key.partition.template.pattern(),
            "\" from fields of different types, so they lie in different partitions, and `",
            collection.name,
            "` reads one; give the fields the same type, or remove `",
            entity.name,
            "` here",
        ]);
        panic!("{}", message.as_str())
    }
    let message = Message::new().push(&[
        "`",
        entity.name,
        "` (pk = \"",
        key.partition.template.pattern(),
        "\") and `",
        other.name,
        "` (pk = \"",
        shared.partition.template.pattern(),
        "\") lie in different partitions, and `",
        collection.name,
        "` reads one; give them the same template, or remove `",
        entity.name,
        "` here",
    ]);
    panic!("{}", message.as_str())
}

/// Whether the templates give one text for the same values, whatever their fields are called.
const fn same_shape(a: &Template, b: &Template) -> bool {
    let (a, b) = (a.elements(), b.elements());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        let same = match (&a[at], &b[at]) {
            (Element::Literal(a), Element::Literal(b)) => equal(a, b),
            (Element::Part(a), Element::Part(b)) => same_spec(a.spec, b.spec) && same_kind(a.kind, b.kind),
            _ => false,
        };
        if !same {
            return false;
        }
        at += 1;
    }
    true
}

const fn same_spec(a: PartSpec, b: PartSpec) -> bool {
    match (a, b) {
        (PartSpec::Plain, PartSpec::Plain) | (PartSpec::Lower, PartSpec::Lower) | (PartSpec::Raw, PartSpec::Raw) => {
            true
        }
        (PartSpec::Width(a), PartSpec::Width(b)) => a == b,
        _ => false,
    }
}

const fn same_kind(a: PartKind, b: PartKind) -> bool {
    match (a, b) {
        (PartKind::Text, PartKind::Text) => true,
        (PartKind::Unsigned { width: a }, PartKind::Unsigned { width: b })
        | (PartKind::Signed { width: a }, PartKind::Signed { width: b })
        | (PartKind::Fixed { width: a }, PartKind::Fixed { width: b }) => a == b,
        (PartKind::Names(a), PartKind::Names(b)) => same_names(a, b),
        _ => false,
    }
}

const fn same_names(a: &[&str], b: &[&str]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if !equal(a[at], b[at]) {
            return false;
        }
        at += 1;
    }
    true
}
