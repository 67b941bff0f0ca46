//! What a change knows of its fields, as parameters of its type.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Ident, ext::IdentExt as _};

use super::Change;
use crate::{
    case::pascal,
    expand::steps::parameters_of,
    model::{Entity, Group, mentions},
};

impl Change<'_> {
    /// The type of a change of which these fields are known.
    pub(super) fn known(&self, is_known: impl Fn(usize) -> bool) -> TokenStream {
        let private = &self.private;
        let states = self
            .group
            .fields
            .iter()
            .map(|field| if is_known(*field) { quote!(#private::Known) } else { self.missing(*field) });
        self.with(states)
    }

    /// The type of a change that is like any but for one field.
    pub(super) fn step(&self, at: usize, is_known: bool) -> TokenStream {
        let private = &self.private;
        let states = self.parameters.iter().enumerate().map(|(other, parameter)| {
            if other == at && is_known { quote!(#private::Known) } else { parameter.to_token_stream() }
        });
        self.with(states)
    }

    /// The parameters of any change, and the arguments that they make.
    pub(in crate::expand) fn any(&self) -> (syn::Generics, TokenStream) {
        let mut generics = self.entity.generics.clone();
        for parameter in &self.parameters {
            generics.params.push(syn::parse_quote!(#parameter));
        }
        let arguments = parameters_of(&generics);
        (generics, quote!(<#(#arguments),*>))
    }

    fn with(&self, states: impl Iterator<Item = TokenStream>) -> TokenStream {
        let name = &self.name;
        let own = parameters_of(&self.entity.generics);
        quote!(#name<#(#own,)* #(#states),*>)
    }

    /// The state of a field of which the change says too little.
    fn missing(&self, field: usize) -> TokenStream {
        let (private, marker) = (&self.private, self.marker(field));
        quote!(#private::Missing<#marker>)
    }

    /// `Task_due`, or `User_email_as_stored` where a new value alone is too little: a type that errors show.
    pub(super) fn marker(&self, field: usize) -> Ident {
        let (entity, ident) = (self.entity.input.ident.unraw(), self.entity.fields[field].ident);
        let what = if self.entity.is_unique(field) { "_as_stored" } else { "" };
        format_ident!("{entity}_{}{what}", ident.unraw(), span = ident.span())
    }

    /// The bound of a change that can be done: of what is missing, there is nothing.
    pub(in crate::expand) fn complete(&self) -> TokenStream {
        let private = &self.private;
        let missing = self
            .parameters
            .iter()
            .rev()
            .fold(quote!(()), |rest, parameter| quote!(<#parameter as #private::State>::Before<#rest>));
        quote!(#missing: #private::Complete)
    }
}

/// A name for each field's parameter that nothing else in the type bears.
pub(super) fn parameters(entity: &Entity<'_>, group: &Group) -> Vec<Ident> {
    let types = group.fields.iter().map(|field| entity.fields[*field].ty);
    let (_, ty_generics, where_clause) = entity.generics.split_for_impl();
    let (ident, params) = (&entity.input.ident, &entity.generics.params);
    let taken = quote!(#ident #ty_generics #params #where_clause #(#types)*);
    let mut parameters: Vec<Ident> = Vec::new();
    for field in &group.fields {
        let ident = entity.fields[*field].ident;
        let mut name = format_ident!("{}", pascal(&ident.unraw().to_string()), span = ident.span());
        while mentions(taken.clone(), &[&name]) || parameters.contains(&name) {
            name = format_ident!("{name}Part");
        }
        parameters.push(name);
    }
    parameters
}
