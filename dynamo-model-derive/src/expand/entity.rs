//! `impl Entity`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned as _};

use super::{beside, option, schema};
use crate::model::{Entity, Field, Part, Pattern, Role, argument_of};

pub(super) fn implementation(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let table = &entity.table;
    let key = beside(ident, "Key");
    let schema = schema::entity(entity);
    let key_value = key_value(entity);
    let primary = primary(entity);
    let indexes = entity.indexes.iter().enumerate().map(|(at, pattern)| index(entity, at, pattern));
    let stamp = stamp(entity);
    let place = entity.runtime.private_at(ident.span());
    let written = quote_spanned!(ident.span()=> <#ident #ty_generics as #place::Written>);
    let read = quote_spanned!(ident.span()=> <#ident #ty_generics as #place::Read>);
    let version = version(entity);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Entity for #ident #ty_generics #where_clause {
            type Table = #table;
            type Key = #key #ty_generics;

            const SCHEMA: &'static #private::EntitySchema = #schema;

            fn key(&self) -> Self::Key {
                #key_value
            }

            fn __write_keys(
                &self,
                __keys: &mut #private::KeyWriter<'_>,
            ) -> #private::Result<(), #private::KeyError> {
                #primary
                #(#indexes)*
                #private::Ok(())
            }

            fn __write_fields(
                &self,
                __item: &mut #private::Item,
            ) -> #private::Result<(), #private::EncodeError> {
                #written::write(self, __item)
            }

            fn __read_fields(
                __item: #private::Item,
                __hidden: &[&#private::str],
            ) -> #private::Result<Self, #private::DecodeError> {
                #read::read(__item, __hidden)
            }

            fn __stamp(&mut self, __stamp: &#private::Stamp) {
                #stamp
            }

            fn __version(&self) -> #private::Option<#private::u64> {
                #version
            }
        }
    }
}

fn key_value(entity: &Entity<'_>) -> TokenStream {
    let key = beside(&entity.input.ident, "Key");
    let turbofish = entity.generics.split_for_impl().1;
    let turbofish = turbofish.as_turbofish();
    let parts = entity.key_parts();
    let fields = parts.iter().map(|part| entity.fields[part.field].ident);
    let types = parts.iter().map(|part| entity.key_part(*part));
    quote!(#key #turbofish::new(#(#types::clone_part(&self.#fields)),*))
}

fn primary(entity: &Entity<'_>) -> TokenStream {
    let plain = |part: &Part| {
        let (field, key_part) = (entity.fields[part.field].ident, entity.key_part(*part));
        quote!(#key_part::as_part(&self.#field))
    };
    let partition = entity.primary.partition_parts();
    let sort = entity.primary.sort_parts();
    let (partition, sort) = (partition.iter().map(plain), sort.iter().map(plain));
    quote!(__keys.primary(&[#(#partition),*], &[#(#sort),*])?;)
}

/// Writes an index's key if every optional part of it has a value.
fn index(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = entity.runtime.private();
    let partition = match &pattern.partition {
        Some(template) => template.parts(),
        // A local index has the table's partition key.
        None => entity.primary.partition_parts(),
    };
    let sort = pattern.sort_parts();
    let mut optional: Vec<usize> = Vec::new();
    for part in partition.iter().chain(&sort) {
        if argument_of(entity.fields[part.field].ty, "Option").is_some() && !optional.contains(&part.field) {
            optional.push(part.field);
        }
    }
    let name = |field: usize| quote::format_ident!("__part{field}");
    let value = |part: &Part| {
        let key_part = entity.key_part(*part);
        if optional.contains(&part.field) {
            let name = name(part.field);
            return quote!(#key_part::as_part(#name));
        }
        let field = entity.fields[part.field].ident;
        quote!(#key_part::as_part(&self.#field))
    };
    let (partition, sort) = (partition.iter().map(value), sort.iter().map(value));
    let write = quote!(__keys.index(#at, &[#(#partition),*], &[#(#sort),*])?;);
    if optional.is_empty() {
        return write;
    }
    let names = optional.iter().map(|field| name(*field));
    let fields = optional.iter().map(|field| entity.fields[*field].ident);
    quote! {
        if let (#(#private::Some(#names),)*) = (#(&self.#fields,)*) {
            #write
        }
    }
}

fn stamp(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let stamps = entity.fields.iter().filter_map(|field| {
        let ident = field.ident;
        Some(match field.role? {
            Role::Version => {
                let version = role_type(entity, field, "VersionField");
                quote! {
                    if let #private::Some(__next) = __stamp.version(#version::get(&self.#ident)) {
                        if let #private::Some(__version) = #version::from_version(__next) {
                            self.#ident = __version;
                        }
                    }
                }
            }
            Role::CreatedAt => {
                let clock = role_type(entity, field, "ClockField");
                quote! {
                    if __stamp.is_create() || #clock::is_unset(&self.#ident) {
                        self.#ident = #clock::from_clock(__stamp.now());
                    }
                }
            }
            Role::UpdatedAt => {
                let clock = role_type(entity, field, "ClockField");
                quote!(self.#ident = #clock::from_clock(__stamp.now());)
            }
            Role::Ttl => return None,
        })
    });
    let stamps: Vec<_> = stamps.collect();
    if stamps.is_empty() { quote!(let _ = __stamp;) } else { quote!(#(#stamps)*) }
}

/// `<FieldType as Trait>`, always at the field's type: a type that does not fit is one error there.
fn role_type(entity: &Entity<'_>, field: &Field<'_>, role: &str) -> TokenStream {
    let (ty, span) = (field.ty, field.ty.span());
    let private = entity.runtime.private_at(span);
    let role = Ident::new(role, span);
    quote_spanned!(span=> <#ty as #private::#role>)
}

fn version(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let field = entity.fields.iter().find(|field| field.role == Some(Role::Version));
    option(
        &private,
        field.map(|field| {
            let (ident, version) = (field.ident, role_type(entity, field, "VersionField"));
            quote!(#version::get(&self.#ident))
        }),
    )
}
