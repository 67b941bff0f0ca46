//! Queries: a method for each access pattern.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::{
    docs,
    key::{argument, given},
    spread,
    steps::Steps,
};
use crate::model::{Entity, Pattern};

pub(super) fn queries(entity: &Entity<'_>) -> TokenStream {
    entity
        .patterns()
        .enumerate()
        // A primary key without sort-key parts is one item, which `get` reads.
        .filter(|(at, pattern)| *at > 0 || !pattern.sort_parts().is_empty())
        .map(|(at, pattern)| query(entity, at, pattern))
        .collect()
}

fn query(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let source = reads(entity, pattern, &private);
    let partition = entity.given_parts(pattern);
    let request = spread::request(entity, pattern);
    let sort = pattern.sort_parts();
    // Parts that the partition key has given already need not be given again.
    let known = entity.known_parts(pattern);
    let name = &pattern.name;
    let doc = docs::query(entity, pattern);
    let arguments = partition.iter().map(|part| argument(entity, part));
    let values = partition.iter().map(|part| given(entity, part));
    let known_values = sort[..known].iter().map(|part| given(entity, part));
    let pattern_value = match at.checked_sub(1) {
        None => quote!(&<Self as #private::Entity>::SCHEMA.primary),
        Some(index) => quote!(&<Self as #private::Entity>::SCHEMA.indexes[#index]),
    };
    let query = quote! {
        #private::#request::<Self, #source>::new(#pattern_value, &[#(#values),*])#(.give(#known_values))*
    };
    let steps = (known < sort.len()).then(|| Steps::new(entity, pattern, known));
    let (output, value) = match &steps {
        Some(steps) => (steps.first(), steps.wrap(&query)),
        None => (quote!(#private::#request<Self, #source>), query),
    };
    let steps = steps.as_ref().map(Steps::expand);
    quote! {
        #[allow(dead_code, clippy::too_many_arguments)]
        impl #impl_generics #ident #ty_generics #where_clause {
            #[doc = #doc]
            #vis fn #name(#(#arguments),*) -> #output {
                #value
            }
        }
        #steps
    }
}

/// Where the pattern's queries read, and whether whole items are there: the table says what its index carries.
pub(super) fn reads(entity: &Entity<'_>, pattern: &Pattern, private: &TokenStream) -> TokenStream {
    let source = source(pattern, private);
    let Some(index) = &pattern.index else { return source };
    let at = entity.indexes.iter().position(|other| other.index == pattern.index).unwrap_or_default();
    let (layout, name) = (entity.layout(), index.unraw().to_string());
    quote!(<#private::Carries<{ #private::resolve::carries(#layout, #name) }> as #private::ReadAt<#source, #at>>::Source)
}

/// Where the pattern is read: a global index takes no consistent read.
pub(super) fn source(pattern: &Pattern, private: &TokenStream) -> TokenStream {
    if pattern.index.is_none() || pattern.is_local_index() { quote!(#private::Local) } else { quote!(#private::Global) }
}
