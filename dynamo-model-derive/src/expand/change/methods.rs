//! The methods of a change, and those that begin one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ext::IdentExt as _};

use super::Change;
use crate::expand::{beside, docs};

impl Change<'_> {
    /// The methods that begin a change of all the fields, on `TaskFields`.
    pub(super) fn starters(&self) -> TokenStream {
        let vis = self.vis();
        let output = self.known(|_| false);
        let value = self.value(|_| None);
        let starters = self.entity.starters(self.group).into_iter().map(|starter| {
            let doc = docs::starter(self.entity, self.group);
            quote! {
                #[doc = #doc]
                #vis fn #starter(self) -> #output {
                    #value
                }
            }
        });
        let (impl_generics, ty_generics, where_clause) = self.entity.generics.split_for_impl();
        let fields = beside(&self.entity.input.ident, "Fields");
        quote! {
            #[allow(dead_code, private_interfaces, clippy::unused_self)]
            impl #impl_generics #fields #ty_generics #where_clause {
                #(#starters)*
            }
        }
    }

    /// `to(status, due)`, on the change of which nothing is known.
    pub(super) fn start(&self) -> TokenStream {
        let Self { entity, private, .. } = self;
        let vis = self.vis();
        let (impl_generics, _, where_clause) = entity.generics.split_for_impl();
        let nothing = self.known(|_| false);
        let all = self.known(|field| self.is_set(field) && !entity.is_unique(field));
        let set =
            || self.fields().zip(&self.group.fields).filter(|(_, field)| self.is_set(**field)).map(|(field, _)| field);
        let (names, types): (Vec<_>, Vec<_>) = set().unzip();
        let value = self.value(|field| {
            let name = entity.fields[field].ident;
            self.is_set(field).then(|| quote!(#private::Part::to(#private::IntoValue::into_value(#name))))
        });
        let doc = docs::to(entity, self.group);
        quote! {
            #[allow(dead_code, private_interfaces, clippy::too_many_arguments)]
            impl #impl_generics #nothing #where_clause {
                #[doc = #doc]
                #vis fn to(self, #(#names: impl #private::IntoValue<#types>),*) -> #all {
                    #value
                }
            }
        }
    }

    /// `with_status` and `given_status`.
    pub(super) fn methods(&self, at: usize) -> TokenStream {
        let Self { entity, private, name, .. } = self;
        let field = self.group.fields[at];
        let (ident, ty, vis) = (entity.fields[field].ident, entity.fields[field].ty, entity.fields[field].vis);
        let (generics, any) = self.any();
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let part = |verb: &str| {
            let verb = Ident::new(verb, ident.span());
            let parts = self.group.fields.iter().map(|other| {
                let name = entity.fields[*other].ident;
                if *other == field {
                    quote!(#name: self.#name.#verb(#private::IntoValue::into_value(__value)))
                } else {
                    quote!(#name: self.#name)
                }
            });
            quote!(#name { #(#parts,)* __known: #private::PhantomData })
        };
        let known = self.step(at, true);
        let (given, given_value) = (format_ident!("given_{}", ident.unraw(), span = ident.span()), part("given"));
        let given_doc = docs::given(entity, field);
        let with = self.is_set(field).then(|| {
            let (method, value) = (format_ident!("with_{}", ident.unraw(), span = ident.span()), part("with"));
            let doc = docs::with(entity, field);
            let output = self.step(at, !entity.is_unique(field));
            quote! {
                #[doc = #doc]
                #vis fn #method(self, __value: impl #private::IntoValue<#ty>) -> #output {
                    #value
                }
            }
        });
        quote! {
            #[allow(dead_code, private_interfaces, non_snake_case)]
            impl #impl_generics #name #any #where_clause {
                #with

                #[doc = #given_doc]
                #vis fn #given(self, __value: impl #private::IntoValue<#ty>) -> #known {
                    #given_value
                }
            }
        }
    }

    /// What setting the field alone gives.
    pub(super) fn tied(&self, at: usize) -> TokenStream {
        let Self { entity, private, .. } = self;
        let field = self.group.fields[at];
        let ty = entity.fields[field].ty;
        let (ident, (impl_generics, ty_generics, where_clause)) =
            (&entity.input.ident, entity.generics.split_for_impl());
        let change = self.known(|other| other == field && !entity.is_unique(field));
        let value = self.value(|other| (other == field).then(|| quote!(#private::Part::to(__value))));
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::TiedField<#field, #ty> for #ident #ty_generics #where_clause {
                type Change = #change;

                fn change(__value: #ty) -> Self::Change {
                    #value
                }
            }
        }
    }
}
