//! After an error: the error, and items that keep it from becoming many.
//!
//! The error stands where a type is expected, as the argument of a trait that nothing implements. The compiler takes such
//! a type for one that it has reported, and says nothing more about whatever has it or depends on it: the trait
//! implementations below, and the methods and types that the user's code expects of the derive.
//!
//! Every constant and body here has that type too: rustc 1.95 panics where it evaluates a constant in an implementation
//! whose bounds were reported, and does not evaluate one that was reported itself.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{DeriveInput, GenericParam, Generics, Ident, WhereClause, ext::IdentExt as _, parse_quote};

use crate::{
    case::pascal,
    diag::Reported,
    parse::{Placement, placement},
    runtime::Runtime,
};

/// The error, and an entity with the methods and types that it would have.
pub(crate) fn entity(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let Placement { table, krate, patterns } = placement(input);
    let private = Runtime::new(krate).private();
    let (ident, vis, generics) = (&input.ident, &input.vis, &input.generics);
    let key = format_ident!("{}Key", ident.unraw());
    let fields = format_ident!("{}Fields", ident.unraw());
    let reported = reported(&private, &parameters(generics), errors);
    let (impl_generics, ty_generics, own_where) = generics.split_for_impl();
    let broken = quote!(#key #ty_generics);
    let where_clause = never(input, &private, &broken);
    let table = table.map_or_else(|| broken.clone(), |table| quote!(#table));
    let verbs = ["get", "exists", "delete", "update", "modify", "parse_key"].map(|verb| Ident::new(verb, ident.span()));
    let steps = steps(input, &patterns, &private, &broken);
    let in_partition = in_partition(input, &private, &broken);
    quote! {
        #[doc(hidden)]
        #[allow(type_alias_bounds)]
        #vis type #key #impl_generics = #reported #own_where;
        #[doc(hidden)]
        #[allow(type_alias_bounds)]
        #vis type #fields #impl_generics = #broken #own_where;
        #steps

        const _: () = {
            #[allow(non_upper_case_globals)]
            impl #impl_generics #ident #ty_generics #where_clause {
                #(#[doc(hidden)] #vis const #verbs: #broken = loop {};)*
                #(#[doc(hidden)] #vis const #patterns: #broken = loop {};)*
            }

            #[automatically_derived]
            impl #impl_generics #private::Entity for #ident #ty_generics #where_clause {
                type Table = #table;
                type Key = #broken;
                type Fields = #broken;
                type Writes = #broken;
                const SCHEMA: &'static #private::EntitySchema = Self::get;
                fn key(&self) -> Self::Key { Self::get }
                fn __write_keys(&self, _: &mut #private::KeyWriter<'_>) -> #private::Result<(), #private::KeyError> {
                    Self::get
                }
                fn __fields() -> Self::Fields { Self::get }
                fn __write_uniques(&self, _: &mut #private::UniqueWriter) -> #private::Result<(), #private::KeyError> {
                    Self::get
                }
                fn __write_fields(&self, _: &mut #private::Item) -> #private::Result<(), #private::EncodeError> {
                    Self::get
                }
                fn __read_fields(_: #private::Item, _: &[&#private::str]) -> #private::Result<Self, #private::DecodeError> {
                    Self::get
                }
                fn __stamp(&mut self, _: &#private::Stamp) { Self::get }
                fn __version(&self) -> #private::Option<#private::u64> { Self::get }
            }

            #[automatically_derived]
            impl #impl_generics #private::BatchDelete for #ident #ty_generics #where_clause {}

            #[automatically_derived]
            impl #impl_generics #private::BatchPut for #ident #ty_generics #where_clause {}

            #in_partition
        };
    }
}

/// What a collection asks of its members.
fn in_partition(input: &DeriveInput, private: &TokenStream, broken: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let where_clause = never(input, private, broken);
    let ty_generics = input.generics.split_for_impl().1;
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(__P));
    generics.params.push(parse_quote!(const __INDEX: #private::u64));
    let impl_generics = generics.split_for_impl().0;
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::InPartition<__P, __INDEX> for #ident #ty_generics #where_clause {
            type Source = #broken;
            fn partition(_: __P) -> #private::Result<#private::String, #private::KeyError> { Self::get }
        }
    }
}

/// The error, and a collection that reads any partition.
pub(crate) fn collection(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let private = Runtime::new(placement(input).krate).private();
    let (ident, vis) = (&input.ident, &input.vis);
    let (impl_generics, ty_generics, own_where) = input.generics.split_for_impl();
    let broken = quote!(__Broken);
    let reported = reported(&private, &quote!(()), errors);
    let where_clause = never(input, &private, &broken);
    let methods = ["get", "query"].map(|name| Ident::new(name, ident.span()));
    quote! {
        const _: () = {
            type #broken = #reported;
            const BROKEN: #broken = loop {};

            #[allow(dead_code, non_upper_case_globals)]
            impl #impl_generics #ident #ty_generics #own_where {
                #(#[doc(hidden)] #vis const #methods: #broken = loop {};)*
            }

            #[automatically_derived]
            impl #impl_generics #private::Collection for #ident #ty_generics #where_clause {
                type Table = #broken;
                type Met = #broken;
                const SCHEMA: &'static #private::CollectionSchema = BROKEN;
                fn __meet(
                    _: #private::usize,
                    _: #private::Item,
                ) -> #private::Result<Self::Met, #private::Error> { BROKEN }
            }
        };
    }
}

