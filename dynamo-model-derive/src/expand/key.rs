//! The typed key, and the methods that take one.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, Type, ext::IdentExt as _};

use super::{beside, docs, writes};
use crate::model::{Entity, Part, is_named, part_type};

/// `TaskKey` and its `impl EntityKey`.
pub(super) fn key(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let key = beside(ident, "Key");
    let generics = &entity.generics;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let parts = entity.key_parts();
    let fields: Vec<&Ident> = parts.iter().map(|part| entity.fields[part.field].ident).collect();
    let types: Vec<&Type> = parts.iter().map(|part| entity.fields[part.field].ty).collect();
    let field_docs = fields.iter().map(|field| docs::key_field(&field.unraw().to_string()));
    let struct_doc = docs::key_struct(entity);
    let new_doc = docs::key_new();
    let (phantom_field, phantom_value) = if entity.is_generic() {
        (
            quote!(#[doc(hidden)] __entity: #private::PhantomData<fn() -> #ident #ty_generics>,),
            quote!(__entity: #private::PhantomData,),
        )
    } else {
        (TokenStream::new(), TokenStream::new())
    };
    let traits = traits(entity, &key);
    let own = |part: &Part| {
        let (field, key_part) = (entity.fields[part.field].ident, entity.key_part(*part));
        quote!(#key_part::as_part(&self.#field))
    };
    let build = build(entity, own);
    let parse = parse(entity);
    quote! {
        #[doc = #struct_doc]
        #vis struct #key #impl_generics #where_clause {
            #(
                #[doc = #field_docs]
                pub #fields: #types,
            )*
            #phantom_field
        }

        #[allow(dead_code, clippy::too_many_arguments)]
        impl #impl_generics #key #ty_generics #where_clause {
            #[doc = #new_doc]
            #[must_use]
            pub fn new(#(#fields: #types),*) -> Self {
                Self { #(#fields,)* #phantom_value }
            }
        }

        #traits

        #[automatically_derived]
        impl #impl_generics #private::EntityKey for #key #ty_generics #where_clause {
            type Entity = #ident #ty_generics;

            fn to_primary(&self) -> #private::Result<#private::PrimaryKey, #private::KeyError> {
                #build
            }

            #parse
        }
    }
}

/// The key from its texts.
fn parse(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let ty_generics = entity.generics.split_for_impl().1;
    let parts = entity.key_parts();
    let names = parts.iter().map(|part| entity.fields[part.field].ident.unraw().to_string());
    let parts_in_key: Vec<TokenStream> = parts.iter().map(|part| entity.key_part(*part)).collect();
    // A key without placeholders has nothing to read, but its texts must still be those of the template.
    let splitter = if parts.is_empty() { quote!(_) } else { quote!(__texts) };
    quote! {
        fn __parse(
            __partition: &#private::str,
            __sort: #private::Option<&#private::str>,
        ) -> #private::Result<Self, #private::KeyError> {
            let #splitter =
                #private::Splitter::new(<#ident #ty_generics as #private::Entity>::SCHEMA, __partition, __sort)?;
            #private::Ok(Self::new(#(__texts.part(#names, #parts_in_key::decode, #parts_in_key::encode)?),*))
        }
    }
}

