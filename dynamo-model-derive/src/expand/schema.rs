//! The entity's description.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use crate::{
    model::{Element, Entity, Field, Pattern, Role, Unique},
    parse::{Period, Spec},
};

/// The value of `Entity::SCHEMA`.
pub(super) fn entity(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let name = entity.name();
    let type_name = &entity.type_name;
    let primary = pattern(entity, &entity.primary);
    let indexes = entity.indexes.iter().map(|index| pattern(entity, index));
    let fields = entity.stored_fields().map(|field| self::field(field, &private));
    let uniques: Vec<TokenStream> = entity.uniques.iter().map(|unique| self::unique(entity, unique)).collect();
    let uniques = (!uniques.is_empty()).then(|| quote!(.with_uniques(const { &[#(#uniques),*] })));
    let natives = super::native::schema(entity);
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
        #natives
        #uniques
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
        let template = template(entity, &partition.literal.value(), &partition.elements);
        quote!(#private::resolve::partition(#entity_name, #key, #template))
    });
    let sort = pattern.sort.as_ref().map_or_else(
        || quote!(#private::None),
        |sort| {
            let template = template(entity, &sort.literal.value(), &sort.elements);
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

/// The item that holds unique values has a key of their names and texts: `UNIQUE#User#org+handle#{org}#{handle}`.
fn unique(entity: &Entity<'_>, unique: &Unique) -> TokenStream {
    let private = entity.runtime.private();
    let layout = entity.layout();
    let entity_name = entity.name();
    let names: Vec<String> =
        unique.parts.iter().map(|part| entity.fields[part.field].ident.unraw().to_string()).collect();
    let leading = format!("UNIQUE#{}#{}#", entity.type_name, names.join("+"));
    let mut pattern = leading.replace('{', "{{").replace('}', "}}");
    let mut elements = vec![Element::Literal(leading)];
    for (at, (part, name)) in unique.parts.iter().zip(&names).enumerate() {
        if at > 0 {
            pattern.push('#');
            elements.push(Element::Literal("#".to_owned()));
        }
        let format = if part.spec == Spec::Lower { ":lower" } else { "" };
        pattern = format!("{pattern}{{{name}{format}}}");
        elements.push(Element::Part(*part));
    }
    let template = template(entity, &pattern, &elements);
    quote!(#private::resolve::unique(#entity_name, #layout, &[#(#names),*], #template))
}

fn template(entity: &Entity<'_>, text: &str, elements: &[Element]) -> TokenStream {
    let private = entity.runtime.private();
    let elements = elements.iter().map(|element| match element {
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
                Spec::Shard(shards) => quote!(Shard(#shards)),
                Spec::Period(period) => {
                    let period = match period {
                        Period::Year => quote!(Year),
                        Period::Month => quote!(Month),
                        Period::Day => quote!(Day),
                        Period::Hour => quote!(Hour),
                    };
                    quote!(Period(#private::Period::#period))
                }
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
