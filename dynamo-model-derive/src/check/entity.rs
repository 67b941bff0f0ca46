//! Rules of an entity that tokens can tell.

use syn::{DeriveInput, GenericParam, Generics, Ident, ext::IdentExt as _, parse_quote};

use super::{
    field::field,
    native::natives,
    spread::spread,
    template::{Place, template},
    tie::groups,
    unique::uniques,
};
use crate::{
    case::pascal,
    diag::{Diag, Reported},
    model::{Entity, Field, Native, Part, Pattern, Role, depends_on, part_type},
    parse::{Piece, RawEntity, RawField, RawIndex, RawTemplate},
    runtime::Runtime,
};

/// Methods that every entity has, so that no access pattern can be called like one.
const TAKEN: &[&str] = &[
    "get",
    "exists",
    "delete",
    "parse_key",
    "create",
    "put",
    "scan",
    "key",
    "to_item",
    "from_item",
    "update",
    "modify",
    "remove",
    "batch_get",
];

pub(crate) fn entity<'a>(input: &'a DeriveInput, raw: RawEntity<'a>) -> Result<Entity<'a>, Reported> {
    let mut diag = Diag::default();
    let name = input.ident.unraw().to_string();
    owns_its_data(input, &mut diag);
    one_field_a_role(&raw.fields, &mut diag);
    index_names(&raw.indexes, &mut diag);
    let open = raw.serde.deny_unknown_fields || raw.fields.iter().any(|field| field.serde.flatten);
    let given_name = raw.name;
    let (natives, composed) = natives(raw.indexes, &name, &raw.fields, &mut diag);
    let is_queried = !raw.sk.as_ref().is_none_or(is_literal);
    let primary = Pattern {
        index: None,
        name: given_name.clone().unwrap_or_else(|| Ident::new("query", input.ident.span())),
        partition: Some(template(raw.pk, Place::Primary, &name, &raw.fields, &mut diag)),
        sort: raw.sk.map(|sk| template(sk, Place::Primary, &name, &raw.fields, &mut diag)),
        native: false,
    };
    let indexes: Vec<Pattern> = composed
        .into_iter()
        .map(|index| Pattern {
            index: Some(index.index),
            name: index.name,
            partition: index.pk.map(|pk| template(pk, Place::Index, &name, &raw.fields, &mut diag)),
            sort: index.sk.map(|sk| template(sk, Place::Index, &name, &raw.fields, &mut diag)),
            native: false,
        })
        .collect();
    spread(&name, &primary, &indexes, &raw.fields, &mut diag);
    if let (Some(given), false) = (&given_name, is_queried) {
        diag.at(
            given,
            format!(
                "the primary key of `{name}` has no sort-key part, so `get` reads its one item; remove `name = {given}`"
            ),
        );
    }
    let queried = is_queried.then_some(&primary).into_iter().chain(&indexes);
    pattern_names(&name, queried.chain(natives.iter().map(|native| &native.pattern)), &mut diag);

    let uniques = uniques(&raw.uniques, &primary, &name, &raw.fields, &mut diag);
    let fields: Vec<Field<'_>> = raw
        .fields
        .into_iter()
        .map(|raw_field| {
            let role = raw_field.role.map(|(role, _)| role);
            field(raw_field.field, raw_field.ident, raw_field.serde, role, &raw.serde, &mut diag)
        })
        .collect();
    attribute_names(&fields, &mut diag);
    let groups = groups(&fields, &primary, &indexes, &uniques, &natives);
    let type_name = raw.type_name.map_or(name, |given| given.value());
    let runtime = Runtime::new(raw.krate);
    let patterns = std::iter::once(&primary).chain(&indexes);
    let parts = patterns.flat_map(|pattern| pattern.partition_parts().into_iter().chain(pattern.sort_parts()));
    let parts = parts.chain(uniques.iter().flat_map(|unique| unique.parts.iter().copied()));
    let generics = bounded(input, &runtime, &fields, parts, &natives);
    let table = raw.table;
    diag.finish(Entity {
        input,
        generics,
        runtime,
        table,
        type_name,
        fields,
        open,
        primary,
        indexes,
        natives,
        uniques,
        groups,
    })
}

/// Whether a template was read and names no field.
fn is_literal(template: &RawTemplate) -> bool {
    !template.pieces.is_empty() && template.pieces.iter().all(|piece| matches!(piece, Piece::Literal(_)))
}

