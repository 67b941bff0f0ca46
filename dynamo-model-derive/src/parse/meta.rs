//! `name = value` pairs inside an attribute, each at most once.

use syn::{Attribute, DeriveInput, Ident, LitStr, Path, Token, ext::IdentExt as _, meta::ParseNestedMeta};

use crate::diag::{Diag, Reported, twice};

/// A value and the name that it was given under.
#[derive(Debug)]
pub(crate) struct Given<T> {
    pub(crate) name: Ident,
    pub(crate) value: T,
}

/// Stores a value, or reports that there is one already.
pub(crate) fn once<T>(slot: &mut Option<Given<T>>, name: Ident, value: T, diag: &mut Diag) {
    if slot.is_some() {
        diag.at(&name, twice(&name.unraw().to_string()));
    } else {
        *slot = Some(Given { name, value });
    }
}

/// The name of a nested attribute: a plain identifier, keywords included.
pub(crate) fn name_of(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    meta.path.get_ident().cloned().ok_or_else(|| meta.error("expected a plain name, such as `pk`"))
}

pub(crate) fn string(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    meta.value()?.parse()
}

pub(crate) fn ident(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    meta.value()?.call(Ident::parse_any)
}

pub(crate) fn path(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    meta.value()?.call(Path::parse_mod_style)
}

/// Skips the rest of an attribute that is reported as unknown, so that its neighbours are still read.
pub(crate) fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// Reads every attribute of this name.
pub(crate) fn each(
    attributes: &[Attribute],
    name: &str,
    diag: &mut Diag,
    mut read: impl FnMut(ParseNestedMeta<'_>, &mut Diag) -> syn::Result<()>,
) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        if let Err(error) = attribute.parse_nested_meta(|meta| read(meta, diag)) {
            diag.push(error);
        }
    }
}

/// `#[key_part(crate = path)]`
pub(crate) fn key_part_crate(input: &DeriveInput) -> Result<Option<Path>, Reported> {
    let mut diag = Diag::default();
    let mut krate = None;
    each(&input.attrs, "key_part", &mut diag, |meta, diag| {
        let name = name_of(&meta)?;
        if name == "crate" {
            once(&mut krate, name, path(&meta)?, diag);
            return Ok(());
        }
        diag.at(&name, crate::diag::unknown_attribute("key_part", &name.to_string(), &["crate"]));
        skip(&meta)
    });
    diag.finish(krate.map(|given: Given<Path>| given.value))
}
