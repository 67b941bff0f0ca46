//! The methods that begin an update, and what a batch may write.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{beside, docs, key};
use crate::model::{Entity, Role, is_named};

/// `update` and `modify`.
pub(super) fn methods(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let parts = entity.key_parts();
    let arguments: Vec<TokenStream> = parts.iter().map(|part| key::argument(entity, part)).collect();
    let typed_key = typed_key(entity);
    let (update, modify) = (syn::Ident::new("update", ident.span()), syn::Ident::new("modify", ident.span()));
    let (update_doc, modify_doc) = (docs::update(entity), docs::modify(entity));
    // A part of the key may be called so too.
    let is_taken = parts.iter().any(|part| entity.fields[part.field].ident == "change");
    let change = if is_taken { format_ident!("__change") } else { format_ident!("change") };
    quote! {
        #[doc = #update_doc]
        #vis fn #update(#(#arguments),*) -> #private::Update<Self> {
            #private::Update::new(#typed_key)
        }

        #[doc = #modify_doc]
        #vis fn #modify<__Change, __Verdict>(
            #(#arguments,)*
            #change: __Change,
        ) -> #private::Modify<Self, __Change>
        where
            __Change: #private::FnMut(&mut Self) -> __Verdict,
            __Verdict: #private::Verdict,
        {
            #private::Modify::new(#typed_key, #change)
        }
    }
}

/// The typed key from the arguments of a method.
fn typed_key(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let key = beside(&entity.input.ident, "Key");
    let turbofish = entity.generics.split_for_impl().1;
    let turbofish = turbofish.as_turbofish();
    let parts = entity.key_parts().into_iter().map(|part| {
        let field = &entity.fields[part.field];
        let (name, ty) = (field.ident, field.ty);
        if is_named(ty, &["String"]) {
            return quote!(<#ty as #private::From<&#private::str>>::from(#name));
        }
        let key_part = entity.key_part(part);
        quote!(#key_part::clone_part(#name))
    });
    quote!(#key #turbofish::new(#(#parts),*))
}

/// What may be asked of its writes: a version, or to be done in a batch.
pub(super) fn batches(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let versioned = entity.role(Role::Version).is_some().then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::Versioned for #ident #ty_generics #where_clause {}
        }
    });
    if !entity.uniques.is_empty() {
        return versioned.unwrap_or_default();
    }
    let put = entity.role(Role::Version).is_none().then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::BatchPut for #ident #ty_generics #where_clause {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::BatchDelete for #ident #ty_generics #where_clause {}

        #put
        #versioned
    }
}
