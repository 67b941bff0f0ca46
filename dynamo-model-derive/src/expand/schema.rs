//! The entity's description.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use crate::{
    model::{Element, Entity, Field, Pattern, Role, Template},
    parse::Spec,
};

/// The value of `Entity::SCHEMA`.
pub(super) fn entity(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let name = entity.name();
    let type_name = &entity.type_name;
    let primary = pattern(entity, &entity.primary);
    let indexes = entity.indexes.iter().map(|index| pattern(entity, index));
    let fields = entity.stored_fields().map(|field| self::field(field, &private));
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

/// The description that [`entity`] writes.
pub(super) fn of(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    quote!(<#ident as #private::Entity>::SCHEMA)
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
    let private = entity.runtime.private();
    let layout = entity.layout();
    let entity_name = entity.name();
    let name = pattern.name.unraw().to_string();
    let (index, key) = match &pattern.index {
        None => (quote!(#private::None), quote!(#layout.key)),
        Some(index) => {
            let index = index.unraw().to_string();
            let found = quote!(#private::resolve::index(#layout, #index));
            (quote!(#private::Some(#found)), quote!(#found.key))
        }
    };
    let partition = entity.partition_of(pattern).map(|partition| {
        let template = template(entity, partition);
        quote!(#private::resolve::partition(#entity_name, #key, #template))
    });
    let sort = pattern.sort.as_ref().map_or_else(
        || quote!(#private::None),
        |sort| {
            let template = template(entity, sort);
            quote!(#private::resolve::sort(#entity_name, #key, #template))
        },
    );
    quote! {
        #private::AccessPattern {
            name: #name,
            key: #private::KeyPattern { index: #index, partition: #partition, sort: #sort },
        }
    }
}

fn template(entity: &Entity<'_>, template: &Template) -> TokenStream {
    let private = entity.runtime.private();
    let text = template.literal.value();
    let elements = template.elements.iter().map(|element| match element {
        Element::Literal(text) => quote!(#private::Element::Literal(#text)),
        Element::Part(part) => {
            let field = &entity.fields[part.field];
            let name = field.ident.unraw().to_string();
            let key_part = entity.key_part(*part);
            let spec = match part.spec {
                Spec::Plain => quote!(Plain),
                Spec::Lower => quote!(Lower),
                Spec::Raw => quote!(Raw),
                Spec::Width(width) => quote!(Width(#width)),
            };
            quote! {
                #private::Element::Part(#private::Placeholder {
                    field: #name,
                    spec: #private::PartSpec::#spec,
                    kind: #key_part::KIND,
                })
            }
        }
    });
    quote!(#private::Template::new(#text, const { &[#(#elements),*] }))
}
