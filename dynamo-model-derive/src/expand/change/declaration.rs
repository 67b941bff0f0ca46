//! The type of a change, and the types that name its fields where they are missing.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Change;
use crate::expand::docs;

impl Change<'_> {
    /// The type, which without parameters is the change of which everything is known.
    pub(super) fn declaration(&self) -> TokenStream {
        let Self { entity, private, name, parameters, .. } = self;
        let vis = &entity.input.vis;
        let doc = docs::change(entity, self.group);
        let mut generics = entity.generics.clone();
        for parameter in parameters {
            generics.params.push(syn::parse_quote!(#parameter = #private::Known));
        }
        let where_clause = &generics.where_clause;
        let (fields, types): (Vec<_>, Vec<_>) = self.fields().unzip();
        let (any_generics, any) = self.any();
        let (impl_generics, _, any_where) = any_generics.split_for_impl();
        let (ident, ty_generics) = (&entity.input.ident, entity.generics.split_for_impl().1);
        let text = name.to_string();
        quote! {
            #[doc = #doc]
            #[must_use = "a change does nothing until an update is given it"]
            #vis struct #name #generics #where_clause {
                #(#fields: #private::Part<#types>,)*
                __known: #private::PhantomData<fn() -> (#ident #ty_generics, #(#parameters,)*)>,
            }

            #[automatically_derived]
            impl #impl_generics #private::Debug for #name #any #any_where {
                fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                    __f.debug_struct(#text).finish_non_exhaustive()
                }
            }
        }
    }

    /// The types that stand for a field of which the change says too little: errors show them.
    pub(super) fn markers(&self) -> TokenStream {
        let private = &self.private;
        let markers = self.group.fields.iter().map(|field| {
            let marker = self.marker(*field);
            // An error about it shows the field.
            let declared = quote_spanned!(marker.span()=> pub enum #marker {});
            quote! {
                #[doc(hidden)]
                #[allow(
                    missing_debug_implementations,
                    missing_docs,
                    non_camel_case_types,
                    unnameable_types,
                    unreachable_pub
                )]
                #declared

                impl #private::Lacking for #marker {
                    type And<__Other: #private::Lacking> = (__Other, Self);
                }
            }
        });
        quote!(#(#markers)*)
    }
}
