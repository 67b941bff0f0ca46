//! The typed path of one field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::{
    model::{Field, Form},
    runtime::Runtime,
};

/// The type of the path, of a field of `owner` that is set as `setter` says.
pub(super) fn path(runtime: &Runtime, owner: &TokenStream, field: &Field<'_>, setter: &TokenStream) -> TokenStream {
    let private = runtime.private();
    let ty = field.ty;
    let form = match &field.form {
        Form::Plain => quote!(#private::Plain),
        Form::Skipping(_) => quote!(#private::Skipping<#ty>),
        Form::Converted { is_set: false, .. } => quote!(#private::Converted<#ty>),
        Form::Converted { is_set: true, .. } => quote!(#private::SetOf<#ty>),
    };
    quote!(#private::Path<#owner, #ty, #setter, #form>)
}

/// How serde writes the field, as a value.
pub(super) fn form(runtime: &Runtime, field: &Field<'_>) -> TokenStream {
    let private = runtime.private();
    let ty = field.ty;
    match &field.form {
        Form::Plain => quote!(#private::Plain),
        Form::Skipping(skip_if) => {
            let skips = quote_spanned!(skip_if.span()=> #skip_if(__value));
            quote!(#private::Skipping::new(|__value: &#ty| #skips))
        }
        Form::Converted { function, skip_if, is_set } => {
            let form = if *is_set { quote!(SetOf) } else { quote!(Converted) };
            let skip = skip_if.as_ref().map(|skip_if| {
                let skips = quote_spanned!(skip_if.span()=> #skip_if(__value));
                quote!(if #skips { return #private::Ok(#private::None); })
            });
            let write = quote_spanned!(function.span()=> #function(__value, #private::serializer()));
            quote! {
                #private::#form::new(|__value: &#ty| {
                    #skip
                    #private::Result::map(#write, #private::Some)
                })
            }
        }
    }
}
