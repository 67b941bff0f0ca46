//! `impl Entity`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{beside, private, schema};
use crate::model::{Entity, Part, Pattern, Role, argument_of};

pub(super) fn implementation(entity: &Entity<'_>) -> TokenStream {
    let private = private(&entity.krate);
    let ident = &entity.input.ident;
    let (impl_generics, ty_generics, where_clause) = entity.input.generics.split_for_impl();
    let table = &entity.table;
    let key = beside(ident, "Key");
    let schema = schema::entity(entity);
    let key_value = key_value(entity);
    let primary = primary(entity);
    let indexes = entity.indexes.iter().enumerate().map(|(at, pattern)| index(entity, at, pattern));
    let stamp = stamp(entity);
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

            fn write_keys(
                &self,
                __keys: &mut #private::KeyWriter<'_>,
            ) -> #private::Result<(), #private::KeyError> {
                #primary
                #(#indexes)*
                #private::Ok(())
            }

            fn stamp(&mut self, __stamp: &#private::Stamp) {
                #stamp
            }

            fn version(&self) -> #private::Option<#private::u64> {
                #version
            }
        }
    }
}

fn key_value(entity: &Entity<'_>) -> TokenStream {
    let private = private(&entity.krate);
    let key = beside(&entity.input.ident, "Key");
    let turbofish = entity.input.generics.split_for_impl().1;
    let turbofish = turbofish.as_turbofish();
    let parts = entity.key_parts();
    let fields = parts.iter().map(|part| entity.fields[part.field].ident);
    quote!(#key #turbofish::new(#(#private::Clone::clone(&self.#fields)),*))
}

fn primary(entity: &Entity<'_>) -> TokenStream {
    let plain = |part: &Part| {
        let field = entity.fields[part.field].ident;
        quote!(&self.#field)
    };
    let partition = entity.primary.partition_parts();
    let sort = entity.primary.sort_parts();
    let (partition, sort) = (partition.iter().map(plain), sort.iter().map(plain));
    quote!(__keys.primary(&[#(#partition),*], &[#(#sort),*])?;)
}

/// Writes an index's key if every optional part of it has a value.
fn index(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = private(&entity.krate);
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
        if optional.contains(&part.field) {
            let name = name(part.field);
            return quote!(#name);
        }
        let field = entity.fields[part.field].ident;
        quote!(&self.#field)
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
    let stamps = entity.fields.iter().filter_map(|field| {
        let ident = field.ident;
        match field.role? {
            Role::Version => Some(quote!(__stamp.version(&mut self.#ident);)),
            Role::CreatedAt => Some(quote!(__stamp.created_at(&mut self.#ident);)),
            Role::UpdatedAt => Some(quote!(__stamp.updated_at(&mut self.#ident);)),
            Role::Ttl => None,
        }
    });
    let stamps: Vec<_> = stamps.collect();
    if stamps.is_empty() { quote!(let _ = __stamp;) } else { quote!(#(#stamps)*) }
}

fn version(entity: &Entity<'_>) -> TokenStream {
    let private = private(&entity.krate);
    match entity.fields.iter().find(|field| field.role == Some(Role::Version)) {
        Some(field) => {
            let ident = field.ident;
            quote!(#private::Some(#private::VersionField::get(&self.#ident)))
        }
        None => quote!(#private::None),
    }
}
