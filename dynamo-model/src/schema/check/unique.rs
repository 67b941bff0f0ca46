//! Unique constraints, and the items that hold their values.

use super::template::spec_suits;
use crate::key::Element;
use crate::schema::message::{Message, equal};
use crate::schema::overlap::may_be_equal;
use crate::schema::{EntitySchema, KeyPattern, Schema, UniqueSchema};

/// The format of the constraint's field at this position suits the field's type.
#[track_caller]
pub const fn unique_field(entity: &EntitySchema, unique: usize, field: usize) {
    let elements = entity.uniques[unique].key.partition.template.elements();
    let (mut at, mut seen) = (0, 0);
    while at < elements.len() {
        if let Element::Part(part) = &elements[at] {
            if seen == field {
                spec_suits(entity.name, part);
            }
            seen += 1;
        }
        at += 1;
    }
}

/// The same for every field of every constraint.
#[track_caller]
pub(super) const fn unique_fields(entity: &EntitySchema) {
    let mut at = 0;
    while at < entity.uniques.len() {
        let mut field = 0;
        while field < entity.uniques[at].fields.len() {
            unique_field(entity, at, field);
            field += 1;
        }
        at += 1;
    }
}

/// The entity's items cannot have the key of an item that holds unique values, and cannot be taken for one.
#[track_caller]
pub(super) const fn apart_from_uniques(schema: Schema, entity: &EntitySchema) {
    if equal(entity.type_name, "UNIQUE") {
        let message = Message::new().push(&[
            "`",
            entity.name,
            "` is stored as `",
            schema.table.type_attribute,
            "` = `UNIQUE`, which marks the items that hold unique values; give it `#[entity(type_name = \"..\")]`",
        ]);
        panic!("{}", message.as_str())
    }
    let mut at = 0;
    while at < schema.entities.len() {
        let other = schema.entities[at];
        let mut unique = 0;
        while unique < other.uniques.len() {
            let held = &other.uniques[unique];
            if may_meet(&entity.primary.key, &held.key) {
                meets(entity, other, held);
            }
            unique += 1;
        }
        at += 1;
    }
}

const fn may_meet(mine: &KeyPattern, theirs: &KeyPattern) -> bool {
    let sorts_meet = match (&mine.sort, &theirs.sort) {
        (Some(a), Some(b)) => may_be_equal(&a.template, &b.template),
        _ => true,
    };
    sorts_meet && may_be_equal(&mine.partition.template, &theirs.partition.template)
}

#[track_caller]
const fn meets(entity: &EntitySchema, other: &EntitySchema, held: &UniqueSchema) -> ! {
    let mut message = Message::new().push(&[
        "`",
        entity.name,
        "` (pk = \"",
        entity.primary.key.partition.template.pattern(),
        "\") can write the key \"",
        held.key.partition.template.pattern(),
        "\" of the items that keep `",
        held.fields[0],
    ]);
    let mut at = 1;
    while at < held.fields.len() {
        message = message.push(&["` and `", held.fields[at]]);
        at += 1;
    }
    let message = message.push(&[
        "` of `",
        other.name,
        "` unique; begin the key of `",
        entity.name,
        "` with a literal of its own",
    ]);
    panic!("{}", message.as_str())
}
