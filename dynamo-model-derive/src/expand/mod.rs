//! Generated code: one file an artefact. Nothing here can fail.

mod accessor;
mod assign;
mod attribute;
mod change;
mod checks;
mod collection;
mod docs;
mod entity;
mod fields;
mod key;
mod key_part;
mod native;
mod partition;
mod parts;
mod projection;
mod query;
mod schema;
mod spread;
mod steps;
mod table;
mod writes;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Ident, ext::IdentExt as _};

pub(crate) use attribute::attribute;
pub(crate) use collection::collection;
pub(crate) use key_part::key_part;
pub(crate) use projection::projection;
pub(crate) use table::table;

use crate::model::Entity;

/// Everything that `#[derive(Entity)]` generates.
pub(crate) fn entity(entity: &Entity<'_>) -> TokenStream {
    let implementation = entity::implementation(entity);
    let key = key::key(entity);
    let methods = key::methods(entity);
    let fields = fields::fields(entity);
    let changes = change::changes(entity);
    let batches = writes::batches(entity);
    let queries = query::queries(entity);
    let natives = native::queries(entity);
    let partitions = partition::partitions(entity);
    let checks = checks::checks(entity);
    quote! {
        #implementation
        #key
        #methods
        #fields
        #changes
        #batches
        #queries
        #natives
        #partitions
        #checks
    }
}

/// An option as an expression that no `Some` of the user's can shadow.
fn option(private: &TokenStream, value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(#private::None), |value| quote!(#private::Some(#value)))
}

/// `TaskKey`, `TaskByStatus`: a generated type beside the entity.
fn beside(ident: &Ident, suffix: &str) -> Ident {
    format_ident!("{}{}", ident.unraw(), suffix, span = ident.span())
}
