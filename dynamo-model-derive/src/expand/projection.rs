//! Everything that `#[derive(Projection)]` generates.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt as _, spanned::Spanned as _};

use super::checks::check;
use crate::model::{Projection, ProjectionField};

pub(crate) fn projection(projection: &Projection<'_>) -> TokenStream {
    let private = projection.runtime.private();
    let (ident, of) = (&projection.input.ident, &projection.of);
    let entity = entity(projection);
    let fields = quote_spanned!(of.span()=> #entity::__fields());
    let names: Vec<&Ident> = projection.fields.iter().map(|field| field.ident).collect();
    let values: Vec<Ident> = (0..names.len()).map(|at| format_ident!("__field{at}")).collect();
    let read = projection.fields.iter().map(|field| read(projection, field));
    let carried = projection.from.iter().map(|pattern| carried(projection, pattern));
    quote! {
        #[automatically_derived]
        impl #private::Projection<#of> for #ident {
            type Fields = #private::Projected<Self>;

            fn __read(__reader: &mut #private::FieldReader<'_>) -> #private::Result<Self, #private::Unread> {
                let __fields = #fields;
                #(let #values = #read;)*
                #private::Ok(Self { #(#names: #values?),* })
            }
        }

        #(#carried)*
    }
}

/// Reads a field by the entity's own, so that serde's attributes there hold here.
fn read(projection: &Projection<'_>, field: &ProjectionField<'_>) -> TokenStream {
    let ProjectionField { ty, path, .. } = field;
    let span = ty.span();
    let private = projection.runtime.private_at(span);
    let path = path.iter().map(|name| quote_spanned!(name.span()=> .#name()));
    let path = quote!(__fields #(#path)*);
    quote_spanned!(span=> #private::FieldReader::field(__reader, &#path).value::<#ty>())
}

/// `<Task as Entity>`, always at the entity: a type that is none is one error there.
fn entity(projection: &Projection<'_>) -> TokenStream {
    let (of, span) = (&projection.of, projection.of.span());
    let private = projection.runtime.private_at(span);
    quote_spanned!(span=> <#of as #private::Entity>)
}

/// The access pattern's index carries every field.
fn carried(projection: &Projection<'_>, pattern: &Ident) -> TokenStream {
    let private = projection.runtime.private();
    let (ident, of, entity) = (&projection.input.ident, &projection.of, entity(projection));
    let (name, pattern_name) = (ident.unraw().to_string(), pattern.unraw().to_string());
    let arguments = quote!(#entity::SCHEMA, #name, #pattern_name);
    let known = check(&projection.runtime, pattern.span(), "from", &arguments);
    let fields = projection.fields.iter().map(|field| {
        let root = field.path.first().map(|root| root.unraw().to_string());
        let arguments = quote!(#private::layout_of::<#of>(), #entity::SCHEMA, #name, #pattern_name, #root);
        check(&projection.runtime, field.ident.span(), "carried", &arguments)
    });
    quote! {
        #[automatically_derived]
        impl #private::Carried<#of, { #private::resolve::pattern(#entity::SCHEMA, #pattern_name) }> for #ident {}

        #known
        #(#fields)*
    }
}