/// What derives would add, without their bounds on the entity's parameters.
fn traits(entity: &Entity<'_>, key: &Ident) -> TokenStream {
    let private = entity.runtime.private();
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let parts = entity.key_parts();
    let fields: Vec<&Ident> = parts.iter().map(|part| entity.fields[part.field].ident).collect();
    let types: Vec<TokenStream> = parts.iter().map(|part| entity.key_part(*part)).collect();
    let names: Vec<String> = fields.iter().map(|field| field.unraw().to_string()).collect();
    let key_name = key.unraw().to_string();
    let phantom = entity.is_generic().then(|| quote!(__entity: #private::PhantomData,));
    let (other, state) = if parts.is_empty() { (quote!(_), quote!(_)) } else { (quote!(__other), quote!(__state)) };
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Clone for #key #ty_generics #where_clause {
            fn clone(&self) -> Self {
                Self { #(#fields: #types::clone_part(&self.#fields),)* #phantom }
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::Debug for #key #ty_generics #where_clause {
            fn fmt(&self, __f: &mut #private::Formatter<'_>) -> #private::FmtResult {
                __f.debug_struct(#key_name)#(.field(#names, #types::debug_part(&self.#fields)))*.finish()
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::PartialEq for #key #ty_generics #where_clause {
            fn eq(&self, #other: &Self) -> #private::bool {
                true #(&& #types::eq_part(&self.#fields, &__other.#fields))*
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::Eq for #key #ty_generics #where_clause {}

        #[automatically_derived]
        impl #impl_generics #private::Hash for #key #ty_generics #where_clause {
            fn hash<__H: #private::Hasher>(&self, #state: &mut __H) {
                #(#types::hash_part(&self.#fields, __state);)*
            }
        }
    }
}

/// `get`, `exists`, `delete`, `update`, `modify` and `parse_key`.
pub(super) fn methods(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let (impl_generics, ty_generics, where_clause) = entity.generics.split_for_impl();
    let parts = entity.key_parts();
    let arguments: Vec<TokenStream> = parts.iter().map(|part| argument(entity, part)).collect();
    let build = build(entity, |part| given(entity, part));
    let verbs = [
        ("get", "Get", docs::get(entity)),
        ("exists", "Exists", docs::exists(entity)),
        ("delete", "Delete", docs::delete(entity)),
    ];
    let verbs = verbs.iter().map(|(verb, request, doc)| {
        let verb = Ident::new(verb, ident.span());
        let request = Ident::new(request, proc_macro2::Span::call_site());
        quote! {
            #[doc = #doc]
            #vis fn #verb(#(#arguments),*) -> #private::#request<Self> {
                #private::#request::new(#build)
            }
        }
    });
    let writes = writes::methods(entity);
    let parse_key = parse_key(entity);
    quote! {
        #[allow(dead_code, clippy::too_many_arguments)]
        impl #impl_generics #ident #ty_generics #where_clause {
            #(#verbs)*
            #writes
            #parse_key
        }
    }
}

fn parse_key(entity: &Entity<'_>) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let vis = &entity.input.vis;
    let key = beside(ident, "Key");
    let ty_generics = entity.generics.split_for_impl().1;
    let doc = docs::parse_key(entity);
    let (argument, sort) = match &entity.primary.sort {
        Some(_) => (quote!(, sk: &#private::str), quote!(#private::Some(sk))),
        None => (TokenStream::new(), quote!(#private::None)),
    };
    quote! {
        #[doc = #doc]
        #vis fn parse_key(
            pk: &#private::str
            #argument
        ) -> #private::Result<#key #ty_generics, #private::KeyError> {
            <#key #ty_generics as #private::EntityKey>::__parse(pk, #sort)
        }
    }
}

/// The texts of the primary key, each part given by `value`.
fn build(entity: &Entity<'_>, value: impl Fn(&Part) -> TokenStream) -> TokenStream {
    let private = entity.runtime.private();
    let ident = &entity.input.ident;
    let ty_generics = entity.generics.split_for_impl().1;
    let partition = entity.primary.partition_parts();
    let sort = entity.primary.sort_parts();
    let (partition, sort) = (partition.iter().map(&value), sort.iter().map(&value));
    quote! {
        <#ident #ty_generics as #private::Entity>::SCHEMA.primary.key.build(&[#(#partition),*], &[#(#sort),*])
    }
}

/// A parameter for a key part: `task_id: &TaskId`, or `email: &str` where the field is a `String`.
pub(super) fn argument(entity: &Entity<'_>, part: &Part) -> TokenStream {
    let private = entity.runtime.private();
    let field = &entity.fields[part.field];
    let (ident, ty) = (field.ident, part_type(field.ty));
    if is_string(ty) { quote!(#ident: &#private::str) } else { quote_spanned!(ident.span()=> #ident: &#ty) }
}

/// The parameter of [`argument`] as a part of a key.
pub(super) fn given(entity: &Entity<'_>, part: &Part) -> TokenStream {
    let field = &entity.fields[part.field];
    let ident = field.ident;
    if is_string(part_type(field.ty)) {
        return quote!(&#ident);
    }
    let key_part = entity.key_part(*part);
    quote!(#key_part::as_part(#ident))
}

pub(super) fn is_string(ty: &Type) -> bool {
    is_named(ty, &["String"])
}
