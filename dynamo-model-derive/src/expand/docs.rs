//! The words of generated documentation.

use syn::ext::IdentExt as _;

use crate::{
    diag::list,
    model::{Entity, Field, Group, Pattern, Setter, Template, Touch},
};

pub(super) fn key_struct(entity: &Entity<'_>) -> String {
    format!("The primary key of a [`{}`]: {}.", entity.input.ident.unraw(), primary(entity))
}

pub(super) fn key_field(field: &str) -> String {
    format!("The `{field}` of the key.")
}

pub(super) fn key_new() -> &'static str {
    "A key from its parts."
}

pub(super) fn get(entity: &Entity<'_>) -> String {
    format!("Reads the `{}` with this key ({}); `None` if there is none.", entity.input.ident.unraw(), primary(entity))
}

pub(super) fn exists(entity: &Entity<'_>) -> String {
    format!("Asks whether the `{}` with this key exists.", entity.input.ident.unraw())
}

pub(super) fn delete(entity: &Entity<'_>) -> String {
    format!("Deletes the `{}` with this key, if there is one.", entity.input.ident.unraw())
}

pub(super) fn update(entity: &Entity<'_>) -> String {
    let text = format!(
        "Changes fields of the `{}` with this key; nothing until `set` says which.",
        entity.input.ident.unraw()
    );
    let unknown = entity.indexes.iter().find(|index| entity.touch(index) == Touch::Unknown);
    match unknown {
        Some(index) => format!(
            "{text}\n\nIt is refused: the key that `{}` queries by changes with every write, and an update does not know \
             all of its values. `modify` and `put` do.",
            index.name.unraw()
        ),
        None => text,
    }
}

pub(super) fn modify(entity: &Entity<'_>) -> String {
    format!(
        "Reads the `{}` with this key, applies `change` to it, and writes what differs, again if another write came \
         between.",
        entity.input.ident.unraw()
    )
}

/// The fields for expressions.
pub(super) fn fields(entity: &Entity<'_>) -> String {
    format!("The fields of a [`{}`], for conditions, changes and projections.", entity.input.ident.unraw())
}

/// The fields of a nested struct.
pub(super) fn document(name: &str) -> String {
    format!("The fields of a [`{name}`] inside an `E`, for conditions, changes and projections.")
}

/// One field of a nested struct.
pub(super) fn nested_field(field: &Field<'_>) -> String {
    format!("The field `{}`, stored as `{}`.", field.ident.unraw(), field.attribute)
}

/// One field for expressions.
pub(super) fn field(entity: &Entity<'_>, at: usize) -> String {
    let field = &entity.fields[at];
    let text = nested_field(field);
    match entity.setter(at) {
        Setter::Free | Setter::Optional => text,
        Setter::Key => format!("{text} It is part of the primary key, so it is never set."),
        Setter::Maintained => format!("{text} The library maintains it."),
        Setter::Tied => {
            let group = entity.groups.iter().find(|group| group.fields.contains(&at));
            let others = group.map(|group| group.fields.iter().copied().filter(|field| *field != at).collect());
            match others.map(|others: Vec<usize>| names(entity, &others)) {
                Some(others) if !others.is_empty() => format!("{text} It is set together with {others}."),
                _ => text,
            }
        }
    }
}

/// The change of fields that are set together.
pub(super) fn change(entity: &Entity<'_>, group: &Group) -> String {
    let what = entity.input.ident.unraw();
    let (fields, follow) = (names(entity, &group.fields), follow(entity, group));
    match &group.fields[..] {
        [_] => format!("A change of {fields} of a [`{what}`]: {follow} it."),
        _ => format!(
            "A change of {fields} of a [`{what}`], which are set together: {follow} them.\n\nEach has a parameter that \
             says whether its value is known."
        ),
    }
}

/// The method that begins a change of a whole group.
pub(super) fn starter(entity: &Entity<'_>, group: &Group) -> String {
    let fields = names(entity, &group.fields);
    format!("Changes {fields}: `to` says what becomes of them.")
}

/// The method that sets a whole group.
pub(super) fn to(entity: &Entity<'_>, group: &Group) -> String {
    let set = group.fields.iter().copied().filter(|field| entity.setter(*field) == Setter::Tied);
    let set: Vec<usize> = set.collect();
    let verb = if set.len() == 1 { "becomes this value" } else { "become these values" };
    format!("{} {verb}, and the keys that are made of it follow.", names(entity, &set))
}

pub(super) fn with(entity: &Entity<'_>, field: usize) -> String {
    format!("`{}` becomes this value too.", entity.fields[field].ident.unraw())
}

