//! `impl Attribute`, and the typed paths of a nested struct's fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Generics, Ident, Type, ext::IdentExt as _, parse_quote, spanned::Spanned as _};

use super::{accessor, beside, docs, steps::parameters_of};
use crate::model::{Attribute, AttributeShape, Field, depends_on, mentions};

/// Everything that `#[derive(Attribute)]` generates.
pub(crate) fn attribute(attribute: &Attribute<'_>) -> TokenStream {
    let private = attribute.runtime.private();
    match &attribute.shape {
        AttributeShape::Newtype(ty) => newtype(attribute, ty),
        AttributeShape::Names => class(attribute, &quote!(#private::class::Text)),
        AttributeShape::Document(fields) => {
            let class = class(attribute, &quote!(#private::class::Struct));
            let document = Document::new(attribute, fields).expand();
            quote!(#class #document)
        }
    }
}

fn class(attribute: &Attribute<'_>, class: &TokenStream) -> TokenStream {
    let private = attribute.runtime.private();
    let ident = &attribute.input.ident;
    let (impl_generics, ty_generics, where_clause) = attribute.input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Attribute for #ident #ty_generics #where_clause {
            type Class = #class;
        }
    }
}

/// As the value inside is.
fn newtype(attribute: &Attribute<'_>, ty: &Type) -> TokenStream {
    let private = attribute.runtime.private();
    let ident = &attribute.input.ident;
    let mut generics = attribute.input.generics.clone();
    if depends_on(ty, &attribute.input.generics) {
        generics.make_where_clause().predicates.push(parse_quote!(#ty: #private::Attribute));
    }
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let place = attribute.runtime.private_at(ty.span());
    let inner = |what: &str| {
        let what = Ident::new(what, ty.span());
        quote_spanned!(ty.span()=> <#ty as #place::Attribute>::#what)
    };
    let (class, range) = (inner("Class"), inner("RANGE"));
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Attribute for #ident #ty_generics #where_clause {
            type Class = #class;
            const RANGE: #private::Option<(#private::i128, #private::i128)> = #range;
        }
    }
}

/// A struct whose fields have typed paths.
struct Document<'a> {
    attribute: &'a Attribute<'a>,
    fields: &'a [Field<'a>],
    private: TokenStream,
    /// `AddressFields`
    name: Ident,
    /// The parameter for the entity that the value is in.
    entity: Ident,
    /// The parameter for whether and how the value can be set.
    setter: Ident,
}

impl<'a> Document<'a> {
    fn new(attribute: &'a Attribute<'a>, fields: &'a [Field<'a>]) -> Self {
        let (entity, setter) = (fresh("E", attribute, fields), fresh("S", attribute, fields));
        let (private, name) = (attribute.runtime.private(), beside(&attribute.input.ident, "Fields"));
        Self { attribute, fields, private, name, entity, setter }
    }

    fn expand(&self) -> TokenStream {
        let Self { attribute, private, name, entity, setter, .. } = self;
        let (ident, vis) = (&attribute.input.ident, &attribute.input.vis);
        let doc = docs::document(&ident.unraw().to_string());
        let declared = self.generics(&quote!(#entity), &quote!(#setter));
        let declared_where = &declared.where_clause;
        let arguments = self.arguments();
        let bounded = self.generics(&quote!(#entity: 'static), &quote!(#setter: #private::Setter + 'static));
        let (impl_generics, _, where_clause) = bounded.split_for_impl();
        let own = attribute.input.generics.split_for_impl().1;
        let accessors = self.fields.iter().filter(|field| field.stored).map(|field| self.accessor(field));
        let (any_generics, _, _) = declared.split_for_impl();
        let debug = name.unraw().to_string();
        let document = self.document();
        quote! {
            #[doc = #doc]
            #vis struct #name #declared #declared_where {
                __place: #private::Place,
                __marker: #private::PhantomData<fn() -> (#entity, #setter, #ident #own)>,
            }

            #[allow(dead_code, private_interfaces)]
            impl #impl_generics #name #arguments #where_clause {
                #(#accessors)*
            }

            #[automatically_derived]
            impl #any_generics #private::Debug for #name #arguments #declared_where {
                fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                    __f.write_str(#debug)
                }
            }

            #document
        }
    }

    fn accessor(&self, field: &Field<'_>) -> TokenStream {
        let Self { attribute, private, entity, setter, .. } = self;
        let (vis, name, stored) = (field.vis, field.ident, &field.attribute);
        let doc = docs::nested_field(field);
        let own = if field.may_lack { quote!(#private::Optional) } else { quote!(#private::Free) };
        let then = quote!(<#setter as #private::Setter>::Then<#own>);
        let path = accessor::path(&attribute.runtime, &quote!(#entity), field, &then);
        let form = accessor::form(&attribute.runtime, field);
        let generics = &attribute.input.generics;
        let reader = accessor::reader(&attribute.runtime, &attribute.input.ident, generics, field);
        let value = accessor::value(private, &path, &quote!(self.__place.then(#stored)), &form, &reader);
        quote! {
            #[doc = #doc]
            #[must_use]
            #vis fn #name(&self) -> #path {
                #value
            }
        }
    }

    /// `impl Document`, for parameters that live as long as the paths may.
    fn document(&self) -> TokenStream {
        let Self { attribute, private, name, entity, setter, .. } = self;
        let ident = &attribute.input.ident;
        let mut generics = attribute.input.generics.clone();
        for param in attribute.input.generics.type_params() {
            let param = &param.ident;
            generics.make_where_clause().predicates.push(parse_quote!(#param: 'static));
        }
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        let arguments = self.arguments();
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::Document for #ident #ty_generics #where_clause {
                type Fields<#entity: 'static, #setter: #private::Setter + 'static> = #name #arguments;

                fn fields<#entity: 'static, #setter: #private::Setter + 'static>(
                    __place: #private::Place,
                ) -> Self::Fields<#entity, #setter> {
                    #name { __place, __marker: #private::PhantomData }
                }
            }
        }
    }

    /// The parameters of the fields' type: the entity, how the value is set, and the struct's own.
    fn generics(&self, entity: &TokenStream, setter: &TokenStream) -> Generics {
        let mut generics = self.attribute.input.generics.clone();
        let own = std::mem::take(&mut generics.params);
        generics.params = parse_quote!(#entity, #setter, #own);
        generics
    }

    /// `<E, S>`, with the struct's own behind.
    fn arguments(&self) -> TokenStream {
        let Self { attribute, entity, setter, .. } = self;
        let own = parameters_of(&attribute.input.generics);
        quote!(<#entity, #setter #(, #own)*>)
    }
}

/// A name for a parameter that nothing else in the type bears.
fn fresh(name: &str, attribute: &Attribute<'_>, fields: &[Field<'_>]) -> Ident {
    let types = fields.iter().map(|field| field.ty);
    let (ident, params, where_clause) =
        (&attribute.input.ident, &attribute.input.generics.params, &attribute.input.generics.where_clause);
    let taken = quote!(#ident #params #where_clause #(#types)*);
    let mut name = format_ident!("{name}");
    while mentions(taken.clone(), &[&name]) {
        name = format_ident!("{name}_");
    }
    name
}
