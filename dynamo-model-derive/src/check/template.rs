//! Rules of key templates that tokens can tell.

use syn::ext::IdentExt as _;

use crate::{
    diag::{Diag, float_in_key, option_in_primary, unknown_placeholder},
    model::{Element, Part, Template, argument_of, is_named, part_type},
    parse::{Piece, RawField, RawTemplate},
};

/// Where a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Primary,
    Index,
}

/// Resolves the placeholders of a template against the fields.
pub(super) fn template(
    raw: RawTemplate,
    place: Place,
    entity: &str,
    fields: &[RawField<'_>],
    diag: &mut Diag,
) -> Template {
    let RawTemplate { literal, pieces } = raw;
    let mut elements = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for piece in pieces {
        let (name, spec) = match piece {
            Piece::Literal(text) => {
                elements.push(Element::Literal(text));
                continue;
            }
            Piece::Part { field, spec } => (field, spec),
        };
        let Some(field) = fields.iter().position(|field| field.ident.unraw() == name) else {
            let names: Vec<String> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            diag.at(&literal, unknown_placeholder(&name, entity, &names));
            continue;
        };
        if seen.contains(&field) {
            diag.at(&literal, format!("`{{{name}}}` stands twice in one key; remove one"));
            continue;
        }
        seen.push(field);
        usable(&fields[field], &name, place, &literal, diag);
        elements.push(Element::Part(Part { field, spec }));
    }
    Template { literal, elements }
}

/// Whether a field may stand in a key.
fn usable(field: &RawField<'_>, name: &str, place: Place, literal: &syn::LitStr, diag: &mut Diag) {
    if place == Place::Primary && argument_of(&field.field.ty, "Option").is_some() {
        diag.at(literal, option_in_primary(name));
    }
    if is_named(part_type(&field.field.ty), &["f32", "f64"]) {
        diag.at(literal, float_in_key(name));
    }
    if field.serde.flatten {
        diag.at(
            literal,
            format!("`{name}` is flattened by serde, so it has no value of its own; use a plain field in the key"),
        );
    }
    if field.serde.skipped.any() {
        diag.at(
            literal,
            format!(
                "`{name}` is skipped by serde, so a value read back would have another key; remove the \
                 `skip`, or use another field"
            ),
        );
    }
    if let Some((role, given)) = &field.role {
        use crate::model::Role;
        let changes = matches!(role, Role::Version | Role::UpdatedAt);
        if changes && place == Place::Primary {
            diag.at(
                literal,
                format!(
                    "`{name}` is the `{given}` field, which changes with every write, and a primary key never does; \
                     use another field"
                ),
            );
        }
    }
}
