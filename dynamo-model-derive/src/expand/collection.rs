//! Everything that `#[derive(Collection)]` generates.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, ext::IdentExt as _, spanned::Spanned as _};

use super::{checks::check, option, partition::number};
use crate::{
    diag::list,
    model::{Collection, CollectionShape, Holds, Member},
};

pub(crate) fn collection(collection: &Collection<'_>) -> TokenStream {
    let description = description(collection);
    let whole = (collection.shape == CollectionShape::Struct).then(|| whole(collection));
    let method = method(collection);
    let checks = checks(collection);
    quote! {
        #description
        #whole
        #method
        #checks
    }
}

fn description(collection: &Collection<'_>) -> TokenStream {
    let private = collection.runtime.private();
    let ident = &collection.input.ident;
    let name = ident.unraw().to_string();
    let index = index_name(collection);
    let index = option(&private, index.as_ref());
    let entities = collection.members.iter().map(|member| entity(collection, member));
    let first = collection.members.iter().take(1).map(|member| table_of(collection, member));
    let (output, body) = match collection.shape {
        CollectionShape::Struct => {
            (quote!((#private::usize, #private::Item)), quote!(#private::Ok((__member, __item))))
        }
        CollectionShape::Enum => (quote!(Self), met(collection)),
    };
    quote! {
        #[automatically_derived]
        impl #private::Collection for #ident {
            type Table = #(#first)*;
            type Met = #output;

            const SCHEMA: &'static #private::CollectionSchema = &#private::CollectionSchema::new(
                #name,
                #index,
                const { &[#(#entities::SCHEMA),*] },
            );

            fn __meet(
                __member: #private::usize,
                __item: #private::Item,
            ) -> #private::Result<Self::Met, #private::Error> {
                #body
            }
        }
    }
}

/// The variant of the member at a position.
fn met(collection: &Collection<'_>) -> TokenStream {
    let private = collection.runtime.private();
    let values = collection.members.iter().map(|member| {
        let (ident, entity) = (member.ident, entity(collection, member));
        let value = quote!(#entity::__met(__item)?);
        let value = if member.holds == Holds::Boxed { quote!(#private::Box::new(#value)) } else { value };
        quote!(#private::Ok(Self::#ident(#value)))
    });
    by_member(collection, values)
}

/// `match __member { .. }`, whose last arm takes the rest: there are no more members.
fn by_member(collection: &Collection<'_>, values: impl Iterator<Item = TokenStream>) -> TokenStream {
    let last = collection.members.len().saturating_sub(1);
    let values: Vec<TokenStream> = values.collect();
    if let [only] = &values[..] {
        return quote!(let _ = __member; #only);
    }
    let arms = values.iter().enumerate().map(|(at, value)| {
        let position = if at == last { quote!(_) } else { quote!(#at) };
        quote!(#position => #value)
    });
    quote!(match __member { #(#arms,)* })
}

fn whole(collection: &Collection<'_>) -> TokenStream {
    let private = collection.runtime.private();
    let ident = &collection.input.ident;
    let places: Vec<Literal> = (0..collection.members.len()).map(Literal::usize_unsuffixed).collect();
    let slots: Vec<TokenStream> = collection
        .members
        .iter()
        .map(|member| match member.holds {
            Holds::One | Holds::Boxed => quote!(One),
            Holds::First => quote!(First),
            Holds::Many => quote!(Many),
        })
        .collect();
    let types: Vec<_> = collection.members.iter().map(|member| member.entity).collect();
    let take = collection.members.iter().zip(&places).map(|(member, place)| {
        let entity = entity(collection, member);
        quote!(#private::Slot::take(&mut __parts.#place, #entity::__met(__item)?))
    });
    let take = by_member(collection, take);
    let fields = collection.members.iter().zip(&places).map(|(member, place)| {
        let (ident, entity) = (member.ident, entity(collection, member));
        let field = ident.unraw().to_string();
        let value = quote!(#private::Slot::finish(__parts.#place, [__name, #field, #entity::SCHEMA.name])?);
        let value = if member.holds == Holds::Boxed { quote!(#private::Box::new(#value)) } else { value };
        quote!(#ident: #value)
    });
    quote! {
        #[automatically_derived]
        impl #private::Whole for #ident {
            type Parts = (#(#private::#slots<#types>,)*);

            fn __parts() -> Self::Parts {
                (#(<#private::#slots<#types> as #private::Slot<#types>>::new(),)*)
            }

            fn __take(
                __parts: &mut Self::Parts,
                __member: #private::usize,
                __item: #private::Item,
            ) -> #private::Result<(), #private::Error> {
                #take;
                #private::Ok(())
            }

            fn __finish(__parts: Self::Parts) -> #private::Result<#private::Option<Self>, #private::Error> {
                if #(#private::Slot::is_empty(&__parts.#places))&&* {
                    return #private::Ok(#private::None);
                }
                let __name = <Self as #private::Collection>::SCHEMA.name;
                #private::Ok(#private::Some(Self { #(#fields),* }))
            }
        }
    }
}

/// `get` or `query`.
fn method(collection: &Collection<'_>) -> TokenStream {
    let private = collection.runtime.private();
    let (ident, vis) = (&collection.input.ident, &collection.input.vis);
    let (name, request, does) = match collection.shape {
        CollectionShape::Struct => ("get", quote!(CollectionGet), "Reads"),
        CollectionShape::Enum => ("query", quote!(CollectionQuery), "Queries"),
    };
    let name = Ident::new(name, ident.span());
    let number = number(collection.index.as_ref());
    let first = collection.members.iter().take(1).map(|member| member.entity);
    let first = quote!(#(#first)*);
    // An index is local or global; the table itself takes consistent reads.
    let source = collection
        .index
        .as_ref()
        .map_or_else(|| quote!(#private::Local), |_| quote!(<#first as #private::InPartition<__P, #number>>::Source));
    let doc = doc(collection, does);
    quote! {
        #[allow(dead_code, private_bounds, private_interfaces)]
        impl #ident {
            #[doc = #doc]
            #vis fn #name<__P>(partition: __P) -> #private::#request<Self, #source>
            where
                #first: #private::InPartition<__P, #number>,
            {
                #private::#request::new(<#first as #private::InPartition<__P, #number>>::partition(partition))
            }
        }
    }
}

fn doc(collection: &Collection<'_>, does: &str) -> String {
    let names: Vec<String> =
        collection.members.iter().map(|Member { entity, .. }| quote!(#entity).to_string().replace(' ', "")).collect();
    let members = list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let place = index_name(collection).map_or_else(String::new, |index| format!(" of index `{index}`"));
    let first = names.first().map_or("", String::as_str);
    format!(
        "{does} {members} of one partition{place}.\n\nTakes a reference to the part of the partition key of `{first}`, \
         or a tuple of references if there are several."
    )
}

fn index_name(collection: &Collection<'_>) -> Option<String> {
    collection.index.as_ref().map(|index| index.unraw().to_string())
}

/// The index is there, and the members lie in one table and in one partition.
fn checks(collection: &Collection<'_>) -> TokenStream {
    let private = collection.runtime.private();
    let ident = &collection.input.ident;
    let Some(first) = collection.members.first() else { return TokenStream::new() };
    let first_table = table_of(collection, first);
    let layout = layout(collection, first);
    let index = collection.index.as_ref().map(|index| {
        let (name, index_name) = (ident.unraw().to_string(), index.unraw().to_string());
        let exists = check(&collection.runtime, index.span(), "collection_index", &quote!(#layout, #name, #index_name));
        let whole = check(&collection.runtime, index.span(), "whole", &quote!(#layout, #name, #index_name));
        quote!(#exists #whole)
    });
    let members = collection.members.iter().enumerate().map(|(at, member)| {
        let (ty, span) = (member.entity, member.entity.span());
        let (own_table, own_layout) = (table_of(collection, member), self::layout(collection, member));
        let arguments = quote!(<#ident as #private::Collection>::SCHEMA, #at, #layout, #own_layout);
        let shares = check(&collection.runtime, span, "member", &arguments);
        let place = collection.runtime.private_at(span);
        let table = (at > 0)
            .then(|| quote_spanned!(span=> const _: () = <#own_table as #place::IsRead<#first_table, #ty>>::HERE;));
        quote!(#shares #table)
    });
    quote! {
        #index
        #(#members)*
    }
}

/// `<Task as Entity>`, always at the member's type: a type that is no entity is one error there.
fn entity(collection: &Collection<'_>, member: &Member<'_>) -> TokenStream {
    let (ty, span) = (member.entity, member.entity.span());
    let private = collection.runtime.private_at(span);
    quote_spanned!(span=> <#ty as #private::Entity>)
}

fn table_of(collection: &Collection<'_>, member: &Member<'_>) -> TokenStream {
    let entity = entity(collection, member);
    quote_spanned!(member.entity.span()=> #entity::Table)
}

/// The member's table without its entities.
fn layout(collection: &Collection<'_>, member: &Member<'_>) -> TokenStream {
    let span = member.entity.span();
    let (table, private) = (table_of(collection, member), collection.runtime.private_at(span));
    quote_spanned!(span=> <#table as #private::Table>::LAYOUT)
}
