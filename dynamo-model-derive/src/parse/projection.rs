//! `#[projection(..)]` on a struct and its fields.

use syn::{
    Data, DeriveInput, Field, Fields, Ident, LitStr, Path, Token, Type, ext::IdentExt as _, meta::ParseNestedMeta,
    parse::ParseStream, punctuated::Punctuated,
};

use super::meta::{Given, each, name_of, once, path, skip};
use crate::diag::{Diag, Reported, unknown_attribute};

/// A struct with `#[derive(Projection)]`, as it was written.
pub(crate) struct RawProjection<'a> {
    pub(crate) of: Type,
    pub(crate) from: Vec<Ident>,
    pub(crate) krate: Option<Path>,
    pub(crate) fields: Vec<RawField<'a>>,
}

/// A field and what it holds.
pub(crate) struct RawField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// `field = address.city`; the field of its own name if nothing is said.
    pub(crate) path: Option<Vec<Ident>>,
}

pub(crate) fn projection(input: &DeriveInput) -> Result<RawProjection<'_>, Reported> {
    let mut diag = Diag::default();
    let (mut of, mut from, mut krate) = (None, None, None);
    each(&input.attrs, "projection", &mut diag, |meta, diag| {
        let name = name_of(&meta)?;
        match name.to_string().as_str() {
            "of" => once(&mut of, name, entity(&meta)?, diag),
            "from" => once(&mut from, name, patterns(&meta)?, diag),
            "crate" => once(&mut krate, name, path(&meta)?, diag),
            "field" => {
                diag.at(&name, "`field` belongs to a field; write `#[projection(field = ..)]` above it");
                skip(&meta)?;
            }
            other => {
                diag.at(&name, unknown_attribute("#[projection(..)]", other, &["of", "from", "crate"]));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    if of.is_none() && !diag.has_errors() {
        diag.at(&input.ident, "a projection is of an entity; add `#[projection(of = Task)]` with the entity's name");
    }
    let fields = fields(input, &mut diag);
    let raw = of.map(|of: Given<Type>| RawProjection {
        of: of.value,
        from: from.map(|given: Given<Vec<Ident>>| given.value).unwrap_or_default(),
        krate: krate.map(|given: Given<Path>| given.value),
        fields,
    });
    diag.finish_option(raw)
}

/// `of = Task`
fn entity(meta: &ParseNestedMeta<'_>) -> syn::Result<Type> {
    let name = name_of(meta)?;
    let message = "`of` takes the entity, without quotes; write `of = Task`";
    if meta.input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(syn::Error::new_spanned(name, message));
    }
    meta.input.parse().map_err(|_| meta.input.error(message))
}

/// `from(by_status, by_due)`
fn patterns(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Ident>> {
    let message = "`from` takes access patterns, without quotes; write `from(by_status)`";
    if !meta.input.peek(syn::token::Paren) {
        return Err(syn::Error::new_spanned(name_of(meta)?, message));
    }
    let content;
    syn::parenthesized!(content in meta.input);
    let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any);
    Ok(names.map_err(|error| syn::Error::new(error.span(), message))?.into_iter().collect())
}

fn fields<'a>(input: &'a DeriveInput, diag: &mut Diag) -> Vec<RawField<'a>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if !fields.named.is_empty() => Some(&fields.named),
            _ => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        let name = &input.ident;
        diag.at(
            name,
            format!("a projection is a struct of an entity's fields; write `struct {name} {{ title: String }}`"),
        );
        return Vec::new();
    };
    let fields = named.iter().filter_map(|field| Some((field, field.ident.as_ref()?)));
    fields.map(|(field, ident)| RawField { ident, ty: &field.ty, path: place(field, diag) }).collect()
}

fn place(field: &Field, diag: &mut Diag) -> Option<Vec<Ident>> {
    let mut place = None;
    each(&field.attrs, "projection", diag, |meta, diag| {
        let name = name_of(&meta)?;
        match name.to_string().as_str() {
            "field" => once(&mut place, name, field_of(&meta)?, diag),
            other if ["of", "from", "crate"].contains(&other) => {
                diag.at(&name, format!("`{other}` belongs to the struct; write it in `#[projection(..)]` above it"));
                skip(&meta)?;
            }
            other => {
                diag.at(&name, unknown_attribute("#[projection(..)]", other, &["field"]));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    place.map(|given: Given<Vec<Ident>>| given.value)
}

/// `field = address.city`
fn field_of(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Ident>> {
    let name = name_of(meta)?;
    let parse =
        |input: ParseStream<'_>| Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any);
    if meta.input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(syn::Error::new_spanned(name, "`field` needs a value; write `field = title`"));
    }
    let quoted = meta.input.fork().parse::<LitStr>().ok();
    parse(meta.input).map(|names| names.into_iter().collect()).map_err(|error| {
        let example = quoted.map_or_else(|| "title".to_owned(), |quoted| quoted.value());
        syn::Error::new(error.span(), format!("`field` takes a field, without quotes; write `field = {example}`"))
    })
}
