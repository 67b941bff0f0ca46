//! Queries: a method for each access pattern, and a type for its steps.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericParam, Generics, ext::IdentExt as _, parse_quote};

use super::{
    beside, docs,
    key::{allow_arguments, argument, given},
    private,
};
use crate::{
    case::pascal,
    model::{Element, Entity, Part, Pattern, part_type},
    parse::Spec,
};

pub(super) fn queries(entity: &Entity<'_>) -> TokenStream {
    entity
        .patterns()
        .enumerate()
        // A primary key without sort-key parts is one item, which `get` reads.
        .filter(|(at, pattern)| *at > 0 || !pattern.sort_parts().is_empty())
        .map(|(at, pattern)| query(entity, at, pattern))
        .collect()
}

fn query(entity: &Entity<'_>, at: usize, pattern: &Pattern) -> TokenStream {
    let private = private(&entity.krate);
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let (impl_generics, ty_generics, where_clause) = entity.input.generics.split_for_impl();
    let source = source(pattern, &private);
    let partition = entity.partition_of(pattern).map(crate::model::Template::parts).unwrap_or_default();
    let sort = pattern.sort_parts();
    // Parts that the partition key has given already need not be given again.
    let known = sort.iter().take_while(|part| partition.contains(part)).count();
    let name = &pattern.name;
    let doc = docs::query(entity, pattern);
    let arguments = partition.iter().map(|part| argument(entity, part));
    let values = partition.iter().map(|part| given(entity, part));
    let known_values = sort[..known].iter().map(|part| given(entity, part));
    let pattern_value = match at.checked_sub(1) {
        None => quote!(&<Self as #private::Entity>::SCHEMA.primary),
        Some(index) => quote!(&<Self as #private::Entity>::SCHEMA.indexes[#index]),
    };
    let query = quote! {
        #private::Query::<Self, #source>::new(#pattern_value, &[#(#values),*])#(.give(#known_values))*
    };
    let has_steps = known < sort.len();
    let step = beside(ident, &pascal(&pattern.name.unraw().to_string()));
    let turbofish = step_arguments(&entity.input.generics, &quote!(#known));
    let (output, value) = if has_steps {
        (quote!(#step #turbofish), quote!(#step(#query)))
    } else {
        (quote!(#private::Query<Self, #source>), query)
    };
    let steps = has_steps.then(|| steps(entity, pattern, known));
    let allow = allow_arguments(partition.len());
    quote! {
        #[automatically_derived]
        impl #impl_generics #ident #ty_generics #where_clause {
            #[doc = #doc]
            #allow
            #vis fn #name(#(#arguments),*) -> #output {
                #value
            }
        }
        #steps
    }
}

fn source(pattern: &Pattern, private: &TokenStream) -> TokenStream {
    if pattern.index.is_none() || pattern.is_local_index() { quote!(#private::Local) } else { quote!(#private::Global) }
}

/// The type of a query's steps, and a method for each sort-key part.
fn steps(entity: &Entity<'_>, pattern: &Pattern, known: usize) -> TokenStream {
    let private = private(&entity.krate);
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let ty_generics = entity.input.generics.split_for_impl().1;
    let where_clause = &entity.input.generics.where_clause;
    let source = source(pattern, &private);
    let query = quote!(#private::Query<#ident #ty_generics, #source>);
    let step = beside(ident, &pascal(&pattern.name.unraw().to_string()));
    let doc = docs::step(entity, pattern);

    let mut declared = entity.input.generics.clone();
    declared.params.push(parse_quote!(const GIVEN: #private::usize));
    let (any_generics, any_arguments, _) = declared.split_for_impl();
    let mut defaulted = entity.input.generics.clone();
    defaulted.params.push(parse_quote!(const GIVEN: #private::usize = #known));

    let sort = pattern.sort_parts();
    let methods = (known..sort.len()).map(|at| part(entity, pattern, &step, &query, at, sort[at]));
    quote! {
        #[doc = #doc]
        #[must_use = "a query does nothing until it is sent"]
        #[derive(#private::derives::Clone, #private::derives::Debug, #private::derives::PartialEq)]
        #vis struct #step #defaulted (#query) #where_clause;

        #(#methods)*

        #[automatically_derived]
        impl #any_generics #private::From<#step #any_arguments> for #query #where_clause {
            fn from(__step: #step #any_arguments) -> Self {
                __step.0
            }
        }

        #[automatically_derived]
        impl #any_generics #private::QueryRequest for #step #any_arguments #where_clause {
            type Entity = #ident #ty_generics;
            type Source = #source;

            fn into_query(self) -> #query {
                self.0
            }
        }
    }
}

/// The method that gives the sort-key part at this position.
fn part(
    entity: &Entity<'_>,
    pattern: &Pattern,
    step: &syn::Ident,
    query: &TokenStream,
    at: usize,
    part: Part,
) -> TokenStream {
    let private = private(&entity.krate);
    let vis = &entity.input.vis;
    let field = &entity.fields[part.field];
    let (name, ty) = (field.ident, part_type(field.ty));
    let (impl_generics, _, where_clause) = entity.input.generics.split_for_impl();
    let here = step_arguments(&entity.input.generics, &quote!(#at));
    let is_last = at + 1 == pattern.sort_parts().len();
    let (next_type, next) = if is_last {
        (query.clone(), quote!(|__query| __query))
    } else {
        let after = at + 1;
        let next = step_arguments(&entity.input.generics, &quote!(#after));
        (quote!(#step #next), quote!(#step))
    };
    let method = if takes_range(pattern, at) {
        let doc = docs::part(&name.unraw().to_string());
        quote! {
            #[doc = #doc]
            #vis fn #name<__Condition: #private::PartCondition<#ty>>(
                self,
                #name: __Condition,
            ) -> __Condition::Then<#next_type, #query> {
                __Condition::apply(#name, self.0, #next, |__query| __query)
            }
        }
    } else {
        let doc = docs::value(&name.unraw().to_string());
        let argument = argument(entity, &part);
        let value = given(entity, &part);
        quote! {
            #[doc = #doc]
            #vis fn #name(self, #argument) -> #next_type {
                (#next)(self.0.give(#value))
            }
        }
    };
    quote! {
        #[automatically_derived]
        impl #impl_generics #step #here #where_clause {
            #method
        }
    }
}

/// A raw text may hold bytes that sort before `#`, so it has no order where more follows.
fn takes_range(pattern: &Pattern, at: usize) -> bool {
    let Some(template) = &pattern.sort else { return true };
    let parts = template.parts();
    let ends_key = matches!(template.elements.last(), Some(Element::Part(last)) if *last == parts[at]);
    parts[at].spec != Spec::Raw || ends_key
}

/// `<P, 1>`: the entity's parameters and the number of parts given.
fn step_arguments(generics: &Generics, given: &TokenStream) -> TokenStream {
    let arguments = generics.params.iter().map(|param| match param {
        GenericParam::Type(param) => {
            let ident = &param.ident;
            quote!(#ident)
        }
        GenericParam::Const(param) => {
            let ident = &param.ident;
            quote!(#ident)
        }
        GenericParam::Lifetime(param) => {
            let lifetime = &param.lifetime;
            quote!(#lifetime)
        }
    });
    quote!(<#(#arguments,)* #given>)
}
