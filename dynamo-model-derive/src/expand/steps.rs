//! The steps of a query: a type that counts the sort-key parts given, with a method for the next part.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::{GenericParam, Generics, Ident, ext::IdentExt as _, parse_quote};

use super::{
    docs,
    key::{argument, given},
    query::reads,
    spread,
};
use crate::{
    case::pascal,
    model::{Element, Entity, Part, Pattern, Template, part_type},
    parse::Spec,
};

/// The steps of one access pattern.
pub(super) struct Steps<'e> {
    pub(super) entity: &'e Entity<'e>,
    pub(super) pattern: &'e Pattern,
    parts: Vec<Part>,
    /// How many parts the partition key has given.
    known: usize,
    pub(super) private: TokenStream,
    /// `TaskByStatus`
    pub(super) name: Ident,
    /// What all steps lead to.
    pub(super) query: TokenStream,
    /// The sort key, where the parts stand in order: errors about a step show it.
    pub(super) span: Span,
}

impl<'e> Steps<'e> {
    pub(super) fn new(entity: &'e Entity<'e>, pattern: &'e Pattern, known: usize) -> Self {
        let private = entity.runtime.private();
        let ident = &entity.input.ident;
        let ty_generics = entity.generics.split_for_impl().1;
        let source = reads(entity, pattern, &private);
        let request = spread::request(entity, pattern);
        let query = quote!(#private::#request<#ident #ty_generics, #source>);
        let span = pattern.sort.as_ref().map_or_else(|| pattern.name.span(), Template::span);
        let name = format_ident!("{}{}", ident.unraw(), pascal(&pattern.name.unraw().to_string()), span = span);
        Self { entity, pattern, parts: pattern.sort_parts(), known, private, name, query, span }
    }

    /// The type of the first step.
    pub(super) fn first(&self) -> TokenStream {
        self.at(self.known)
    }

    /// A query as its first step.
    pub(super) fn wrap(&self, query: &TokenStream) -> TokenStream {
        let name = &self.name;
        quote!(#name(#query))
    }

    pub(super) fn expand(&self) -> TokenStream {
        let declaration = self.declaration();
        let methods = (self.known..self.parts.len()).map(|at| self.part(at));
        let traits = self.traits();
        quote! {
            #declaration
            #(#methods)*
            #traits
        }
    }

    fn declaration(&self) -> TokenStream {
        let Self { private, name, query, known, .. } = self;
        let vis = &self.entity.input.vis;
        let doc = docs::step(self.entity, self.pattern);
        let mut generics = self.entity.generics.clone();
        generics.params.push(parse_quote!(const GIVEN: #private::usize = #known));
        let where_clause = &generics.where_clause;
        quote_spanned! {self.span=>
            #[doc = #doc]
            #[must_use = "a query does nothing until it is sent"]
            #vis struct #name #generics (#query) #where_clause;
        }
    }

    /// The method that gives the part at this position.
    ///
    /// It is there at every step, bound to the one that it belongs to by a trait that says what is wrong at the others.
    fn part(&self, at: usize) -> TokenStream {
        let Self { entity, private, name: step, .. } = self;
        let here = self.at(at);
        let (impl_generics, _, where_clause) = entity.generics.split_for_impl();
        let (mut generics, any) = self.any();
        let bound = quote_spanned!(self.span=> #step #any: #private::NextPart<#at>);
        generics.make_where_clause().predicates.push(parse_quote!(#bound));
        let (any_generics, _, any_where) = generics.split_for_impl();
        let method = self.method(at);
        quote! {
            impl #impl_generics #private::NextPart<#at> for #here #where_clause {}

            #[allow(dead_code)]
            impl #any_generics #step #any #any_where {
                #method
            }
        }
    }

    fn method(&self, at: usize) -> TokenStream {
        let Self { entity, private, name: step, query, .. } = self;
        let vis = &entity.input.vis;
        let part = self.parts[at];
        let field = &entity.fields[part.field];
        let (name, ty) = (field.ident, part_type(field.ty));
        let (next_type, next) = if at + 1 == self.parts.len() {
            (query.clone(), quote!(|__query| __query))
        } else {
            (self.at(at + 1), quote!(#step))
        };
        if takes_range(self.pattern, at) {
            if let Some(condition) = spread::condition(entity, self.pattern, at) {
                return spread::method(self, (name, ty), &condition, &next_type, &next);
            }
            let doc = docs::part(&name.unraw().to_string());
            let condition = if self.pattern.native { quote!(NativeCondition) } else { quote!(PartCondition) };
            quote! {
                #[doc = #doc]
                #vis fn #name<__Condition: #private::#condition<#ty>>(
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
        }
    }

    /// What derives would add, without their bounds on the entity's parameters.
    fn traits(&self) -> TokenStream {
        let Self { entity, private, name: step, query, .. } = self;
        let ident = &entity.input.ident;
        let ty_generics = entity.generics.split_for_impl().1;
        let (generics, any) = self.any();
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let source = reads(entity, self.pattern, private);
        let text = step.to_string();
        let request = spread::implementation(self).unwrap_or_else(|| {
            quote! {
                #[automatically_derived]
                impl #impl_generics #private::From<#step #any> for #query #where_clause {
                    fn from(__step: #step #any) -> Self {
                        __step.0
                    }
                }

                #[automatically_derived]
                impl #impl_generics #private::QueryRequest for #step #any #where_clause {
                    type Entity = #ident #ty_generics;
                    type Source = #source;

                    fn into_query(self) -> #query {
                        self.0
                    }
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::Clone for #step #any #where_clause {
                fn clone(&self) -> Self {
                    Self(#private::Clone::clone(&self.0))
                }
            }

            #[automatically_derived]
            impl #impl_generics #private::Debug for #step #any #where_clause {
                fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                    __f.debug_tuple(#text).field(&self.0).finish()
                }
            }

            #[automatically_derived]
            impl #impl_generics #private::PartialEq for #step #any #where_clause {
                fn eq(&self, __other: &Self) -> #private::bool {
                    #private::PartialEq::eq(&self.0, &__other.0)
                }
            }

            #request
        }
    }

    /// The step with this many parts given.
    pub(super) fn at(&self, given: usize) -> TokenStream {
        let (name, arguments) = (&self.name, arguments(&self.entity.generics, &quote!(#given)));
        quote!(#name #arguments)
    }

    /// The parameters of any step, and the arguments that they make.
    pub(super) fn any(&self) -> (Generics, TokenStream) {
        let private = &self.private;
        let mut generics = self.entity.generics.clone();
        generics.params.push(parse_quote!(const GIVEN: #private::usize));
        let arguments = arguments(&self.entity.generics, &quote!(GIVEN));
        (generics, arguments)
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
fn arguments(generics: &Generics, given: &TokenStream) -> TokenStream {
    let arguments = parameters_of(generics);
    quote!(<#(#arguments,)* #given>)
}

/// The parameters as the arguments that they make.
pub(super) fn parameters_of(generics: &Generics) -> Vec<TokenStream> {
    let arguments = generics.params.iter().map(|param| match param {
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => param.ident.to_token_stream(),
        GenericParam::Lifetime(param) => param.lifetime.to_token_stream(),
    });
    arguments.collect()
}
