//! What a change of fields that are set together does to an item.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, parse_quote};

use super::{change::Change, parts::Parts};
use crate::model::{Entity, Form, Part, Role, Unique, depends_on};

/// `impl Assign` for the change of which everything is known.
pub(super) fn assign(change: &Change<'_>) -> TokenStream {
    let Change { entity, private, name, .. } = change;
    let (mut generics, any) = change.any();
    let (ident, ty_generics) = (&entity.input.ident, entity.generics.split_for_impl().1);
    let complete = change.complete();
    let where_clause = generics.make_where_clause();
    for parameter in &change.parameters {
        where_clause.predicates.push(parse_quote!(#parameter: #private::State));
    }
    where_clause.predicates.push(parse_quote!(#complete));
    for (ty, is_plain) in change.group.fields.iter().map(|field| {
        let field = &entity.fields[*field];
        (field.ty, !matches!(field.form, Form::Converted { .. }))
    }) {
        if is_plain && depends_on(ty, &entity.generics) {
            where_clause.predicates.push(parse_quote!(#ty: #private::Serialize));
        }
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let body = body(change);
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Assign<#ident #ty_generics> for #name #any #where_clause {
            fn assign(
                self,
                __changes: &mut #private::Changes,
                __key: &<#ident #ty_generics as #private::Entity>::Key,
            ) {
                #body
            }
        }
    }
}

fn body(change: &Change<'_>) -> TokenStream {
    let Change { entity, private, group, .. } = change;
    let (ident, ty_generics) = (&entity.input.ident, entity.generics.split_for_impl().1);
    let fields: Vec<&Ident> = change.fields().map(|(field, _)| field).collect();
    let values: Vec<Ident> = group.fields.iter().map(|field| value_name(*field)).collect();
    let value = |field| value(entity, field);
    let indexes = group.indexes.iter().map(|at| index(entity, *at, entity.parts_of(&entity.indexes[*at]), &value));
    let uniques = group.uniques.iter().map(|at| unique(change, *at, &entity.uniques[*at]));
    let expires = (!group.uniques.is_empty()).then(|| expires(entity)).flatten();
    quote! {
        let __fields = <#ident #ty_generics as #private::Entity>::__fields();
        #(__changes.tied(&__fields.#fields(), &self.#fields);)*
        if let (#(#private::Some(#values),)*) = (#(self.#fields.value(),)*) {
            #(#indexes)*
            #(#uniques)*
            #expires
        }
    }
}

fn value_name(field: usize) -> Ident {
    format_ident!("__value{field}")
}

/// The reference to a value after the update.
fn value(entity: &Entity<'_>, field: usize) -> TokenStream {
    if entity.is_key(field) {
        let ident = entity.fields[field].ident;
        return quote!(&__key.#ident);
    }
    let name = value_name(field);
    quote!(#name)
}

/// The key of the index at this position follows, from the references that `value` gives.
pub(super) fn index(
    entity: &Entity<'_>,
    at: usize,
    (partition, sort): (Vec<Part>, Vec<Part>),
    value: &dyn Fn(usize) -> TokenStream,
) -> TokenStream {
    let parts = Parts::new(entity, partition.iter().chain(&sort), value);
    let (partition, sort) = (partition.iter().map(|part| parts.part(part)), sort.iter().map(|part| parts.part(part)));
    let then = quote!(__changes.index(#at, &[#(#partition),*], &[#(#sort),*]););
    parts.if_all(then, Some(&quote!(__changes.no_index(#at);)))
}

/// The item that holds unique values is another one.
fn unique(change: &Change<'_>, at: usize, unique: &Unique) -> TokenStream {
    let Change { entity, private, group, .. } = change;
    let held = |value: &dyn Fn(usize) -> TokenStream| {
        let parts = Parts::new(entity, &unique.parts, value);
        let values = unique.parts.iter().map(|part| parts.part(part));
        parts.if_all(quote!(#private::Some([#(#values),*])), Some(&quote!(#private::None)))
    };
    let new = held(&|field| value(entity, field));
    let old_name = |field: usize| format_ident!("__old{field}");
    let old = held(&|field| {
        if entity.is_key(field) {
            return value(entity, field);
        }
        let name = old_name(field);
        quote!(#name)
    });
    let given = unique.parts.iter().map(|part| part.field).filter(|field| group.fields.contains(field));
    let given: Vec<usize> = given.collect();
    let moved = quote! {
        let __old = #old;
        let __new = #new;
        __changes.unique(
            #at,
            __old.as_ref().map(|__parts| __parts.as_slice()),
            __new.as_ref().map(|__parts| __parts.as_slice()),
        );
    };
    if given.is_empty() {
        return quote!({ #moved });
    }
    let names = given.iter().map(|field| old_name(*field));
    let fields = given.iter().map(|field| entity.fields[*field].ident);
    quote! {
        if let (#(#private::Some(#names),)*) = (#(self.#fields.old_value(),)*) {
            #moved
        }
    }
}

/// The items that hold unique values expire with the item.
fn expires(entity: &Entity<'_>) -> Option<TokenStream> {
    let field = entity.role(Role::Ttl)?;
    let (ident, value) = (entity.fields[field].ident, value(entity, field));
    Some(quote!(__changes.expires(&__fields.#ident(), #value);))
}
