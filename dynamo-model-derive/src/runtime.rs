//! The path from generated code to the runtime crate.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Path;

/// `::dynamo_model`, unless the user names another path with `crate = ..`.
pub(crate) struct Runtime(Option<Path>);

impl Runtime {
    pub(crate) fn new(given: Option<Path>) -> Self {
        Self(given)
    }

    /// The module that all generated code goes through.
    pub(crate) fn private(&self) -> TokenStream {
        self.0.as_ref().map_or_else(|| quote!(::dynamo_model::__private), |path| quote!(#path::__private))
    }

    /// The same, placed where errors of the expression that begins with it are to point.
    pub(crate) fn private_at(&self, span: Span) -> TokenStream {
        let Some(path) = &self.0 else { return quote_spanned!(span=> ::dynamo_model::__private) };
        let path = path.to_token_stream().into_iter().map(|mut token| {
            // A `$crate` of the user's macro keeps its meaning.
            token.set_span(token.span().located_at(span));
            token
        });
        let path = path.collect::<TokenStream>();
        quote_spanned!(span=> #path::__private)
    }
}
