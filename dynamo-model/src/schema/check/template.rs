//! A template's placeholders against the types of their fields.

use crate::key::{Element, PartKind, PartSpec, Period, Placeholder, Template};
use crate::schema::message::Message;
use crate::schema::{EntitySchema, KeyPattern};

/// Which template of an entity is meant.
pub enum TemplateOf {
    /// The partition key of the primary key.
    Partition,
    /// The sort key of the primary key.
    Sort,
    /// The partition key of the index at this position.
    IndexPartition(usize),
    /// The sort key of the index at this position.
    IndexSort(usize),
}

/// Each placeholder of the template suits its field's type and can be told from what follows it.
#[track_caller]
pub const fn template(entity: &EntitySchema, which: &TemplateOf) {
    let (key, is_sort) = match which {
        TemplateOf::Partition => (&entity.primary.key, false),
        TemplateOf::Sort => (&entity.primary.key, true),
        TemplateOf::IndexPartition(at) => (&entity.indexes[*at].key, false),
        TemplateOf::IndexSort(at) => (&entity.indexes[*at].key, true),
    };
    if !is_sort {
        suits(entity.name, &key.partition.template);
    } else if let Some(sort) = &key.sort {
        suits(entity.name, &sort.template);
    }
}

/// The same for every template of the key.
#[track_caller]
pub(super) const fn key(entity: &str, key: &KeyPattern) {
    suits(entity, &key.partition.template);
    if let Some(sort) = &key.sort {
        suits(entity, &sort.template);
    }
}

#[track_caller]
const fn suits(entity: &str, template: &Template) {
    let elements = template.elements();
    let mut at = 0;
    while at < elements.len() {
        if let Element::Part(part) = &elements[at] {
            spec_suits(entity, part);
            if at + 1 < elements.len() {
                can_be_followed(entity, part, &elements[at + 1]);
            }
        }
        at += 1;
    }
}

#[track_caller]
pub(super) const fn spec_suits(entity: &str, part: &Placeholder) {
    match (part.spec, part.kind) {
        (PartSpec::Shard(_), PartKind::Names(_)) => few_values(entity, part),
        (PartSpec::Period(Period::Hour), PartKind::Fixed { width: 10 }) => no_hours(entity, part),
        // Whether it is a time at all is asked of its type.
        (PartSpec::Shard(_) | PartSpec::Period(_), _) => return,
        _ => {}
    }
    let (spec, wanted) = match (part.spec, part.kind) {
        (PartSpec::Plain, _)
        | (PartSpec::Lower | PartSpec::Raw, PartKind::Text)
        | (PartSpec::Width(_), PartKind::Unsigned { .. } | PartKind::Signed { .. }) => return,
        (PartSpec::Lower, _) => ("`:lower`", "text"),
        (PartSpec::Raw, _) => ("`:raw`", "text"),
        _ => ("a width", "integers"),
    };
    let message = Message::new().push(&[
        "the placeholder `{",
        part.field,
        "}` of `",
        entity,
        "` asks for ",
        spec,
        ", which is for ",
        wanted,
        "; write `{",
        part.field,
        "}`",
    ]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn no_hours(entity: &str, part: &Placeholder) -> ! {
    let message = Message::new().push(&[
        "the placeholder `{",
        part.field,
        ":hour}` of `",
        entity,
        "` asks for the hour, which a date has not; write `{",
        part.field,
        ":day}`",
    ]);
    panic!("{}", message.as_str())
}

/// All items of one value lie in one shard.
#[track_caller]
const fn few_values(entity: &str, part: &Placeholder) -> ! {
    let message = Message::new().push(&[
        "the placeholder `{",
        part.field,
        "}` of `",
        entity,
        "` asks for a shard, and has too few values to be spread by; use a field that differs from item to item, such \
         as an id",
    ]);
    panic!("{}", message.as_str())
}

#[track_caller]
const fn can_be_followed(entity: &str, part: &Placeholder, next: &Element) {
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
