//! The change of fields that are set together, such as `TaskByStatusChange`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Ident, Type, Visibility, ext::IdentExt as _};

use super::{assign, docs, steps::parameters_of};
use crate::{
    case::pascal,
    model::{Entity, Group, Setter, mentions},
};

/// The changes of every group that can be set.
pub(super) fn changes(entity: &Entity<'_>) -> TokenStream {
    entity.groups.iter().map(|group| Change::new(entity, group).expand()).collect()
}

/// The change of one group.
pub(super) struct Change<'e> {
    pub(super) entity: &'e Entity<'e>,
    pub(super) group: &'e Group,
    pub(super) private: TokenStream,
    /// `TaskByStatusChange`
    pub(super) name: Ident,
    /// A type parameter a field: whether its value is known.
    parameters: Vec<Ident>,
}

impl<'e> Change<'e> {
    pub(super) fn new(entity: &'e Entity<'e>, group: &'e Group) -> Self {
        let ident = &entity.input.ident;
        let name = format_ident!("{}{}", ident.unraw(), group.name, span = ident.span());
        let parameters = parameters(entity, group);
        Self { entity, group, private: entity.runtime.private(), name, parameters }
    }

    /// Whether any of the fields can be set by the user.
    fn is_settable(&self) -> bool {
        self.group.fields.iter().any(|field| self.is_set(*field))
    }

    fn is_set(&self, field: usize) -> bool {
        self.entity.setter(field) == Setter::Tied
    }

    fn expand(&self) -> TokenStream {
        if !self.is_settable() {
            return TokenStream::new();
        }
        let declaration = self.declaration();
        let start = self.start();
        let methods = (0..self.group.fields.len()).map(|at| self.methods(at));
        let tied =
            (0..self.group.fields.len()).filter(|at| self.is_set(self.group.fields[*at])).map(|at| self.tied(at));
        let assign = assign::assign(self);
        quote! {
            #declaration
            #start
            #(#methods)*
            #(#tied)*
            #assign
        }
    }

    fn declaration(&self) -> TokenStream {
        let Self { entity, private, name, parameters, .. } = self;
        let vis = &entity.input.vis;
        let doc = docs::change(entity, self.group);
        let mut generics = entity.generics.clone();
        for parameter in parameters {
            generics.params.push(syn::parse_quote!(#parameter = #private::Missing));
        }
        let where_clause = &generics.where_clause;
        let (fields, types): (Vec<_>, Vec<_>) = self.fields().unzip();
        let (any_generics, any) = self.any();
        let (impl_generics, _, any_where) = any_generics.split_for_impl();
        let (ident, ty_generics) = (&entity.input.ident, entity.generics.split_for_impl().1);
        let text = name.to_string();
        quote! {
            #[doc = #doc]
            #[must_use = "a change does nothing until an update is given it"]
            #vis struct #name #generics #where_clause {
                #(#fields: #private::Part<#types>,)*
                __known: #private::PhantomData<fn() -> (#ident #ty_generics, #(#parameters,)*)>,
            }

            #[automatically_derived]
            impl #impl_generics #private::Debug for #name #any #any_where {
                fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                    __f.debug_struct(#text).finish_non_exhaustive()
                }
            }
        }
    }

    /// The methods that begin a change of all the fields, on `TaskFields`.
    pub(super) fn starters(&self) -> TokenStream {
        if !self.is_settable() {
            return TokenStream::new();
        }
        let vis = self.vis();
        let output = self.known(|_| false);
        let value = self.value(|_| None);
        let starters = self.entity.starters(self.group).into_iter().map(|starter| {
            let doc = docs::starter(self.entity, self.group);
            quote! {
                #[doc = #doc]
                #vis fn #starter(self) -> #output {
                    #value
                }
            }
        });
        quote!(#(#starters)*)
    }

    /// `to(status, due)`, on the change of which nothing is known.
    fn start(&self) -> TokenStream {
        let Self { entity, private, .. } = self;
        let vis = self.vis();
        let (impl_generics, _, where_clause) = entity.generics.split_for_impl();
        let nothing = self.known(|_| false);
        let all = self.known(|field| self.is_set(field) && !entity.is_unique(field));
        let set =
            || self.fields().zip(&self.group.fields).filter(|(_, field)| self.is_set(**field)).map(|(field, _)| field);
        let (names, types): (Vec<_>, Vec<_>) = set().unzip();
        let value = self.value(|field| {
            let name = entity.fields[field].ident;
            self.is_set(field).then(|| quote!(#private::Part::to(#private::IntoValue::into_value(#name))))
        });
        let doc = docs::to(entity, self.group);
        quote! {
            #[allow(dead_code, private_interfaces, clippy::too_many_arguments)]
            impl #impl_generics #nothing #where_clause {
                #[doc = #doc]
                #vis fn to(self, #(#names: impl #private::IntoValue<#types>),*) -> #all {
                    #value
                }
            }
        }
    }

