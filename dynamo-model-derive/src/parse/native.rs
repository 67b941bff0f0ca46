//! `native(pk = (org_id, status), sk = due)`

use proc_macro2::Span;
use syn::{Ident, LitStr, Token, ext::IdentExt as _, meta::ParseNestedMeta, parse::ParseStream};

use super::meta::{name_of, skip};
use crate::diag::{Diag, twice, unknown_attribute};

/// DynamoDB's quota of attributes in either part of an index's key.
const MOST: usize = 4;

/// A native key: of fields on an entity, of attributes on a table.
pub(crate) struct RawNative<T> {
    /// The word `native`.
    pub(crate) name: Ident,
    pub(crate) pk: RawNames<T>,
    pub(crate) sk: Option<RawNames<T>>,
}

/// The names in one part of the key: one to four.
pub(crate) struct RawNames<T> {
    /// Where they stand together.
    pub(crate) span: Span,
    pub(crate) names: Vec<T>,
}

/// What a native key is made of.
pub(crate) trait NativeName: Sized {
    const EXAMPLE: &'static str;

    fn parse(input: ParseStream<'_>) -> syn::Result<Self>;
    fn span(&self) -> Span;
}

impl NativeName for Ident {
    const EXAMPLE: &'static str = "native(pk = (org_id, status), sk = due)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Ok(quoted) = input.fork().parse::<LitStr>() {
            let message = "a native key is made of the entity's fields; write the field's name, without quotes";
            return Err(syn::Error::new_spanned(&quoted, message));
        }
        input.call(Ident::parse_any)
    }

    fn span(&self) -> Span {
        Self::span(self)
    }
}

impl NativeName for LitStr {
    const EXAMPLE: &'static str = "native(pk = (\"orgId\", \"status\"), sk = \"due\")";

    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Ok(ident) = input.fork().call(Ident::parse_any) {
            let message =
                format!("a table's native key is made of attributes; write their names in quotes, as in `\"{ident}\"`");
            return Err(syn::Error::new_spanned(&ident, message));
        }
        input.parse()
    }

    fn span(&self) -> Span {
        Self::span(self)
    }
}

/// Reads what stands behind the word; `None` if it was reported.
pub(super) fn native<T: NativeName>(
    meta: &ParseNestedMeta<'_>,
    name: Ident,
    diag: &mut Diag,
) -> syn::Result<Option<RawNative<T>>> {
    if !meta.input.peek(syn::token::Paren) {
        diag.at(&name, format!("`native` lists what the key is made of; write `{}`", T::EXAMPLE));
        skip(meta)?;
        return Ok(None);
    }
    let (mut pk, mut sk) = (None, None);
    meta.parse_nested_meta(|meta| {
        let part = name_of(&meta)?;
        let slot = match part.to_string().as_str() {
            "pk" => &mut pk,
            "sk" => &mut sk,
            other => {
                diag.at(&part, unknown_attribute("native(..)", other, &["pk", "sk"]));
                return skip(&meta);
            }
        };
        let names = names(&meta, &part, diag)?;
        if slot.is_some() {
            diag.at(&part, twice(&part.unraw().to_string()));
        } else {
            *slot = Some(names);
        }
        Ok(())
    })?;
    let Some(pk) = pk else {
        // What is missing may be misspelt, which was reported.
        if !diag.has_errors() {
            diag.at(&name, format!("a native key has a partition key; write `{}`", T::EXAMPLE));
        }
        return Ok(None);
    };
    Ok(Some(RawNative { name, pk, sk }))
}

/// `= (a, b)` or `= a`
fn names<T: NativeName>(meta: &ParseNestedMeta<'_>, part: &Ident, diag: &mut Diag) -> syn::Result<RawNames<T>> {
    if meta.input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(syn::Error::new_spanned(part, format!("`{part}` needs a value; write `{}`", T::EXAMPLE)));
    }
    if !meta.input.peek(syn::token::Paren) {
        let only = T::parse(meta.input)?;
        return Ok(RawNames { span: only.span(), names: vec![only] });
    }
    let content;
    let parentheses = syn::parenthesized!(content in meta.input);
    let mut names = Vec::new();
    while !content.is_empty() {
        names.push(T::parse(&content)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    if names.is_empty() {
        let or_remove = if part == "sk" { ", or remove `sk`" } else { "" };
        diag.at(part, format!("`{part}` names nothing; write `{}`{or_remove}", T::EXAMPLE));
    }
    if let Some(beyond) = names.get(MOST) {
        let message = "DynamoDB takes at most 4 attributes in a partition key and 4 in a sort key; remove this one";
        diag.span(beyond.span(), message);
    }
    Ok(RawNames { span: parentheses.span.join(), names })
}