/// A parameter that stands in a key is a key part: as derives do, the bound is added where it is missing.
fn bounded(
    input: &DeriveInput,
    runtime: &Runtime,
    fields: &[Field<'_>],
    parts: impl Iterator<Item = Part>,
    natives: &[Native],
) -> Generics {
    let private = runtime.private();
    let mut generics = input.generics.clone();
    let mut known: Vec<usize> = Vec::new();
    for part in parts {
        let ty = part_type(fields[part.field].ty);
        if !known.contains(&part.field) && depends_on(ty, &input.generics) {
            known.push(part.field);
            generics.make_where_clause().predicates.push(parse_quote!(#ty: #private::KeyPart));
        }
    }
    let mut known: Vec<usize> = Vec::new();
    for part in natives.iter().flat_map(|native| native.pattern.key_parts()) {
        let ty = part_type(fields[part.field].ty);
        if !known.contains(&part.field) && depends_on(ty, &input.generics) {
            known.push(part.field);
            generics.make_where_clause().predicates.push(parse_quote!(#ty: #private::NativePart));
        }
    }
    generics
}

/// serde would write both, and an item has each attribute once.
fn attribute_names(fields: &[Field<'_>], diag: &mut Diag) {
    let stored: Vec<&Field<'_>> = fields.iter().filter(|field| field.stored).collect();
    for (at, field) in stored.iter().enumerate() {
        if let Some(other) = stored[..at].iter().find(|other| other.attribute == field.attribute) {
            let (name, attribute) = (other.ident, &field.attribute);
            diag.at(
                field.ident,
                format!("`{name}` is stored as `{attribute}` too; give one of them `#[serde(rename = \"..\")]`"),
            );
        }
    }
}

/// An entity is read into memory of its own.
fn owns_its_data(input: &DeriveInput, diag: &mut Diag) {
    for param in &input.generics.params {
        if let GenericParam::Lifetime(lifetime) = param {
            diag.at(
                lifetime,
                "an entity owns its data, since it is read from a reply that goes away; use `String` and `Vec`",
            );
        }
    }
}

fn one_field_a_role(fields: &[RawField<'_>], diag: &mut Diag) {
    let mut seen: Vec<(Role, &Ident)> = Vec::new();
    for field in fields {
        let Some((role, given)) = &field.role else { continue };
        if field.serde.skipped.any() || field.serde.flatten {
            diag.at(
                given,
                format!("a `{given}` field is stored as an attribute of its own; remove serde's `skip` or `flatten`"),
            );
        }
        match seen.iter().find(|(known, _)| known == role) {
            Some((_, first)) => {
                diag.at(
                    given,
                    format!("`{first}` is the `{given}` field already, and an entity has one; remove this attribute"),
                );
            }
            None => seen.push((*role, field.ident)),
        }
    }
}

fn index_names(indexes: &[RawIndex], diag: &mut Diag) {
    for (at, index) in indexes.iter().enumerate() {
        if indexes[..at].iter().any(|other| other.index == index.index) {
            let name = index.index.unraw();
            diag.at(
                &index.index,
                format!("the entity uses index `{name}` twice, and an item has one key on it; use another index"),
            );
        }
        if index.pk.is_none() && index.sk.is_none() && index.native.is_none() {
            let name = index.index.unraw();
            diag.at(
                &index.index,
                format!("the index `{name}` has no key here; add `pk = \"..\"` (global) or `sk = \"..\"` (local)"),
            );
        }
    }
}

fn pattern_names<'a>(entity: &str, patterns: impl Iterator<Item = &'a Pattern>, diag: &mut Diag) {
    let mut seen: Vec<&Ident> = Vec::new();
    for pattern in patterns {
        let name = pattern.name.unraw().to_string();
        if TAKEN.contains(&name.as_str()) {
            diag.span(
                pattern.name.span(),
                format!(
                    "every entity has a method `{name}`; give the access pattern another name, such as `by_{name}`"
                ),
            );
        }
        // The steps of its query would be of this type.
        if pascal(&name) == "Fields" {
            diag.span(
                pattern.name.span(),
                format!("`{entity}Fields` is the type of an entity's fields; give the access pattern another name, such as `by_{name}`"),
            );
        }
        // `by_status` and `byStatus` would both have the steps `TaskByStatus`.
        if let Some(other) = seen.iter().find(|other| pascal(&other.unraw().to_string()) == pascal(&name)) {
            let message = if **other == pattern.name {
                format!("two access patterns are called `{name}`; give one of them another name")
            } else {
                format!("the access patterns `{other}` and `{name}` are too alike; give one of them another name")
            };
            diag.span(pattern.name.span(), message);
        }
        seen.push(&pattern.name);
    }
}
