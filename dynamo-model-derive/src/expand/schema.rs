//! The entity's description, and its checks against the table.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ext::IdentExt as _, spanned::Spanned as _};

use super::private;
use crate::{
    model::{Element, Entity, Field, Pattern, Role, Template, part_type},
    parse::Spec,
};

/// The value of `Entity::SCHEMA`.
pub(super) fn entity(entity: &Entity<'_>) -> TokenStream {
    let private = private(&entity.krate);
    let name = entity.input.ident.unraw().to_string();
    let type_name = &entity.type_name;
    let primary = pattern(entity, &entity.primary);
    let indexes = entity.indexes.iter().map(|index| pattern(entity, index));
    let fields = entity.fields.iter().filter(|field| !field.flatten).map(|field| self::field(field, &private));
    let open = entity.open.then(|| quote!(.with_open()));
    let generics = entity.is_generic().then(|| quote!(.with_generics()));
    quote! {
        &#private::EntitySchema::new(
            #name,
            #type_name,
            #primary,
            const { &[#(#indexes),*] },
            const { &[#(#fields),*] },
        )
        #open
        #generics
    }
}

/// Constants that fail to compile where the entity does not suit its table.
pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    let private = private(&entity.krate);
    let types = entity.fields.iter().filter_map(|field| role_type(field, &private));
    let types = quote!(#(const _: () = { #types };)*);
    if entity.is_generic() {
        // Constants cannot name a generic type; the table checks the concrete one that it holds.
        return TokenStream::new();
    }
    let ident = &entity.input.ident;
    let table = &entity.table;
    let member = quote_spanned! {table.span()=>
        const _: () = #private::check::entity(
            <#table as #private::Table>::SCHEMA,
            <#ident as #private::Entity>::SCHEMA,
        );
    };
    let stored = entity.fields.iter().filter(|field| !field.flatten).enumerate();
    let fields = stored.map(|(at, field)| {
        quote_spanned! {field.ident.span()=>
            const _: () = #private::check::field(
                <#table as #private::Table>::LAYOUT,
                <#ident as #private::Entity>::SCHEMA,
                #at,
            );
        }
    });
    quote! {
        #types
        #member
        #(#fields)*
    }
}

/// A lifecycle field's type can hold what the library writes into it.
fn role_type(field: &Field<'_>, private: &TokenStream) -> Option<TokenStream> {
    // The other roles are checked where the value is stamped; a TTL is only read by DynamoDB.
    if field.role != Some(Role::Ttl) || field.converted {
        return None;
    }
    let ty = field.ty;
    Some(quote_spanned! {ty.span()=>
        const fn is_ttl<T: #private::TtlField>() {}
        is_ttl::<#ty>();
    })
}

fn field(field: &Field<'_>, private: &TokenStream) -> TokenStream {
    let name = field.ident.unraw().to_string();
    let attribute = &field.attribute;
    let role = match field.role {
        None => quote!(#private::None),
        Some(role) => {
            let role = match role {
                Role::Version => quote!(Version),
                Role::CreatedAt => quote!(CreatedAt),
                Role::UpdatedAt => quote!(UpdatedAt),
                Role::Ttl => quote!(Ttl),
            };
            quote!(#private::Some(#private::FieldRole::#role))
        }
    };
    quote!(#private::FieldSchema { name: #name, attribute: #attribute, role: #role })
}

fn pattern(entity: &Entity<'_>, pattern: &Pattern) -> TokenStream {
    let private = private(&entity.krate);
    let table = &entity.table;
    let layout = quote!(<#table as #private::Table>::LAYOUT);
    let entity_name = entity.input.ident.unraw().to_string();
    let name = pattern.name.unraw().to_string();
    let stated = pattern.partition.is_some();
    let (index, key) = match &pattern.index {
        None => (quote!(#private::None), quote!(#layout.key)),
        Some(index) => {
            let index_name = index.unraw().to_string();
            let span = index.span();
            let found = quote_spanned! {span=>
                #private::check::own_partition(
                    #entity_name,
                    #private::check::index(#layout, #index_name, #entity_name),
                    #stated,
                )
            };
            (quote!(#private::Some(#found)), quote!(#private::check::index(#layout, #index_name, #entity_name).key))
        }
    };
    let partition = entity.partition_of(pattern).map(|partition| {
        let template = template(entity, partition);
        quote!(#private::check::partition(#entity_name, #key, #template))
    });
    let sort = match &pattern.sort {
        Some(sort) => {
            let template = template(entity, sort);
            quote_spanned!(sort.span()=> #private::check::sort(#entity_name, #key, #template))
        }
        None => {
            let span = entity.partition_of(pattern).map_or_else(|| pattern.name.span(), Template::span);
            quote_spanned!(span=> #private::check::no_sort(#entity_name, #key))
        }
    };
    quote! {
        #private::AccessPattern {
            name: #name,
            key: #private::KeyPattern { index: #index, partition: #partition, sort: #sort },
        }
    }
}

fn template(entity: &Entity<'_>, template: &Template) -> TokenStream {
    let private = private(&entity.krate);
    let entity_name = entity.input.ident.unraw().to_string();
    let text = template.literal.value();
    let span = template.span();
    let elements = template.elements.iter().map(|element| match element {
        Element::Literal(text) => quote!(#private::Element::Literal(#text)),
        Element::Part(part) => {
            let field = &entity.fields[part.field];
            let name = field.ident.unraw().to_string();
            let ty = part_type(field.ty);
            let spec = match part.spec {
                Spec::Plain => quote!(Plain),
                Spec::Lower => quote!(Lower),
                Spec::Raw => quote!(Raw),
                Spec::Width(width) => quote!(Width(#width)),
            };
            let kind = quote_spanned!(ty.span()=> <#ty as #private::KeyPart>::KIND);
            quote! {
                #private::Element::Part(#private::Placeholder {
                    field: #name,
                    spec: #private::PartSpec::#spec,
                    kind: #kind,
                })
            }
        }
    });
    let elements = quote!(const { &[#(#elements),*] });
    quote_spanned!(span=> #private::check::template(#entity_name, #text, #elements))
}
