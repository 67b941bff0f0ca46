//! An entity's keys against the key attributes of its table and the table's indexes.

use super::native::composed;
use crate::key::AttributePattern;
use crate::schema::message::{Message, equal};
use crate::schema::{EntitySchema, IndexKind, IndexSchema, KeyAttributes, KeyPattern, TableSchema};

/// The table has the index.
#[track_caller]
pub const fn index(table: &TableSchema, entity: &str, name: &str) {
    if let Some(native) = table.native_index(name) {
        composed(&native, table, entity)
    }
    if table.index(name).is_none() {
        missing(table, entity, name)
    }
}

/// The entity states a partition key for an index exactly if the index has its own.
#[track_caller]
pub const fn partition_key(table: &TableSchema, entity: &str, name: &str, states_partition: bool) {
    // A missing index is reported at its name.
    let Some(index) = table.index(name) else { return };
    let message = match (index.kind, states_partition) {
        (IndexKind::Local, true) => Message::new().push(&[
            "`",
            entity,
            "` gives a partition key for the local index `",
            name,
            "`, which has the table's; remove `pk` here",
        ]),
        (IndexKind::Global, false) => Message::new().push(&[
            "`",
            entity,
            "` gives no partition key for the global index `",
            name,
            "`; add `pk = \"..\"`",
        ]),
        _ => return,
    };
    panic!("{}", message.as_str())
}

#[track_caller]
pub(super) const fn missing(table: &TableSchema, entity: &str, name: &str) -> ! {
    let mut message =
        Message::new().push(&["`", entity, "` uses the index `", name, "`, which table `", table.name, "` "]);
    message = match table.indexes {
        [] if !table.native_indexes.is_empty() => {
            message.push(&["does not have; it has the native `", table.native_indexes[0].name, "`"])
        }
        [] => message.push(&["does not have; declare it there with `gsi(", name, ", pk = \"..\", sk = \"..\")`"]),
        [only] => message.push(&["does not have; it has `", only.name, "`"]),
        [first, rest @ ..] => {
            message = message.push(&["does not have; it has `", first.name]);
            let mut at = 0;
            while at < rest.len() {
                message = message.push(&["`, `", rest[at].name]);
                at += 1;
            }
            message.push(&["`"])
        }
    };
    panic!("{}", message.as_str())
}

/// The entity states a sort key exactly if the table, or the index of this name, has one.
#[track_caller]
pub const fn sort_key(table: &TableSchema, entity: &str, name: Option<&str>, states_sort: bool) {
    let (what, name, key) = match name {
        None => ("table", table.name, table.key),
        Some(name) => match table.index(name) {
            Some(index) => ("index", name, index.key),
            None => return,
        },
    };
    let message = match (key, states_sort) {
        (KeyAttributes { sort: Some(attribute), .. }, false) => Message::new().push(&[
            "`",
            entity,
            "` gives no sort key, and ",
            what,
            " `",
            name,
            "` has one in `",
            attribute,
            "`; add `sk = \"..\"`, for which a literal such as `\"PROFILE\"` will do",
        ]),
        (KeyAttributes { sort: None, .. }, true) => Message::new().push(&[
            "`",
            entity,
            "` gives a sort key, and ",
            what,
            " `",
            name,
            "` has none; remove `sk` here, or add `sk = \"..\"` to the ",
            what,
        ]),
        _ => return,
    };
    panic!("{}", message.as_str())
}

/// An attribute that is in two keys, such as those of an inverted index, holds one text.
#[track_caller]
pub const fn one_text(entity: &EntitySchema, at: usize) {
    let key = &entity.indexes[at].key;
    let is_local = matches!(key.index, Some(IndexSchema { kind: IndexKind::Local, .. }));
    let mut other = 0;
    while other <= at {
        let (earlier, place) = if other == 0 {
            (&entity.primary.key, None)
        } else {
            (&entity.indexes[other - 1].key, entity.indexes[other - 1].key.index)
        };
        let place = match place {
            None => "the primary key",
            Some(index) => index.name,
        };
        if !is_local {
            // A local index has the table's partition key, whatever the entity says.
            agree(entity.name, &key.partition, earlier, place);
        }
        if let Some(sort) = &key.sort {
            agree(entity.name, sort, earlier, place);
        }
        other += 1;
    }
}

#[track_caller]
const fn agree(entity: &str, mine: &AttributePattern, key: &KeyPattern, place: &str) {
    let theirs = if equal(key.partition.attribute, mine.attribute) {
        &key.partition
    } else {
        match &key.sort {
            Some(sort) if equal(sort.attribute, mine.attribute) => sort,
            _ => return,
        }
    };
    if !mine.attribute.is_empty() && !equal(mine.template.pattern(), theirs.template.pattern()) {
        let message = Message::new().push(&[
            "`",
            entity,
            "` gives the attribute `",
            mine.attribute,
            "` the template \"",
            mine.template.pattern(),
            "\" here and \"",
            theirs.template.pattern(),
            "\" in ",
            place,
            ", and an attribute has one value; write the same template",
        ]);
        panic!("{}", message.as_str())
    }
}

/// The index at this position shares no attribute with one that an update changes without it: where one of them is left
/// out of the item, the other would lose its key.
#[track_caller]
pub const fn alone(layout: &TableSchema, entity: &str, name: &str, other: &str) {
    let (Some(mine), Some(theirs)) = (layout.index(name), layout.index(other)) else { return };
    let shared = if shares(layout, &theirs.key, mine.key.partition) {
        mine.key.partition
    } else {
        match mine.key.sort {
            Some(sort) if shares(layout, &theirs.key, sort) => sort,
            _ => return,
        }
    };
    let message = Message::new().push(&[
        "`",
        other,
        "` and `",
        name,
        "` share the attribute `",
        shared,
        "`, and `",
        entity,
        "` may be in one of them only, so leaving one would take the key of the other; give each index attributes of \
         its own",
    ]);
    panic!("{}", message.as_str())
}

/// Whether the key has the attribute, which is none of the table's own key.
const fn shares(table: &TableSchema, key: &KeyAttributes, attribute: &str) -> bool {
    has(key, attribute) && !has(&table.key, attribute)
}

const fn has(key: &KeyAttributes, attribute: &str) -> bool {
    equal(key.partition, attribute)
        || match key.sort {
            Some(sort) => equal(sort, attribute),
            None => false,
        }
}
