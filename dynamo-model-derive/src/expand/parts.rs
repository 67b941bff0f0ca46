//! Values on their way into a key, some of which may be `None`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Entity, Part};

/// Where the values of a key's parts come from.
pub(super) struct Parts<'e> {
    entity: &'e Entity<'e>,
    /// The reference to the value of the field at a position.
    value: &'e dyn Fn(usize) -> TokenStream,
    /// The fields that may be `None`, each once.
    optional: Vec<usize>,
}

impl<'e> Parts<'e> {
    /// The values of these parts, each a reference that `value` gives.
    pub(super) fn new<'p>(
        entity: &'e Entity<'e>,
        parts: impl IntoIterator<Item = &'p Part>,
        value: &'e dyn Fn(usize) -> TokenStream,
    ) -> Self {
        let mut optional: Vec<usize> = Vec::new();
        for part in parts {
            if entity.fields[part.field].is_optional() && !optional.contains(&part.field) {
                optional.push(part.field);
            }
        }
        Self { entity, value, optional }
    }

    /// The part as a key takes it, inside [`if_all`](Self::if_all).
    pub(super) fn part(&self, part: &Part) -> TokenStream {
        let key_part = self.entity.key_part(*part);
        if self.optional.contains(&part.field) {
            let name = name(part.field);
            return quote!(#key_part::as_part(#name));
        }
        let value = (self.value)(part.field);
        quote!(#key_part::as_part(#value))
    }

    /// `then` if every optional part has a value, and `otherwise` if not.
    pub(super) fn if_all(&self, then: TokenStream, otherwise: Option<&TokenStream>) -> TokenStream {
        if self.optional.is_empty() {
            return then;
        }
        let private = self.entity.runtime.private();
        let names = self.optional.iter().map(|field| name(*field));
        let values = self.optional.iter().map(|field| (self.value)(*field));
        let otherwise = otherwise.map(|otherwise| quote!(else { #otherwise }));
        quote! {
            if let (#(#private::Some(#names),)*) = (#(#values,)*) {
                #then
            } #otherwise
        }
    }
}

fn name(field: usize) -> Ident {
    format_ident!("__part{field}")
}