/// The error, and a projection of any entity, read from any index.
pub(crate) fn projection(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let private = Runtime::new(placement(input).krate).private();
    let ident = &input.ident;
    let broken = quote!(__Broken);
    let reported = reported(&private, &quote!(()), errors);
    let where_clause = never(input, &private, &broken);
    let ty_generics = input.generics.split_for_impl().1;
    let mut of_any = input.generics.clone();
    of_any.params.push(parse_quote!(__E));
    let mut at_any = of_any.clone();
    at_any.params.push(parse_quote!(const __AT: #private::usize));
    let (of_any, at_any) = (of_any.split_for_impl().0, at_any.split_for_impl().0);
    quote! {
        const _: () = {
            type #broken = #reported;
            const BROKEN: #broken = loop {};

            #[automatically_derived]
            impl #of_any #private::Projection<__E> for #ident #ty_generics #where_clause {
                type Fields = #broken;
                fn __read(_: &mut #private::FieldReader<'_>) -> #private::Result<Self, #private::Unread> { BROKEN }
            }

            #[automatically_derived]
            impl #at_any #private::Carried<__E, __AT> for #ident #ty_generics #where_clause {}
        };
    }
}

/// The types of the steps of queries; patterns whose types would have one name were reported.
fn steps(input: &DeriveInput, patterns: &[Ident], private: &TokenStream, broken: &TokenStream) -> TokenStream {
    let vis = &input.vis;
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(const GIVEN: #private::usize = 0));
    // One that is called like the type of the fields was reported too.
    let fields = format_ident!("{}Fields", input.ident.unraw());
    let mut names: Vec<Ident> = Vec::new();
    for pattern in patterns {
        let name = format_ident!("{}{}", input.ident.unraw(), pascal(&pattern.unraw().to_string()));
        if !names.contains(&name) && name != fields {
            names.push(name);
        }
    }
    quote! {
        #(
            #[doc(hidden)]
            #[allow(type_alias_bounds)]
            #vis type #names #generics = <(#broken, [(); GIVEN]) as #private::Broken<0>>::Type;
        )*
    }
}

/// The error, and a table that takes any entity.
pub(crate) fn table(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let private = Runtime::new(placement(input).krate).private();
    let ident = &input.ident;
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let broken = quote!(__Broken);
    let reported = reported(&private, &quote!(()), errors);
    let where_clause = never(input, &private, &broken);
    quote! {
        const _: () = {
            type #broken = #reported;
            const BROKEN: #broken = loop {};

            #[automatically_derived]
            impl #impl_generics #private::Table for #ident #ty_generics #where_clause {
                const LAYOUT: &'static #private::TableSchema = BROKEN;
                const SCHEMA: #private::Schema = BROKEN;
                fn from_item(_: #private::Item) -> #private::Result<Self, #private::Error> { BROKEN }
                fn to_item(&self) -> #private::Result<#private::Item, #private::Error> { BROKEN }
            }
        };
    }
}

/// The error, and a part that any template takes.
pub(crate) fn key_part(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let private = Runtime::new(placement(input).krate).private();
    let ident = &input.ident;
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let broken = quote!(__Broken);
    let reported = reported(&private, &quote!(()), errors);
    let where_clause = never(input, &private, &broken);
    quote! {
        const _: () = {
            type #broken = #reported;
            const BROKEN: #broken = loop {};

            #[automatically_derived]
            impl #impl_generics #private::KeyPart for #ident #ty_generics #where_clause {
                const KIND: #private::PartKind = BROKEN;
                fn encode(
                    &self,
                    _: #private::PartSpec,
                    _: &mut #private::String,
                ) -> #private::Result<(), #private::PartError> { BROKEN }
                fn decode(_: &#private::str, _: #private::PartSpec) -> #private::Result<Self, #private::PartError> {
                    BROKEN
                }
            }

            #[automatically_derived]
            impl #impl_generics #private::OrderedKeyPart for #ident #ty_generics #where_clause {}
        };
    }
}

/// The error, and a type that every operator takes.
pub(crate) fn attribute(input: &DeriveInput, errors: &Reported) -> TokenStream {
    let private = Runtime::new(placement(input).krate).private();
    let ident = &input.ident;
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let broken = quote!(__Broken);
    let reported = reported(&private, &quote!(()), errors);
    let where_clause = never(input, &private, &broken);
    quote! {
        const _: () = {
            type #broken = #reported;
            const BROKEN: #broken = loop {};

            #[automatically_derived]
            impl #impl_generics #private::Attribute for #ident #ty_generics #where_clause {
                type Class = #broken;
                const RANGE: #private::Option<(#private::i128, #private::i128)> = BROKEN;
            }

            #[automatically_derived]
            impl #impl_generics #private::Document for #ident #ty_generics #where_clause {
                type Fields<__E: 'static, __S: #private::Setter + 'static> = #broken;

                fn fields<__E: 'static, __S: #private::Setter + 'static>(
                    _: #private::Place,
                ) -> Self::Fields<__E, __S> {
                    BROKEN
                }
            }
        };
    }
}

/// A type that the compiler reports as these errors, once, wherever it is used.
fn reported(private: &TokenStream, parameters: &TokenStream, errors: &Reported) -> TokenStream {
    let errors = errors.to_compile_error();
    quote!(<#parameters as #private::Broken<{ #errors }>>::Type)
}

/// A type that uses every parameter, since an alias must.
fn parameters(generics: &Generics) -> TokenStream {
    let parameters = generics.params.iter().map(|param| match param {
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => {
            let name = &param.ident;
            quote!([(); { #name }])
        }
        GenericParam::Lifetime(param) => {
            let lifetime = &param.lifetime;
            quote!(&#lifetime ())
        }
    });
    quote!((#(#parameters,)*))
}

/// The type's own bounds and one on what was reported: so what an implementation lacks beside is not reported too.
fn never(input: &DeriveInput, private: &TokenStream, broken: &TokenStream) -> WhereClause {
    let mut generics = input.generics.clone();
    let where_clause = generics.make_where_clause();
    where_clause.predicates.push(parse_quote!(#broken: #private::Sized));
    where_clause.clone()
}
