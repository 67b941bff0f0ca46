//! `TaskFields`: the typed paths of an entity's fields.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::{accessor, beside, docs};
use crate::model::{Entity, Setter};

pub(super) fn fields(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let name = beside(ident, "Fields");
    let generics = &entity.generics;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let doc = docs::fields(entity);
    let content = entity.is_generic().then(|| quote!((#private::PhantomData<fn() -> #ident #ty_generics>)));
    let debug = name.unraw().to_string();
    let accessors = entity.fields.iter().enumerate().filter(|(_, field)| field.stored);
    let accessors = accessors.map(|(at, _)| accessor(entity, at));
    quote! {
        #[doc = #doc]
        #vis struct #name #generics #content #where_clause;

        #[allow(dead_code, private_interfaces, clippy::unused_self)]
        impl #impl_generics #name #ty_generics #where_clause {
            #(#accessors)*
        }

        #[automatically_derived]
        impl #impl_generics #private::Clone for #name #ty_generics #where_clause {
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::Copy for #name #ty_generics #where_clause {}

        #[automatically_derived]
        impl #impl_generics #private::Debug for #name #ty_generics #where_clause {
            fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                __f.write_str(#debug)
            }
        }
    }
}

/// The value of the type, as an expression.
pub(super) fn value(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let name = beside(&entity.input.ident, "Fields");
    if entity.is_generic() { quote!(#name(#private::PhantomData)) } else { quote!(#name) }
}

fn accessor(entity: &Entity<'_>, at: usize) -> TokenStream {
    let private = entity.runtime.private();
    let (ident, ty_generics) = (&entity.input.ident, entity.generics.split_for_impl().1);
    let field = &entity.fields[at];
    let (vis, name, attribute) = (field.vis, field.ident, &field.attribute);
    let setter = setter(entity, at);
    let path = accessor::path(&entity.runtime, &quote!(#ident #ty_generics), field, &setter);
    let form = accessor::form(&entity.runtime, field);
    let reader = accessor::reader(&entity.runtime, ident, &entity.generics, field);
    let value = accessor::value(&private, &path, &quote!(#private::Place::root(#attribute)), &form, &reader);
    let doc = docs::field(entity, at);
    quote! {
        #[doc = #doc]
        #[must_use]
        #vis fn #name(self) -> #path {
            #value
        }
    }
}

fn setter(entity: &Entity<'_>, at: usize) -> TokenStream {
    let private = entity.runtime.private();
    match entity.setter(at) {
        Setter::Free => quote!(#private::Free),
        Setter::Optional => quote!(#private::Optional),
        Setter::Key => quote!(#private::Key),
        Setter::Maintained => quote!(#private::Maintained),
        Setter::Tied => quote!(#private::Tied<#at>),
    }
}
