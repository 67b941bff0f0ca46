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

/// `pk = "PK"`
pub(crate) fn string(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let name = value(meta, "\"..\"")?;
    meta.input
        .parse()
        .map_err(|_| meta.input.error(format!("`{name}` takes a string literal; write `{name} = \"..\"`")))
}

/// `name = by_status`
pub(crate) fn ident(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    let name = value(meta, "by_status")?;
    meta.input.call(Ident::parse_any).map_err(|_| unquoted(meta, &name, "an identifier", "by_status"))
}

/// `table = Planner`
pub(crate) fn path(meta: &ParseNestedMeta<'_>) -> syn::Result<Path> {
    let name = value(meta, "path")?;
    meta.input.call(Path::parse_mod_style).map_err(|_| unquoted(meta, &name, "a path", "path"))
}

/// `version`, which has no value.
pub(crate) fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(());
    }
    let name = name_of(meta)?;
    Err(meta.input.error(format!("`{name}` takes no value; write `{name}` alone")))
}

/// The name, behind which the `=` has been read.
fn value(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<Ident> {
    let name = name_of(meta)?;
    if meta.input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(syn::Error::new_spanned(&name, format!("`{name}` needs a value; write `{name} = {example}`")));
    }
    Ok(name)
}

/// What may stand in quotes where none belong.
fn unquoted(meta: &ParseNestedMeta<'_>, name: &Ident, what: &str, example: &str) -> syn::Error {
    let quoted = meta.input.fork().parse::<LitStr>().ok().map(|quoted| quoted.value());
    let example = quoted.as_deref().filter(|text| syn::parse_str::<Path>(text).is_ok()).unwrap_or(example);
    meta.input.error(format!("`{name}` takes {what}, without quotes; write `{name} = {example}`"))
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

/// `#[key_part(crate = path)]`, where that is all that can be said.
pub(crate) fn crate_of(input: &DeriveInput, attribute: &str) -> Result<Option<Path>, Reported> {
    let mut diag = Diag::default();
    let mut krate = None;
    each(&input.attrs, attribute, &mut diag, |meta, diag| {
        let name = name_of(&meta)?;
        if name == "crate" {
            once(&mut krate, name, path(&meta)?, diag);
            return Ok(());
        }
        diag.at(&name, crate::diag::unknown_attribute(&format!("#[{attribute}(..)]"), &name.to_string(), &["crate"]));
        skip(&meta)
    });
    diag.finish(krate.map(|given: Given<Path>| given.value))
}
