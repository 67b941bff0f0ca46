//! `impl KeyPart`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, Member, Type, WhereClause, parse_quote, spanned::Spanned as _};

use crate::model::{KeyPart, KeyPartShape, depends_on};

/// Everything that `#[derive(KeyPart)]` generates.
pub(crate) fn key_part(part: &KeyPart<'_>) -> TokenStream {
    match &part.shape {
        KeyPartShape::Newtype { members, inner, ty } => {
            let (own, stored) = (newtype(part, members, *inner, ty), stored_as(part, &quote!(#ty)));
            quote!(#own #stored)
        }
        KeyPartShape::Names(names) => {
            let private = part.runtime.private();
            let (own, stored) = (self::names(part, names), stored_as(part, &quote!(#private::Name)));
            quote!(#own #stored)
        }
    }
}

/// As what serde writes it, which native indexes ask.
fn stored_as(part: &KeyPart<'_>, form: &TokenStream) -> Option<TokenStream> {
    let private = part.runtime.private();
    let ident = &part.input.ident;
    let (impl_generics, ty_generics, where_clause) = part.input.generics.split_for_impl();
    part.plain.then(|| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::StoredAs for #ident #ty_generics #where_clause {
                type Form = #form;
            }
        }
    })
}

/// The text of the value inside.
fn newtype(part: &KeyPart<'_>, members: &[Member], inner: usize, ty: &Type) -> TokenStream {
    let private = part.runtime.private();
    let ident = &part.input.ident;
    let (impl_generics, ty_generics, where_clause) = part.input.generics.split_for_impl();
    let key_part_where = where_key_part(part, ty);
    let member = &members[inner];
    let place = part.runtime.private_at(ty.span());
    let inner_part = quote_spanned!(ty.span()=> <#ty as #place::InKey>);
    let fields = members.iter().enumerate().map(|(at, member)| {
        if at == inner {
            quote!(#member: #inner_part::decode(__text, __spec)?)
        } else {
            quote!(#member: #private::PhantomData)
        }
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::KeyPart for #ident #ty_generics #key_part_where {
            const KIND: #private::PartKind = #inner_part::KIND;

            fn encode(
                &self,
                __spec: #private::PartSpec,
                __out: &mut #private::String,
            ) -> #private::Result<(), #private::PartError> {
                #inner_part::encode(&self.#member, __spec, __out)
            }

            fn decode(
                __text: &#private::str,
                __spec: #private::PartSpec,
            ) -> #private::Result<Self, #private::PartError> {
                #private::Ok(Self { #(#fields),* })
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::Newtype for #ident #ty_generics #where_clause {
            type Inner = #ty;
        }
    }
}

/// What a generic newtype asks of its parameters, as derives do: that it has the traits of a part, and so does what is
/// inside.
fn where_key_part(part: &KeyPart<'_>, inner: &Type) -> Option<WhereClause> {
    let private = part.runtime.private();
    let mut generics = part.input.generics.clone();
    if generics.type_params().next().is_some() {
        let where_clause = generics.make_where_clause();
        where_clause.predicates.push(parse_quote! {
            Self: #private::Clone + #private::Debug + #private::Eq + #private::Hash
        });
        if depends_on(inner, &part.input.generics) {
            where_clause.predicates.push(parse_quote!(#inner: #private::KeyPart));
        }
    }
    generics.where_clause
}

/// serde's name of the variant.
fn names(part: &KeyPart<'_>, names: &[(&Ident, String)]) -> TokenStream {
    let private = part.runtime.private();
    let ident = &part.input.ident;
    let (impl_generics, ty_generics, where_clause) = part.input.generics.split_for_impl();
    let variants: Vec<&Ident> = names.iter().map(|(variant, _)| *variant).collect();
    let texts: Vec<String> = names.iter().map(|(_, name)| escaped(name)).collect();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::KeyPart for #ident #ty_generics #where_clause {
            const KIND: #private::PartKind = #private::PartKind::Names(&[#(#texts),*]);

            fn encode(
                &self,
                __spec: #private::PartSpec,
                __out: &mut #private::String,
            ) -> #private::Result<(), #private::PartError> {
                #private::name_spec(__spec)?;
                __out.push_str(match self {
                    #(Self::#variants => #texts,)*
                });
                #private::Ok(())
            }

            fn decode(
                __text: &#private::str,
                __spec: #private::PartSpec,
            ) -> #private::Result<Self, #private::PartError> {
                #private::name_spec(__spec)?;
                match __text {
                    #(#texts => #private::Ok(Self::#variants),)*
                    _ => #private::Err(#private::unknown_name(&[#(#texts),*])),
                }
            }
        }
    }
}

/// The name as it stands in a key: bytes up to `%` would break order or end the part.
fn escaped(name: &str) -> String {
    let escape = |char: char| if char <= '%' { format!("%{:02X}", u32::from(char)) } else { char.to_string() };
    name.chars().map(escape).collect()
}
