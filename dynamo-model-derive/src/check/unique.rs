//! Rules of unique constraints that tokens can tell.

use quote::format_ident;
use syn::{Ident, ext::IdentExt as _};

use crate::{
    diag::{Diag, float_in_key, list, nearest},
    model::{Part, Pattern, Role, Unique, is_named, part_type},
    parse::{RawField, RawUnique, Spec},
};

/// Resolves the constraints against the fields.
pub(super) fn uniques(
    raw: &[RawUnique],
    primary: &Pattern,
    entity: &str,
    fields: &[RawField<'_>],
    diag: &mut Diag,
) -> Vec<Unique> {
    let mut uniques: Vec<Unique> = Vec::new();
    for constraint in raw {
        let unique = unique(constraint, entity, fields, diag);
        if unique.parts.len() < constraint.fields.len() {
            // What is left says nothing of the whole.
            continue;
        }
        let same = |other: &Unique| same_fields(&other.parts, &unique.parts);
        if uniques.iter().any(same) {
            let names = names(constraint);
            diag.at(&constraint.name, format!("the constraint on {names} is given twice; remove one"));
            continue;
        }
        if follows_from_key(&unique.parts, primary) {
            let names = constraint.fields.iter().map(|(field, _)| field.unraw().to_string()).collect::<Vec<_>>();
            let names = names.join(", ");
            diag.at(&constraint.name, format!("the primary key is unique already; remove `unique({names})`"));
            continue;
        }
        uniques.push(unique);
    }
    uniques
}

fn unique(raw: &RawUnique, entity: &str, fields: &[RawField<'_>], diag: &mut Diag) -> Unique {
    let mut parts: Vec<Part> = Vec::new();
    for (name, spec) in &raw.fields {
        let Some(field) = fields.iter().position(|field| field.ident.unraw() == name.unraw()) else {
            let name_text = name.unraw().to_string();
            let names: Vec<String> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            diag.at(name, format!("`{entity}` has no field `{name_text}`{}", nearest(&name_text, &names)));
            continue;
        };
        if parts.iter().any(|part| part.field == field) {
            diag.at(name, format!("`{}` stands twice in one constraint; remove one", name.unraw()));
            continue;
        }
        if usable(name, &fields[field], diag) {
            parts.push(Part { field, spec: *spec });
        }
    }
    let joined = raw.fields.iter().map(|(field, _)| field.unraw().to_string()).collect::<Vec<_>>().join("_and_");
    let name = match &raw.fields[..] {
        [(only, _)] => only.clone(),
        _ => format_ident!("{joined}", span = raw.name.span()),
    };
    Unique { parts, spans: raw.fields.iter().map(|(field, _)| field.span()).collect(), name }
}

/// Whether a field may be unique; why not is reported.
fn usable(name: &Ident, field: &RawField<'_>, diag: &mut Diag) -> bool {
    let text = name.unraw().to_string();
    let message = if is_named(part_type(&field.field.ty), &["f32", "f64"]) {
        float_in_key(&text)
    } else if field.serde.flatten {
        format!("`{text}` is flattened by serde, so it has no value of its own; name a plain field")
    } else if field.serde.skipped.any() {
        format!(
            "`{text}` is skipped by serde, so a value read back would not be the one that is taken; remove the `skip`, \
             or name another field"
        )
    } else if let Some((Role::Version | Role::UpdatedAt, role)) = &field.role {
        format!("`{text}` is the `{role}` field, which changes with every write; name another field")
    } else {
        return true;
    };
    diag.at(name, message);
    false
}

fn same_fields(a: &[Part], b: &[Part]) -> bool {
    let fields = |parts: &[Part]| {
        let mut fields: Vec<usize> = parts.iter().map(|part| part.field).collect();
        fields.sort_unstable();
        fields
    };
    fields(a) == fields(b)
}

/// Whether items that differ in their keys differ in these parts: then there is nothing to keep.
fn follows_from_key(parts: &[Part], primary: &Pattern) -> bool {
    let as_distinct =
        |mine: &Part, key: &Part| mine.field == key.field && (mine.spec == Spec::Plain || mine.spec == key.spec);
    primary.key_parts().iter().all(|key| parts.iter().any(|mine| as_distinct(mine, key)))
}

fn names(raw: &RawUnique) -> String {
    let names: Vec<String> = raw.fields.iter().map(|(field, _)| field.unraw().to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    list(&names)
}
