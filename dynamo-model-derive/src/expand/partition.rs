//! What a collection asks of its members: the partition that they are read in.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt as _, parse_quote};

use super::{key::is_string, query::source};
use crate::model::{Entity, Pattern, part_type};

/// `impl InPartition` for the primary key and each index.
pub(super) fn partitions(entity: &Entity<'_>) -> TokenStream {
    entity.patterns().enumerate().map(|(at, pattern)| partition(entity, at, pattern)).collect()
}

/// A number for an index, since types have no texts as parameters: FNV-1a of its name, and 0 for the primary key.
pub(super) fn number(index: Option<&Ident>) -> u64 {
    let Some(index) = index else { return 0 };
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    index.unraw().to_string().bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn partition(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let source = source(pattern, &private);
    let number = number(pattern.index.as_ref());
    let parts = entity.given_parts(pattern);
    // The entity's own parameters may not be mixed with those of this implementation, whose names are its own.
    let mut generics = entity.generics.clone();
    let mut types = Vec::new();
    let names: Vec<Ident> = (0..parts.len()).map(|at| format_ident!("__part{at}")).collect();
    let mut values = Vec::new();
    for (at, (part, name)) in parts.iter().zip(&names).enumerate() {
        let ty = part_type(entity.fields[part.field].ty);
        if is_string(ty) {
            let text = format_ident!("__Text{at}");
            generics.params.push(parse_quote!(#text: #private::AsText + ?#private::Sized));
            types.push(quote!(&'__parts #text));
            values.push(quote!(&#private::AsText::as_text(#name)));
        } else {
            let key_part = entity.key_part(*part);
            types.push(quote!(&'__parts #ty));
            values.push(quote!(#key_part::as_part(#name)));
        }
    }
    if !parts.is_empty() {
        generics.params.insert(0, parse_quote!('__parts));
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let ty_generics = entity.generics.split_for_impl().1;
    let (given, ty) = match (&names[..], &types[..]) {
        ([name], [ty]) => (quote!(#name), quote!(#ty)),
        _ => (quote!((#(#names),*)), quote!((#(#types),*))),
    };
    let schema = quote!(<Self as #private::Entity>::SCHEMA);
    let key = match at.checked_sub(1) {
        None => quote!(#schema.primary.key),
        Some(index) => quote!(#schema.indexes[#index].key),
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::InPartition<#ty, #number> for #ident #ty_generics #where_clause {
            type Source = #source;

            fn partition(#given: #ty) -> #private::Result<#private::String, #private::KeyError> {
                #key.build_partition(&[#(#values),*])
            }
        }
    }
}
