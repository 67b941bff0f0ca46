//! The words of generated documentation.

use syn::ext::IdentExt as _;

use crate::model::{Entity, Pattern, Template};

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
    let mut text = format!("Queries each `{what}` of one partition{place}, in the order of the sort key.\n\n");
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
    format!(
        "A query `{what}::{name}` whose first `GIVEN` sort-key parts are given.\n\nThe parts, in order: {parts}. Each \
         takes one value, after which the next can be given, or a range, after which none can. What else can be done \
         with a query is in `dynamo_model::QueryRequest`."
    )
}

/// The method that gives one part.
pub(super) fn part(name: &str) -> String {
    format!("Gives the sort-key part `{name}`: one value, or a range where its type has an order in keys.")
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