    /// `with_status` and `given_status`.
    fn methods(&self, at: usize) -> TokenStream {
        let Self { entity, private, name, .. } = self;
        let field = self.group.fields[at];
        let (ident, ty, vis) = (entity.fields[field].ident, entity.fields[field].ty, entity.fields[field].vis);
        let (generics, any) = self.any();
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let part = |verb: &str| {
            let verb = Ident::new(verb, ident.span());
            let parts = self.group.fields.iter().map(|other| {
                let name = entity.fields[*other].ident;
                if *other == field {
                    quote!(#name: self.#name.#verb(#private::IntoValue::into_value(__value)))
                } else {
                    quote!(#name: self.#name)
                }
            });
            quote!(#name { #(#parts,)* __known: #private::PhantomData })
        };
        let known = self.step(at, true);
        let (given, given_value) = (format_ident!("given_{}", ident.unraw(), span = ident.span()), part("given"));
        let given_doc = docs::given(entity, field);
        let with = self.is_set(field).then(|| {
            let (method, value) = (format_ident!("with_{}", ident.unraw(), span = ident.span()), part("with"));
            let doc = docs::with(entity, field);
            let output = self.step(at, !entity.is_unique(field));
            quote! {
                #[doc = #doc]
                #vis fn #method(self, __value: impl #private::IntoValue<#ty>) -> #output {
                    #value
                }
            }
        });
        quote! {
            #[allow(dead_code, private_interfaces, non_snake_case)]
            impl #impl_generics #name #any #where_clause {
                #with

                #[doc = #given_doc]
                #vis fn #given(self, __value: impl #private::IntoValue<#ty>) -> #known {
                    #given_value
                }
            }
        }
    }

    /// What setting the field alone gives.
    fn tied(&self, at: usize) -> TokenStream {
        let Self { entity, private, .. } = self;
        let field = self.group.fields[at];
        let ty = entity.fields[field].ty;
        let (ident, (impl_generics, ty_generics, where_clause)) =
            (&entity.input.ident, entity.generics.split_for_impl());
        let change = self.known(|other| other == field && !entity.is_unique(field));
        let value = self.value(|other| (other == field).then(|| quote!(#private::Part::to(__value))));
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::TiedField<#field, #ty> for #ident #ty_generics #where_clause {
                type Change = #change;

                fn change(__value: #ty) -> Self::Change {
                    #value
                }
            }
        }
    }

    /// The fields and their types.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'e Ident, &'e Type)> {
        let entity = self.entity;
        self.group.fields.iter().map(move |field| (entity.fields[*field].ident, entity.fields[*field].ty))
    }

    /// A change, with what is said of some of the fields.
    fn value(&self, part: impl Fn(usize) -> Option<TokenStream>) -> TokenStream {
        let Self { entity, private, name, .. } = self;
        let parts = self.group.fields.iter().map(|field| {
            let ident = entity.fields[*field].ident;
            let part = part(*field).unwrap_or_else(|| quote!(#private::Part::unknown()));
            quote!(#ident: #part)
        });
        quote!(#name { #(#parts,)* __known: #private::PhantomData })
    }

    /// The type of a change of which these fields are known.
    pub(super) fn known(&self, is_known: impl Fn(usize) -> bool) -> TokenStream {
        let private = &self.private;
        let states = self
            .group
            .fields
            .iter()
            .map(|field| if is_known(*field) { quote!(#private::Known) } else { quote!(#private::Missing) });
        self.with(states)
    }

    /// The type of a change that is like any but for one field.
    fn step(&self, at: usize, is_known: bool) -> TokenStream {
        let private = &self.private;
        let states = self.parameters.iter().enumerate().map(|(other, parameter)| {
            if other == at && is_known { quote!(#private::Known) } else { parameter.to_token_stream() }
        });
        self.with(states)
    }

    /// The parameters of any change, and the arguments that they make.
    pub(super) fn any(&self) -> (syn::Generics, TokenStream) {
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

    /// As visible as the field that is least so.
    fn vis(&self) -> Visibility {
        let all = || self.group.fields.iter().map(|field| self.entity.fields[*field].vis);
        let restricted = || all().filter(|vis| !matches!(vis, Visibility::Public(_)));
        let text = |vis: &Visibility| vis.to_token_stream().to_string();
        // Of `pub(crate)` and a path, the path is less.
        let narrow = || restricted().filter(|vis| text(vis) != "pub (crate)");
        match (restricted().next(), narrow().next()) {
            (None, _) => Visibility::Public(<syn::Token![pub]>::default()),
            (Some(within_crate), None) => within_crate.clone(),
            (_, Some(first)) if narrow().all(|vis| text(vis) == text(first)) => first.clone(),
            _ => Visibility::Inherited,
        }
    }
}

/// A name for each field's parameter that nothing else in the type bears.
fn parameters(entity: &Entity<'_>, group: &Group) -> Vec<Ident> {
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
