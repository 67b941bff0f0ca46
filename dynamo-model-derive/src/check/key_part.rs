//! Rules of key parts that tokens can tell.

use syn::{Data, DataEnum, DeriveInput, Fields, Member, ext::IdentExt as _};

use crate::{
    diag::{Diag, Reported, float_in_key},
    model::{KeyPart, KeyPartShape, is_named, is_phantom},
    parse::{SerdeContainer, SerdeField, SerdeVariant, crate_of},
    runtime::Runtime,
};

pub(crate) fn key_part(input: &DeriveInput) -> Result<KeyPart<'_>, Reported> {
    let runtime = Runtime::new(crate_of(input, "key_part")?);
    let mut diag = Diag::default();
    let shape = match &input.data {
        Data::Struct(data) => newtype(input, &data.fields, &mut diag),
        Data::Enum(data) => names(input, data, &mut diag),
        Data::Union(_) => {
            diag.at(&input.ident, "a key part is a newtype or a unit enum; a union has no text");
            None
        }
    };
    let plain = is_plain(input);
    diag.finish_option(shape.map(|shape| KeyPart { input, runtime, shape, plain }))
}

/// Whether serde writes a newtype as the value inside, and an enum as the variant's name.
fn is_plain(input: &DeriveInput) -> bool {
    let serde = SerdeContainer::parse(&input.attrs);
    let is_shown = serde.hiding.iter().all(|path| path.is_ident("transparent"));
    is_shown
        && match &input.data {
            Data::Struct(data) => {
                let is_newtype = matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
                let fields = data.fields.iter().map(|field| SerdeField::parse(&field.attrs));
                let as_it_is = |field: SerdeField| field.serialize.is_none() && !field.skipped.written;
                (is_newtype || serde.is_transparent()) && fields.into_iter().all(as_it_is)
            }
            Data::Enum(_) => !serde.tagged,
            Data::Union(_) => false,
        }
}

fn newtype<'a>(input: &'a DeriveInput, fields: &'a Fields, diag: &mut Diag) -> Option<KeyPartShape<'a>> {
    let held: Vec<usize> =
        fields.iter().enumerate().filter(|(_, field)| !is_phantom(&field.ty)).map(|(at, _)| at).collect();
    let [inner] = held[..] else {
        diag.at(
            &input.ident,
            "a key part is one value; derive `KeyPart` on a newtype, and put several values into the key template",
        );
        return None;
    };
    let ty = &fields.iter().nth(inner)?.ty;
    if is_named(ty, &["f32", "f64"]) {
        diag.at(ty, float_in_key(&input.ident.to_string()));
    }
    let members: Vec<Member> = fields.members().collect();
    Some(KeyPartShape::Newtype { members, inner, ty })
}

fn names<'a>(input: &'a DeriveInput, data: &'a DataEnum, diag: &mut Diag) -> Option<KeyPartShape<'a>> {
    let rename = SerdeContainer::parse(&input.attrs).rename_all;
    if data.variants.is_empty() {
        diag.at(&input.ident, "an enum without variants has no value that could stand in a key; add one");
        return None;
    }
    let mut names: Vec<(&syn::Ident, String)> = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            diag.at(&variant.fields, "a key part's variant holds no data; put the data into a placeholder of its own");
        }
        let own = variant.ident.unraw().to_string();
        let name = SerdeVariant::parse(&variant.attrs)
            .rename
            .unwrap_or_else(|| rename.map_or_else(|| own.clone(), |rule| rule.variant(&own)));
        if name.is_empty() {
            diag.at(variant, "a variant with the empty name cannot stand in a key; rename it");
        }
        if let Some((other, _)) = names.iter().find(|(_, other)| *other == name) {
            diag.at(&variant.ident, format!("`{other}` is called `{name}` in keys too; rename one of them"));
        }
        names.push((&variant.ident, name));
    }
    Some(KeyPartShape::Names(names))
}
