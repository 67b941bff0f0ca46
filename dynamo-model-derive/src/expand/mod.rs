//! Generated code: one file an artefact. Nothing here can fail.

mod docs;
mod entity;
mod key;
mod key_part;
mod query;
mod schema;
mod table;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt as _};

pub(crate) use key_part::key_part;
pub(crate) use table::table;

use crate::model::Entity;

/// Everything that `#[derive(Entity)]` generates.
pub(crate) fn entity(entity: &Entity<'_>) -> TokenStream {
    let implementation = entity::implementation(entity);
    let key = key::key(entity);
    let methods = key::methods(entity);
    let queries = query::queries(entity);
    let checks = schema::checks(entity);
    quote! {
        #implementation
        #key
        #methods
        #queries
        #checks
    }
}

/// The path that all generated code goes through.
fn private(krate: &syn::Path) -> TokenStream {
    quote!(#krate::__private)
}

/// `TaskKey`, `TaskByStatus`: a generated type beside the entity.
fn beside(ident: &Ident, suffix: &str) -> Ident {
    format_ident!("{}{}", ident.unraw(), suffix, span = ident.span())
}
