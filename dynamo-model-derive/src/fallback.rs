//! After an error: the error, and implementations that keep it from becoming many.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Path, ext::IdentExt as _};

use crate::{diag::Reported, parse::placement};

fn runtime(krate: Option<Path>) -> Path {
    krate.unwrap_or_else(|| syn::parse_quote!(::dynamo_model))
}

/// The error, and an entity that its table accepts.
pub(crate) fn entity(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let errors = errors.to_compile_error();
    let placement = placement(input);
    let Some(table) = placement.table else { return errors };
    let krate = runtime(placement.krate);
    let private = quote!(#krate::__private);
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let name = ident.unraw().to_string();
    let key = format_ident!("__{}KeyOfBrokenEntity", ident.unraw());
    let phantom = quote!(#private::PhantomData<fn() -> #ident #ty_generics>);
    quote! {
        #errors
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, dead_code)]
        pub struct #key #impl_generics (#phantom) #where_clause;
        #[automatically_derived]
        impl #impl_generics #private::EntityKey for #key #ty_generics #where_clause {
            type Entity = #ident #ty_generics;
            fn to_primary(&self) -> #private::Result<#private::PrimaryKey, #private::KeyError> { loop {} }
        }
        #[automatically_derived]
        impl #impl_generics #private::Entity for #ident #ty_generics #where_clause {
            type Table = #table;
            type Key = #key #ty_generics;
            const SCHEMA: &'static #private::EntitySchema = &#private::EntitySchema::broken(#name);
            fn key(&self) -> Self::Key { loop {} }
            fn write_keys(&self, _: &mut #private::KeyWriter<'_>) -> #private::Result<(), #private::KeyError> { loop {} }
            fn stamp(&mut self, _: &#private::Stamp) {}
            fn version(&self) -> #private::Option<#private::u64> { #private::None }
        }
    }
}

/// The error, and a table that takes any entity.
pub(crate) fn table(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let errors = errors.to_compile_error();
    let krate = runtime(placement(input).krate);
    let private = quote!(#krate::__private);
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #errors
        #[automatically_derived]
        impl #impl_generics #private::Table for #ident #ty_generics #where_clause {
            const LAYOUT: &'static #private::TableSchema = &#private::TableSchema::broken();
            const SCHEMA: #private::Schema = #private::Schema { table: Self::LAYOUT, entities: &[] };
            fn from_item(_: #private::Item) -> #private::Result<Self, #private::Error> { loop {} }
            fn to_item(&self) -> #private::Result<#private::Item, #private::Error> { loop {} }
        }
    }
}

/// The error, and a part that any template takes.
pub(crate) fn key_part(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let errors = errors.to_compile_error();
    let krate = runtime(placement(input).krate);
    let private = quote!(#krate::__private);
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    quote! {
        #errors
        #[automatically_derived]
        impl #impl_generics #private::KeyPart for #ident #ty_generics #where_clause {
            const KIND: #private::PartKind = #private::PartKind::Text;
            fn encode(
                &self,
                _: #private::PartSpec,
                _: &mut #private::String,
            ) -> #private::Result<(), #private::PartError> { loop {} }
            fn decode(_: &#private::str, _: #private::PartSpec) -> #private::Result<Self, #private::PartError> {
                loop {}
            }
        }
        #[automatically_derived]
        impl #impl_generics #private::OrderedKeyPart for #ident #ty_generics #where_clause {}
    }
}
