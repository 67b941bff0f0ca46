//! Queries of items that are spread over several partitions.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, Type, ext::IdentExt as _, parse_quote};

use super::{docs, query::reads, steps::Steps};
use crate::{
    model::{Entity, Pattern, depends_on, part_type},
    parse::Spec,
};

/// The request that a query is: one of one partition, or of several.
pub(super) fn request(entity: &Entity<'_>, pattern: &Pattern) -> Ident {
    Ident::new(if entity.is_spread(pattern) { "Spread" } else { "Query" }, Span::call_site())
}

/// How the sort-key part at this position is given, where that is not as for a query of one partition.
pub(super) enum Condition {
    /// It says which periods are read.
    Period,
    Part,
}

pub(super) fn condition(entity: &Entity<'_>, pattern: &Pattern, at: usize) -> Option<Condition> {
    if !entity.is_spread(pattern) {
        return None;
    }
    Some(if at == 0 && has_periods(entity, pattern) { Condition::Period } else { Condition::Part })
}

/// The method that gives a part.
pub(super) fn method(
    steps: &Steps<'_>,
    (name, ty): (&Ident, &Type),
    condition: &Condition,
    next_type: &TokenStream,
    next: &TokenStream,
) -> TokenStream {
    let Steps { entity, private, query, .. } = steps;
    let vis = &entity.input.vis;
    let text = name.unraw().to_string();
    let (doc, bound, value) = match condition {
        Condition::Period => (
            docs::period(&text),
            quote!(PeriodCondition),
            quote!(__Condition::apply(#name, self.0, #next, |__query| __query)),
        ),
        Condition::Part => (
            docs::part(&text),
            quote!(PartCondition),
            quote!(#private::Spread::part::<#ty, __Condition, _, _>(self.0, #name, #next, |__query| __query)),
        ),
    };
    quote! {
        #[doc = #doc]
        #vis fn #name<__Condition: #private::#bound<#ty>>(
            self,
            #name: __Condition,
        ) -> __Condition::Then<#next_type, #query> {
            #value
        }
    }
}

/// `impl SpreadRequest` for the steps, or for those that know which periods are read.
pub(super) fn implementation(steps: &Steps<'_>) -> Option<TokenStream> {
    let Steps { entity, pattern, private, name: step, query, .. } = steps;
    if !entity.is_spread(pattern) {
        return None;
    }
    let ident = &entity.input.ident;
    let ty_generics = entity.generics.split_for_impl().1;
    let source = reads(entity, pattern, private);
    let (mut generics, any) = steps.any();
    let mut known = TokenStream::new();
    if has_periods(entity, pattern) {
        let bound = quote_spanned!(steps.span=> #step #any: #private::PeriodsGiven);
        generics.make_where_clause().predicates.push(parse_quote!(#bound));
        let (own_generics, _, own_where) = entity.generics.split_for_impl();
        known.extend((1..pattern.sort_parts().len()).map(|given| {
            let step = steps.at(given);
            quote!(impl #own_generics #private::PeriodsGiven for #step #own_where {})
        }));
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    Some(quote! {
        #known

        #[automatically_derived]
        impl #impl_generics #private::From<#step #any> for #query #where_clause {
            fn from(__step: #step #any) -> Self {
                __step.0
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::SpreadRequest for #step #any #where_clause {
            type Entity = #ident #ty_generics;
            type Source = #source;

            fn into_spread(self) -> #query {
                self.0
            }
        }
    })
}

/// Fails to compile where a field that has no periods is asked for them, at its type; for a type that is made of the
/// entity's parameters, where a query is given one.
pub(super) fn times(entity: &Entity<'_>) -> TokenStream {
    let mut seen: Vec<usize> = Vec::new();
    let parts = entity.patterns().flat_map(Pattern::partition_parts);
    let is_concrete = |field: usize| !depends_on(entity.fields[field].ty, &entity.generics);
    let times = parts.filter(|part| matches!(part.spec, Spec::Period(_)) && is_concrete(part.field));
    times
        .filter(|part| {
            let is_new = !seen.contains(&part.field);
            seen.push(part.field);
            is_new
        })
        .map(|part| {
            let ty = part_type(entity.fields[part.field].ty);
            let span = syn::spanned::Spanned::span(ty);
            let private = entity.runtime.private_at(span);
            quote_spanned!(span=> const _: () = <#ty as #private::PeriodKeyPart>::IS_TIME;)
        })
        .collect()
}

fn has_periods(entity: &Entity<'_>, pattern: &Pattern) -> bool {
    let partition = entity.partition_of(pattern);
    partition.is_some_and(|partition| partition.parts().iter().any(|part| matches!(part.spec, Spec::Period(_))))
}
