//! The typed path of one field.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Generics, Ident, spanned::Spanned as _};

use crate::{
    model::{Field, Form, Missing, depends_on},
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

/// What serde's attributes say about reading the field, as calls behind the path.
pub(super) fn reader(runtime: &Runtime, owner: &Ident, generics: &Generics, field: &Field<'_>) -> TokenStream {
    let private = runtime.private();
    let ty = field.ty;
    // What is generic has bounds in serde's implementations that are not known here.
    if depends_on(ty, generics) {
        return TokenStream::new();
    }
    let missing = match &field.missing {
        Missing::Nothing => None,
        Missing::Default => Some(quote!(<#ty as #private::Default>::default)),
        Missing::By(function) => Some(function.to_token_stream()),
        Missing::OfStruct(_) if !generics.params.is_empty() => None,
        Missing::OfStruct(function) => {
            let ident = field.ident;
            let whole = function
                .as_ref()
                .map_or_else(|| quote!(<#owner as #private::Default>::default), ToTokens::to_token_stream);
            Some(quote!(|| #whole().#ident))
        }
    };
    let decode = match (&field.deserialize, &field.form) {
        _ if field.is_not_read => missing.as_ref().map(|missing| quote!(|_| #private::Ok((#missing)()))),
        (Some(function), _) => {
            let read = quote_spanned!(function.span()=> #function(#private::deserializer(__value)?));
            Some(quote!(|__value| #read))
        }
        (None, Form::Converted { .. }) => Some(quote!(#private::from_attribute_value)),
        (None, _) => None,
    };
    let missing = missing.map(|missing| quote!(.if_missing(#missing)));
    let decode = decode.map(|decode| quote!(.decoded_by(#decode)));
    quote!(#missing #decode)
}

/// The path at `place`, of the type that [`path`] gives.
pub(super) fn value(
    private: &TokenStream,
    path: &TokenStream,
    place: &TokenStream,
    form: &TokenStream,
    reader: &TokenStream,
) -> TokenStream {
    let ty = if reader.is_empty() { quote!(#private::Path) } else { quote!(<#path>) };
    quote!(#ty::new(#place, #form)#reader)
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
