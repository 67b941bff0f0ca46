//! Rules of what fields of entities hold.

use quote::ToTokens as _;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Fields, GenericParam, Type};

use super::field::field;
use crate::{
    diag::{Diag, Reported},
    model::{Attribute, AttributeShape, is_phantom},
    parse::{SerdeContainer, SerdeField, crate_of},
    runtime::Runtime,
};

pub(crate) fn attribute(input: &DeriveInput) -> Result<Attribute<'_>, Reported> {
    let runtime = Runtime::new(crate_of(input, "attribute")?);
    let mut diag = Diag::default();
    let serde = SerdeContainer::parse(&input.attrs);
    is_no_entity(input, &mut diag);
    owns_its_data(input, &mut diag);
    shows_what_it_is(&serde, &mut diag);
    let shape = match &input.data {
        Data::Struct(data) if serde.is_transparent() || is_newtype(data) => newtype(input, &data.fields, &mut diag),
        Data::Struct(data) => document(input, &data.fields, &serde, &mut diag),
        Data::Enum(data) => names(input, data, &serde, &mut diag),
        Data::Union(_) => {
            diag.at(&input.ident, "serde writes no union, so it is stored as nothing; derive `Attribute` on a struct");
            None
        }
    };
    diag.finish_option(shape.map(|shape| Attribute { input, runtime, shape }))
}

/// An entity's fields have paths by its own derive.
fn is_no_entity(input: &DeriveInput, diag: &mut Diag) {
    if input.attrs.iter().any(|attribute| attribute.path().is_ident("entity")) {
        let name = &input.ident;
        diag.at(
            name,
            format!("`{name}` is an entity, whose fields have paths already; remove the derive of `Attribute`"),
        );
    }
}

fn owns_its_data(input: &DeriveInput, diag: &mut Diag) {
    for param in &input.generics.params {
        if let GenericParam::Lifetime(lifetime) = param {
            diag.at(
                lifetime,
                "what a field holds is read from a reply that goes away, so it owns its data; use `String` and `Vec`",
            );
        }
    }
}

fn shows_what_it_is(serde: &SerdeContainer, diag: &mut Diag) {
    // `into` and `from` are one decision.
    if let Some(path) = serde.hiding.iter().find(|path| !path.is_ident("transparent")) {
        let hiding = path.to_token_stream();
        diag.at(
            path,
            format!(
                "`#[serde({hiding})]` hides what the type is stored as; remove the derive of `Attribute`, and compare it as \
                 a whole, by `eq`"
            ),
        );
    }
}

/// serde writes it as the value inside, as it does under `transparent`.
fn is_newtype(data: &DataStruct) -> bool {
    matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
}

fn newtype<'a>(input: &DeriveInput, fields: &'a Fields, diag: &mut Diag) -> Option<AttributeShape<'a>> {
    let written = fields.iter().map(|field| (&field.ty, SerdeField::parse(&field.attrs)));
    let written: Vec<(&Type, SerdeField)> =
        written.filter(|(ty, serde)| !is_phantom(ty) && !serde.skipped.written).collect();
    let [(ty, serde)] = &written[..] else {
        diag.at(&input.ident, "a newtype is stored as the one value inside; give it one field that serde writes");
        return None;
    };
    if serde.serialize.is_some() {
        diag.at(
            ty,
            "serde writes this value by functions of its own (`with`), so its type does not say what it is stored as; remove \
             the derive of `Attribute`",
        );
    }
    Some(AttributeShape::Newtype(ty))
}

fn document<'a>(
    input: &DeriveInput,
    fields: &'a Fields,
    serde: &SerdeContainer,
    diag: &mut Diag,
) -> Option<AttributeShape<'a>> {
    let Fields::Named(named) = fields else {
        let stored = if matches!(fields, Fields::Unit) { "`NULL`" } else { "a list of values of different types" };
        diag.at(
            &input.ident,
            format!(
                "this struct is stored as {stored}; derive `Attribute` on a newtype or on a struct with named fields"
            ),
        );
        return None;
    };
    let named = named.named.iter().filter_map(|own| Some((own, own.ident.as_ref()?)));
    let fields = named.map(|(own, ident)| field(own, ident, SerdeField::parse(&own.attrs), None, serde, diag));
    Some(AttributeShape::Document(fields.collect()))
}

fn names<'a>(
    input: &DeriveInput,
    data: &DataEnum,
    serde: &SerdeContainer,
    diag: &mut Diag,
) -> Option<AttributeShape<'a>> {
    // Another form of serde's is reported already.
    if serde.tagged || data.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit)) {
        if !diag.has_errors() {
            diag.at(
                &input.ident,
                "an enum's form depends on its variant; remove the derive of `Attribute`, and compare it as a whole, by `eq`",
            );
        }
        return None;
    }
    Some(AttributeShape::Names)
}
