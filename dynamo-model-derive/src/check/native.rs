//! Rules of native index keys that tokens can tell.

use syn::{Ident, LitStr, ext::IdentExt as _};

use super::table::{GLOBAL_INDEXES, TYPE_ATTRIBUTE};
use crate::{
    diag::{Diag, nearest},
    model::{Element, Native, Part, Pattern, Template, argument_of, is_named, part_type},
    parse::{RawField, RawIndex, RawNames, RawNative, RawTable, Spec},
};

/// The native ones of an entity's indexes, and the others.
pub(super) fn natives(
    indexes: Vec<RawIndex>,
    entity: &str,
    fields: &[RawField<'_>],
    diag: &mut Diag,
) -> (Vec<Native>, Vec<RawIndex>) {
    let (mut natives, mut composed) = (Vec::new(), Vec::new());
    for index in indexes {
        let RawIndex { index, name, pk, sk, native } = index;
        match native {
            Some(native) => natives.push(self::native(index, name, native, entity, fields, diag)),
            None => composed.push(RawIndex { index, name, pk, sk, native: None }),
        }
    }
    (natives, composed)
}

fn native(
    index: Ident,
    name: Ident,
    given: RawNative<Ident>,
    entity: &str,
    fields: &[RawField<'_>],
    diag: &mut Diag,
) -> Native {
    let mut seen = Vec::new();
    let mut template = |names: &RawNames<Ident>| {
        let parts = names.names.iter().filter_map(|name| {
            let field = self::field(name, entity, fields, diag)?;
            if seen.contains(&field) {
                diag.at(name, format!("`{}` stands twice in the key of one index; remove one", name.unraw()));
                return None;
            }
            seen.push(field);
            Some(Element::Part(Part { field, spec: Spec::Plain }))
        });
        let elements = parts.collect();
        let listed: Vec<String> = names.names.iter().map(|name| name.unraw().to_string()).collect();
        Template { literal: LitStr::new(&listed.join(", "), names.span), elements }
    };
    let partition = Some(template(&given.pk));
    let sort = given.sk.as_ref().map(template);
    Native { pattern: Pattern { index: Some(index), name, partition, sort, native: true }, given }
}

/// The position of a field that is an attribute of its own, of a type that its tokens do not rule out.
fn field(name: &Ident, entity: &str, fields: &[RawField<'_>], diag: &mut Diag) -> Option<usize> {
    let text = name.unraw().to_string();
    let Some(at) = fields.iter().position(|field| field.ident.unraw() == text) else {
        let names: Vec<String> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        diag.at(name, format!("`{entity}` has no field `{text}`{}", nearest(&text, &names)));
        return None;
    };
    let field = &fields[at];
    let is_option = argument_of(&field.field.ty, "Option").is_some();
    let serde = &field.serde;
    if let Some(problem) = problem(field, &text) {
        diag.at(name, problem);
    } else if is_option && !serde.skip_if.as_ref().is_some_and(is_none) {
        diag.at(
            name,
            format!(
                "`{text}` is an `Option`, and DynamoDB takes no NULL in the key of an index; add \
                 `#[serde(skip_serializing_if = \"Option::is_none\")]` to the field, and `None` leaves the item out of the index"
            ),
        );
    }
    Some(at)
}

/// Why the field cannot be a key attribute as it is.
fn problem(field: &RawField<'_>, name: &str) -> Option<String> {
    let ty = part_type(&field.field.ty);
    if is_named(ty, &["f32", "f64"]) {
        return Some(format!(
            "`{name}` is a float, which is not exact, so no query would find it for sure; store a scaled integer (cents, \
             micrometres) or a string"
        ));
    }
    if is_named(ty, &["bool"]) {
        return Some(format!(
            "`{name}` is a `bool`, and DynamoDB takes strings, numbers and binary in the key of an index; use a unit enum with \
             `#[derive(KeyPart)]`"
        ));
    }
    if field.serde.flatten {
        return Some(format!(
            "`{name}` is flattened by serde, so it has no attribute of its own; use a plain field in the key"
        ));
    }
    if field.serde.skipped.any() {
        return Some(format!(
            "`{name}` is skipped by serde, so it is not there for DynamoDB to index; remove the `skip`, or use another field"
        ));
    }
    if field.serde.serialize.is_some() {
        return Some(format!(
            "serde writes `{name}` by a function of its own (`with`), so its type does not tell what is stored; move the function to \
             a newtype, and implement `NativePart` on that"
        ));
    }
    None
}

/// `Option::is_none`
fn is_none(path: &syn::ExprPath) -> bool {
    path.path.segments.last().is_some_and(|segment| segment.ident == "is_none")
}

/// The native indexes of a table.
pub(super) fn on_table(raw: &RawTable, diag: &mut Diag) {
    let mut global = raw.indexes.iter().filter(|index| index.pk.is_some()).count();
    for (at, native) in raw.natives.iter().enumerate() {
        let name = native.index.unraw().to_string();
        if name.len() < 3 {
            diag.at(&native.index, format!("`{name}` is no index name in DynamoDB; use at least 3 characters"));
        }
        let others = raw.indexes.iter().map(|index| &index.index);
        let mut others = others.chain(raw.natives[..at].iter().map(|native| &native.index));
        if others.any(|other| *other == native.index) {
            diag.at(&native.index, format!("the table has two indexes `{name}`; give one of them another name"));
        }
        global += 1;
        if global == GLOBAL_INDEXES + 1 {
            diag.at(&native.index, "DynamoDB takes at most 20 global indexes a table; share one by overloading it");
        }
        let sort = native.key.sk.iter().flat_map(|names| &names.names);
        let mut seen: Vec<String> = Vec::new();
        for literal in native.key.pk.names.iter().chain(sort) {
            attribute(raw, literal, &name, &mut seen, diag);
        }
    }
}

fn attribute(raw: &RawTable, literal: &LitStr, index: &str, seen: &mut Vec<String>, diag: &mut Diag) {
    let text = literal.value();
    let type_attribute = raw.type_attribute.as_ref().map_or_else(|| TYPE_ATTRIBUTE.to_owned(), LitStr::value);
    let composed = raw.indexes.iter().flat_map(|index| [index.pk.as_ref(), index.sk.as_ref()]);
    let mut keys = [Some(&raw.pk), raw.sk.as_ref()].into_iter().chain(composed).flatten();
    if text.is_empty() || text.len() > 255 {
        diag.at(literal, "an attribute's name has 1 to 255 bytes; write such a name");
    } else if seen.contains(&text) {
        diag.at(literal, format!("`{text}` stands twice in the key of index `{index}`; remove one"));
    } else if text == type_attribute || keys.any(|key| key.value() == text) {
        diag.at(
            literal,
            format!("the attribute `{text}` is written by the library, and a native key is made of fields; name a field's attribute"),
        );
    } else if raw.ttl.as_ref().is_some_and(|ttl| ttl.value() == text) {
        diag.at(
            literal,
            format!(
                "`{text}` is the table's TTL, by which every read leaves out what has expired, and DynamoDB filters by no key \
                 attribute; store the time in another attribute too, and name that"
            ),
        );
    }
    seen.push(text);
}
