//! `unique(org, handle: lower)`

use syn::{Ident, LitStr, Token, ext::IdentExt as _, meta::ParseNestedMeta, parse::ParseStream};

use super::{Spec, meta::skip};
use crate::diag::{Diag, nearest};

/// A unique constraint as it was written.
pub(crate) struct RawUnique {
    /// The word `unique`.
    pub(crate) name: Ident,
    pub(crate) fields: Vec<(Ident, Spec)>,
}

pub(super) fn unique(meta: &ParseNestedMeta<'_>, name: Ident, diag: &mut Diag) -> syn::Result<Option<RawUnique>> {
    if !meta.input.peek(syn::token::Paren) {
        diag.at(&name, "`unique` lists the fields that no two items have alike; write `unique(email)`");
        skip(meta)?;
        return Ok(None);
    }
    let content;
    syn::parenthesized!(content in meta.input);
    let mut fields = Vec::new();
    while !content.is_empty() {
        fields.push(field(&content, diag)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    if fields.is_empty() {
        diag.at(&name, "`unique` names no field; write `unique(email)` with the fields that no two items have alike");
        return Ok(None);
    }
    Ok(Some(RawUnique { name, fields }))
}

/// `handle` or `handle: lower`
fn field(content: ParseStream<'_>, diag: &mut Diag) -> syn::Result<(Ident, Spec)> {
    if let Ok(quoted) = content.fork().parse::<LitStr>() {
        let name = quoted.value();
        let message = format!("`unique` takes fields, without quotes; write `unique({name})`");
        return Err(syn::Error::new_spanned(&quoted, message));
    }
    let field = content.call(Ident::parse_any)?;
    if content.parse::<Option<Token![:]>>()?.is_none() {
        return Ok((field, Spec::Plain));
    }
    let spec = content.call(Ident::parse_any)?;
    if spec != "lower" {
        let given = spec.unraw().to_string();
        diag.at(&spec, format!("a unique field has no format `{given}`{}", nearest(&given, &["lower"])));
    }
    Ok((field, Spec::Lower))
}
