//! Native indexes: their queries, their part of the schema, and what is checked of them.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, LitStr, ext::IdentExt as _, spanned::Spanned as _};

use super::{checks::check, docs, key::argument, query::source, steps::Steps};
use crate::{
    model::{Entity, Native, Part, Table, Template, part_type},
    parse::RawNames,
    runtime::Runtime,
};

/// A method for each native index.
pub(super) fn queries(entity: &Entity<'_>) -> TokenStream {
    entity.natives.iter().enumerate().map(|(at, native)| query(entity, at, native)).collect()
}

fn query(entity: &Entity<'_>, at: usize, native: &Native) -> TokenStream {
    let private = entity.runtime.private();
    let (ident, vis) = (&entity.input.ident, &entity.input.vis);
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let Native { pattern, .. } = native;
    let partition = pattern.partition.as_ref().map(Template::parts).unwrap_or_default();
    let (name, source, doc) = (&pattern.name, source(pattern, &private), docs::query(entity, pattern));
    let arguments = partition.iter().map(|part| argument(entity, part));
    let values = partition.iter().map(|part| given(entity, part));
    let query = quote! {
        #private::Query::<Self, #source>::native(
            &<Self as #private::Entity>::SCHEMA.native_indexes[#at],
            &[#(#values),*],
        )
    };
    let steps = pattern.sort.as_ref().map(|_| Steps::new(entity, pattern, 0));
    let (output, value) = match &steps {
        Some(steps) => (steps.first(), steps.wrap(&query)),
        None => (quote!(#private::Query<Self, #source>), query),
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

/// The parameter of [`argument`] as a value of a native key.
fn given(entity: &Entity<'_>, part: &Part) -> TokenStream {
    let field = &entity.fields[part.field];
    let ident = field.ident;
    if super::key::is_string(part_type(field.ty)) {
        return quote!(&#ident);
    }
    let native_part = native_part(entity, part.field);
    quote!(#native_part::as_native(#ident))
}

/// `<FieldType as NativePart>`, always at the field's type: a type that is none is one error there.
fn native_part(entity: &Entity<'_>, field: usize) -> TokenStream {
    let ty = part_type(entity.fields[field].ty);
    let private = entity.runtime.private_at(ty.span());
    quote_spanned!(ty.span()=> <#ty as #private::NativePart>)
}

/// What the entity's schema says of its native indexes.
pub(super) fn schema(entity: &Entity<'_>) -> Option<TokenStream> {
    if entity.natives.is_empty() {
        return None;
    }
    let private = entity.runtime.private();
    let entity_name = entity.name();
    let natives = entity.natives.iter().map(|native| {
        let (name, index) = (native.pattern.name.unraw().to_string(), native.index().unraw().to_string());
        let field = |at: &usize| {
            let (own, part) = (&entity.fields[*at], native_part(entity, *at));
            let (field, attribute) = (own.ident.unraw().to_string(), &own.attribute);
            quote!(#private::NativeField::new(#field, #attribute, #part::FORM))
        };
        let (partition, sort) = native.fields();
        let (partition, sort) = (partition.iter().map(field), sort.iter().map(field));
        quote! {
            #private::NativePattern::new(
                #entity_name,
                #name,
                #index,
                const { &[#(#partition),*] },
                const { &[#(#sort),*] },
            )
        }
    });
    Some(quote!(.with_native_indexes(const { &[#(#natives),*] })))
}

/// The fields are the attributes of the table's index, in its order.
pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    entity.natives.iter().map(|native| checks_of(entity, native)).collect()
}

fn checks_of(entity: &Entity<'_>, native: &Native) -> TokenStream {
    let (layout, name, index) = (entity.layout(), entity.name(), native.index().unraw().to_string());
    let exists = check(&entity.runtime, native.index().span(), "native_index", &quote!(#layout, #name, #index));
    let kind = check(&entity.runtime, native.given.name.span(), "native_kind", &quote!(#layout, #name, #index));
    let (partition, sort) = native.fields();
    let side = |is_sort: bool, names: Option<&RawNames<Ident>>, fields: &[usize]| {
        let span = names.map_or_else(|| native.given.name.span(), |names| names.span);
        let given = fields.len();
        let count = quote!(#layout, #name, #index, #is_sort, #given);
        let count = check(&entity.runtime, span, "native_count", &count);
        let attributes = fields.iter().map(|field| &entity.fields[*field].attribute);
        let attributes = quote!(&[#(#attributes),*]);
        let spans: Vec<Span> = names.iter().flat_map(|names| &names.names).map(Ident::span).collect();
        let each = fields.iter().zip(spans).enumerate().map(|(at, (field, span))| {
            let field = entity.fields[*field].ident.unraw().to_string();
            let arguments = quote!(#layout, #name, #index, #is_sort, #attributes, #at, #field);
            check(&entity.runtime, span, "native_field", &arguments)
        });
        quote!(#count #(#each)*)
    };
    let partition = side(false, Some(&native.given.pk), &partition);
    let sort = side(true, native.given.sk.as_ref(), &sort);
    quote!(#exists #kind #partition #sort)
}

/// What the table's layout says of its native indexes.
pub(super) fn layout(table: &Table<'_>) -> Option<TokenStream> {
    if table.raw.natives.is_empty() {
        return None;
    }
    let private = table.runtime.private();
    let natives = table.raw.natives.iter().map(|native| {
        let name = native.index.unraw().to_string();
        let pk: &[LitStr] = &native.key.pk.names;
        let sk = native.key.sk.iter().flat_map(|names| &names.names);
        quote!(#private::NativeIndexSchema::new(#name, &[#(#pk),*], &[#(#sk),*]))
    });
    Some(quote!(.with_native_indexes(const { &[#(#natives),*] })))
}

/// Each native index is used, so that the types of its attributes are known.
pub(super) fn used(table: &Table<'_>) -> TokenStream {
    let runtime: &Runtime = &table.runtime;
    let private = runtime.private();
    let ident = &table.input.ident;
    let natives = table.raw.natives.iter().enumerate();
    natives
        .map(|(at, native)| {
            let arguments = quote!(<#ident as #private::Table>::SCHEMA, #at);
            check(runtime, native.index.span(), "native_used", &arguments)
        })
        .collect()
}
