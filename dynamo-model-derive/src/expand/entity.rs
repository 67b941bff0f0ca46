//! `impl Entity`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned as _};

use super::{assign, beside, fields, option, parts::Parts, schema};
use crate::model::{Entity, Field, Part, Pattern, Role, Touch, Unique};

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
    let uniques: Vec<TokenStream> =
        entity.uniques.iter().enumerate().map(|(at, unique)| self::unique(entity, at, unique)).collect();
    let (uniques_argument, writes) = match &uniques[..] {
        [] => (quote!(_), quote!(Single)),
        _ => (quote!(__uniques), quote!(Transactional)),
    };
    let fields = beside(ident, "Fields");
    let fields_value = fields::value(entity);
    let stamp = stamp(entity);
    let place = entity.runtime.private_at(ident.span());
    let written = quote_spanned!(ident.span()=> <#ident #ty_generics as #place::Written>);
    let read = quote_spanned!(ident.span()=> <#ident #ty_generics as #place::Read>);
    let version = version(entity);
    let touch = touch(entity);
    let set_version = set_version(entity);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Entity for #ident #ty_generics #where_clause {
            type Table = #table;
            type Key = #key #ty_generics;
            type Fields = #fields #ty_generics;
            type Writes = #private::#writes;

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

            fn __fields() -> Self::Fields {
                #fields_value
            }

            fn __write_uniques(
                &self,
                #uniques_argument: &mut #private::UniqueWriter,
            ) -> #private::Result<(), #private::KeyError> {
                #(#uniques)*
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

            #touch

            #set_version

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
    let (partition, sort) = entity.parts_of(&entity.primary);
    let (partition, sort) = (partition.iter().map(plain), sort.iter().map(plain));
    quote!(__keys.primary(&[#(#partition),*], &[#(#sort),*])?;)
}

/// A field of the value itself.
fn own<'e>(entity: &'e Entity<'_>) -> impl Fn(usize) -> TokenStream + 'e {
    |field| {
        let ident = entity.fields[field].ident;
        quote!(&self.#ident)
    }
}

/// Writes an index's key if every optional part of it has a value.
fn index(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let (partition, sort) = entity.parts_of(pattern);
    let own = own(entity);
    let parts = Parts::new(entity, partition.iter().chain(&sort), &own);
    let (partition, sort) = (partition.iter().map(|part| parts.part(part)), sort.iter().map(|part| parts.part(part)));
    parts.if_all(quote!(__keys.index(#at, &[#(#partition),*], &[#(#sort),*])?;), None)
}

/// Writes the key of the item that holds unique values, if every optional part of them has one.
fn unique(entity: &Entity<'_>, at: usize, unique: &Unique) -> TokenStream {
    let own = own(entity);
    let parts = Parts::new(entity, &unique.parts, &own);
    let values = unique.parts.iter().map(|part| parts.part(part));
    parts.if_all(quote!(__uniques.unique(#at, &[#(#values),*])?;), None)
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

/// What every update changes: the time of the write, and the keys of the indexes that are made of it.
fn touch(entity: &Entity<'_>) -> Option<TokenStream> {
    let private = entity.runtime.private();
    let updated = entity.role(Role::UpdatedAt)?;
    let field = &entity.fields[updated];
    let (ident, ty, clock) = (field.ident, field.ty, role_type(entity, field, "ClockField"));
    let value = |field: usize| {
        let ident = entity.fields[field].ident;
        if field == updated { quote!(&__updated) } else { quote!(&__key.#ident) }
    };
    let followed = entity.indexes.iter().enumerate().filter(|(_, index)| entity.touch(index) == Touch::Follows);
    let indexes: Vec<TokenStream> =
        followed.map(|(at, index)| assign::index(entity, at, entity.parts_of(index), &value)).collect();
    let key = if indexes.is_empty() { quote!(_) } else { quote!(__key) };
    Some(quote! {
        fn __touch(__changes: &mut #private::Changes, #key: &Self::Key, __now: #private::Timestamp) {
            let __fields = <Self as #private::Entity>::__fields();
            let __updated: #ty = #clock::from_clock(__now);
            #(#indexes)*
            __changes.tied(&__fields.#ident(), &#private::Part::to(__updated));
        }
    })
}

fn set_version(entity: &Entity<'_>) -> Option<TokenStream> {
    let private = entity.runtime.private();
    let field = &entity.fields[entity.role(Role::Version)?];
    let (ident, version) = (field.ident, role_type(entity, field, "VersionField"));
    Some(quote! {
        fn __set_version(&mut self, __version: #private::Option<#private::u64>) {
            if let #private::Some(__version) = __version {
                if let #private::Some(__version) = #version::from_version(__version) {
                    self.#ident = __version;
                }
            }
        }
    })
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
