//! Rules of a collection that tokens can tell.

use quote::ToTokens as _;
use syn::{Data, DeriveInput, Fields, Ident, Type, ext::IdentExt as _};

use crate::{
    diag::{Diag, Reported},
    model::{Collection, CollectionShape, Holds, Member, argument_of},
    parse::RawCollection,
    runtime::Runtime,
};

pub(crate) fn collection(input: &DeriveInput, raw: RawCollection) -> Result<Collection<'_>, Reported> {
    let mut diag = Diag::default();
    if let Some(param) = input.generics.params.first() {
        diag.at(param, "a collection is one concrete type; remove the generics, or name them in the members");
    }
    let (shape, members) = match &input.data {
        Data::Struct(data) => (CollectionShape::Struct, fields(input, &data.fields, &mut diag)),
        Data::Enum(data) => (CollectionShape::Enum, variants(input, data, &mut diag)),
        Data::Union(_) => {
            diag.at(&input.ident, "a collection is a struct or an enum; make this one of them");
            (CollectionShape::Struct, Vec::new())
        }
    };
    each_once(&input.ident, &members, &mut diag);
    diag.finish(Collection { input, runtime: Runtime::new(raw.krate), index: raw.index, shape, members })
}

fn fields<'a>(input: &'a DeriveInput, fields: &'a Fields, diag: &mut Diag) -> Vec<Member<'a>> {
    let named = match fields {
        Fields::Named(fields) if !fields.named.is_empty() => &fields.named,
        Fields::Named(_) | Fields::Unit => {
            diag.at(&input.ident, "a collection has members; add a field for each entity, such as `tasks: Vec<Task>`");
            return Vec::new();
        }
        Fields::Unnamed(_) => {
            diag.at(
                &input.ident,
                "a collection's fields have names; write them in braces, such as `{ tasks: Vec<Task> }`",
            );
            return Vec::new();
        }
    };
    let fields = named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty)));
    fields.map(|(ident, ty)| field(ident, ty)).collect()
}

fn field<'a>(ident: &'a Ident, ty: &'a Type) -> Member<'a> {
    let forms = [("Option", Holds::First), ("Vec", Holds::Many), ("Box", Holds::Boxed)];
    let form = forms.iter().find_map(|(name, holds)| Some((argument_of(ty, name)?, *holds)));
    let (entity, holds) = form.unwrap_or((ty, Holds::One));
    Member { ident, entity, holds }
}

fn variants<'a>(input: &'a DeriveInput, data: &'a syn::DataEnum, diag: &mut Diag) -> Vec<Member<'a>> {
    if data.variants.is_empty() {
        diag.at(&input.ident, "a collection has members; add a variant for each entity, such as `Task(Task)`");
    }
    let mut members = Vec::new();
    for variant in &data.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = &fields.unnamed[0].ty;
                let boxed = argument_of(ty, "Box");
                let holds = if boxed.is_some() { Holds::Boxed } else { Holds::One };
                members.push(Member { ident: &variant.ident, entity: boxed.unwrap_or(ty), holds });
            }
            _ => {
                let name = &variant.ident;
                diag.at(variant, format!("a variant of a collection holds one entity; write `{name}({name})`"));
            }
        }
    }
    members
}

/// An item has one place; types that are written otherwise are compared when the user's crate compiles.
fn each_once(collection: &Ident, members: &[Member<'_>], diag: &mut Diag) {
    let text = |member: &Member<'_>| member.entity.to_token_stream().to_string();
    for (at, member) in members.iter().enumerate() {
        if members[..at].iter().any(|other| text(other) == text(member)) {
            let (entity, collection) = (text(member), collection.unraw());
            diag.at(
                member.entity,
                format!("`{entity}` is in `{collection}` already, and an item has one place; remove it here"),
            );
        }
    }
}
