//! `impl Table`, conversions from the entities, and the checks between them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, ext::IdentExt as _, spanned::Spanned as _};

use super::{checks::check, option};
use crate::{
    check::{TYPE_ATTRIBUTE, own_attributes},
    model::{Table, Variant},
    parse::{RawProjection, RawTableIndex},
};

/// Everything that `#[derive(Table)]` generates.
pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let implementation = implementation(table);
    let conversions = table.variants.iter().map(|variant| conversion(table, variant));
    let checks = table.variants.iter().enumerate().map(|(at, variant)| checks(table, at, variant));
    let included = table.raw.indexes.iter().map(|index| included(table, index));
    let used = super::native::used(table);
    quote! {
        #implementation
        #(#conversions)*
        #(#checks)*
        #(#included)*
        #used
    }
}

fn implementation(table: &Table<'_>) -> TokenStream {
    let private = table.runtime.private();
    let ident = &table.input.ident;
    let layout = layout(table);
    let entities: Vec<_> = table.variants.iter().map(|variant| variant.entity).collect();
    let positions = 0..table.variants.len();
    let variants: Vec<&Ident> = table.variants.iter().map(|variant| variant.ident).collect();
    let read = table.variants.iter().map(|variant| {
        let entity = variant.entity;
        let value = quote!(<#entity as #private::Entity>::from_item(__item)?);
        if variant.boxed { quote!(#private::Box::new(#value)) } else { value }
    });
    quote! {
        #[automatically_derived]
        impl #private::Table for #ident {
            const LAYOUT: &'static #private::TableSchema = #layout;

            const SCHEMA: #private::Schema = #private::Schema {
                table: Self::LAYOUT,
                entities: const { &[#(<#entities as #private::Entity>::SCHEMA),*] },
            };

            fn from_item(__item: #private::Item) -> #private::Result<Self, #private::Error> {
                match #private::variant_of(Self::SCHEMA, &__item)? {
                    #(#positions => #private::Ok(Self::#variants(#read)),)*
                    _ => #private::Err(#private::unknown_type(Self::SCHEMA)),
                }
            }

            fn to_item(&self) -> #private::Result<#private::Item, #private::Error> {
                match self {
                    #(Self::#variants(__entity) => <#entities as #private::Entity>::to_item(__entity),)*
                }
            }
        }
    }
}

fn layout(table: &Table<'_>) -> TokenStream {
    let private = table.runtime.private();
    let raw = &table.raw;
    let (name, pk) = (&raw.name, &raw.pk);
    let sk = raw.sk.as_ref();
    let key = key(&private, &quote!(#pk), sk);
    let type_attribute = raw.type_attribute.as_ref().map_or_else(|| TYPE_ATTRIBUTE.to_owned(), syn::LitStr::value);
    let name_env = raw.name_env.as_ref().map(|variable| quote!(.with_name_env(#variable)));
    let ttl = raw.ttl.as_ref().map(|attribute| quote!(.with_ttl(#attribute)));
    let stream = table.stream.map(|view| {
        let view = Ident::new(view, proc_macro2::Span::call_site());
        quote!(.with_stream(#private::StreamView::#view))
    });
    let recovery = raw.point_in_time_recovery.then(|| quote!(.with_point_in_time_recovery()));
    let protection = raw.deletion_protection.then(|| quote!(.with_deletion_protection()));
    let indexes = raw.indexes.iter().map(|index| {
        let name = index.index.unraw().to_string();
        let (kind, partition) = match &index.pk {
            Some(own) => (quote!(Global), quote!(#own)),
            None => (quote!(Local), quote!(#pk)),
        };
        let key = self::key(&private, &partition, index.sk.as_ref());
        let carried = carried(table, index);
        quote!(#private::IndexSchema {
            name: #name,
            kind: #private::IndexKind::#kind,
            key: #key,
            projection: #private::IndexProjection::#carried,
        })
    });
    let natives = super::native::layout(table);
    quote! {
        &#private::TableSchema::new(#name, #key, #type_attribute)
            .with_indexes(const { &[#(#indexes),*] })
            #natives
            #name_env
            #ttl
            #stream
            #recovery
            #protection
    }
}

/// What an index carries; what tells an item's entity and its expiry goes with what is included.
fn carried(table: &Table<'_>, index: &RawTableIndex) -> TokenStream {
    match &index.projection {
        RawProjection::All => quote!(All),
        RawProjection::KeysOnly => quote!(KeysOnly),
        RawProjection::Include(names) => {
            let own = own_attributes(&table.raw);
            quote!(Include(const { &[#(#names,)* #(#own),*] }))
        }
    }
}

fn key(private: &TokenStream, partition: &TokenStream, sort: Option<&syn::LitStr>) -> TokenStream {
    let sort = option(private, sort);
    quote!(#private::KeyAttributes { partition: #partition, sort: #sort })
}

fn conversion(table: &Table<'_>, variant: &Variant<'_>) -> TokenStream {
    let private = table.runtime.private();
    let (ident, name, entity) = (&table.input.ident, variant.ident, variant.entity);
    let value = if variant.boxed { quote!(#private::Box::new(__entity)) } else { quote!(__entity) };
    quote! {
        #[automatically_derived]
        impl #private::From<#entity> for #ident {
            fn from(__entity: #entity) -> Self {
                Self::#name(#value)
            }
        }
    }
}

fn checks(table: &Table<'_>, at: usize, variant: &Variant<'_>) -> TokenStream {
    let private = table.runtime.private();
    let (ident, name, entity) = (&table.input.ident, variant.ident, variant.entity);
    let apart = check(&table.runtime, name.span(), "variant", &quote!(<#ident as #private::Table>::SCHEMA, #at));
    let place = table.runtime.private_at(entity.span());
    let belongs = quote_spanned! {entity.span()=>
        const _: () = <<#entity as #place::Entity>::Table as #place::LiesIn<#ident, #entity>>::HERE;
    };
    quote! {
        #apart
        #belongs
    }
}

/// What an index is to include is stored by some entity.
fn included(table: &Table<'_>, index: &RawTableIndex) -> TokenStream {
    let RawProjection::Include(names) = &index.projection else { return TokenStream::new() };
    let (private, ident, index) = (table.runtime.private(), &table.input.ident, index.index.unraw().to_string());
    let checks = names.iter().map(|name| {
        let arguments = quote!(<#ident as #private::Table>::SCHEMA, #index, #name);
        check(&table.runtime, name.span(), "included", &arguments)
    });
    checks.collect()
}