pub(super) fn given(entity: &Entity<'_>, field: usize) -> String {
    let name = entity.fields[field].ident.unraw();
    format!("`{name}` has this value now: the update fails if it has another.")
}

/// What is made of a group's fields.
fn follow(entity: &Entity<'_>, group: &Group) -> String {
    let indexes = group.indexes.iter().filter_map(|at| entity.indexes[*at].index.as_ref());
    let indexes: Vec<String> = indexes.map(|index| index.unraw().to_string()).collect();
    let indexes = list(&indexes.iter().map(String::as_str).collect::<Vec<_>>());
    let keys = match group.indexes.len() {
        0 => None,
        1 => Some(format!("the key of index {indexes}")),
        _ => Some(format!("the keys of indexes {indexes}")),
    };
    let uniques = match group.uniques.len() {
        0 => None,
        1 => Some("a unique constraint".to_owned()),
        _ => Some("unique constraints".to_owned()),
    };
    let made = if group.indexes.len() + group.uniques.len() == 1 { "is made of" } else { "are made of" };
    let both: Vec<String> = keys.into_iter().chain(uniques).collect();
    format!("{} {made}", both.join(" and "))
}

/// `` `status` and `due` ``
fn names(entity: &Entity<'_>, fields: &[usize]) -> String {
    let names: Vec<String> = fields.iter().map(|field| entity.fields[*field].ident.unraw().to_string()).collect();
    list(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn parse_key(entity: &Entity<'_>) -> String {
    format!(
        "Reads a key of `{}` from its texts ({}).\n\n# Errors\n\nThe texts do not fit the templates; the error names \
         the part.",
        entity.input.ident.unraw(),
        primary(entity)
    )
}

/// The method that starts a query.
pub(super) fn query(entity: &Entity<'_>, pattern: &Pattern) -> String {
    let what = entity.input.ident.unraw();
    let place = place(pattern);
    let partitions = if entity.is_spread(pattern) { "several partitions" } else { "one partition" };
    let mut text = format!("Queries each `{what}` of {partitions}{place}, in the order of the sort key.\n\n");
    text.push_str(&templates(entity, pattern));
    if let Some(parts) = parts(entity, pattern) {
        text = format!("{text}\n\nThe sort key's parts can be given from the left: {parts}.");
    }
    text
}

/// The type of a query's steps.
pub(super) fn step(entity: &Entity<'_>, pattern: &Pattern) -> String {
    let what = entity.input.ident.unraw();
    let name = pattern.name.unraw();
    let parts = parts(entity, pattern).unwrap_or_default();
    let request = if entity.is_spread(pattern) { "SpreadRequest" } else { "QueryRequest" };
    format!(
        "A query `{what}::{name}` whose first `GIVEN` sort-key parts are given.\n\nThe parts, in order: {parts}. Each \
         takes one value, after which the next can be given, or a range, after which none can. What else can be done \
         with a query is in `dynamo_model::{request}`."
    )
}

/// The method that gives one part.
pub(super) fn part(name: &str) -> String {
    format!("Gives the sort-key part `{name}`: one value, or a range where its type has an order in keys.")
}

/// The method that says which periods are read.
pub(super) fn period(name: &str) -> String {
    format!(
        "Gives the sort-key part `{name}`, which says which partitions are read: one value, or a range with both ends."
    )
}

/// The method that gives one part which takes no range.
pub(super) fn value(name: &str) -> String {
    format!("Gives the sort-key part `{name}` its value; it is `raw` with parts behind it, so it takes no range.")
}

/// The sort-key parts that a query can still be given.
fn parts(entity: &Entity<'_>, pattern: &Pattern) -> Option<String> {
    let parts = pattern.sort_parts().into_iter().skip(entity.known_parts(pattern));
    let names: Vec<String> = parts.map(|part| format!("`{}`", entity.fields[part.field].ident.unraw())).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn place(pattern: &Pattern) -> String {
    pattern.index.as_ref().map_or_else(String::new, |index| format!(" of index `{}`", index.unraw()))
}

fn primary(entity: &Entity<'_>) -> String {
    templates(entity, &entity.primary)
}

fn templates(entity: &Entity<'_>, pattern: &Pattern) -> String {
    let quoted = |template: &Template| format!("`{}`", template.literal.value());
    let partition = entity.partition_of(pattern).map(quoted).unwrap_or_default();
    match &pattern.sort {
        Some(sort) => format!("partition key {partition}, sort key {}", quoted(sort)),
        None => format!("partition key {partition}"),
    }
}
