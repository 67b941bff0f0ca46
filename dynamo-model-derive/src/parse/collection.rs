//! `#[collection(..)]`

use syn::{Attribute, Data, DeriveInput, Ident, Path, Token, ext::IdentExt as _, meta::ParseNestedMeta};

use super::meta::{Given, each, ident, name_of, once, path, skip};
use crate::diag::{Diag, Reported, unknown_attribute};

/// What the user wrote of a collection.
pub(crate) struct RawCollection {
    /// The index that it reads; `None` for the table itself.
    pub(crate) index: Option<Ident>,
    pub(crate) krate: Option<Path>,
}

pub(crate) fn collection(input: &DeriveInput) -> Result<RawCollection, Reported> {
    let mut diag = Diag::default();
    let (mut index, mut krate) = (None, None);
    each(&input.attrs, "collection", &mut diag, |meta, diag| {
        let name = name_of(&meta)?;
        match name.to_string().as_str() {
            "index" => once(&mut index, name, index_of(&meta)?, diag),
            "crate" => once(&mut krate, name, path(&meta)?, diag),
            other => {
                diag.at(&name, unknown_attribute("#[collection(..)]", other, &["index", "crate"]));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    for attribute in inside(input).filter(|attribute| attribute.path().is_ident("collection")) {
        diag.at(attribute, "a member says nothing of its own; remove `#[collection(..)]`, or move it to the top");
    }
    diag.finish(RawCollection {
        index: index.map(|given: Given<Ident>| given.value),
        krate: krate.map(|given: Given<Path>| given.value),
    })
}

/// `index = GSI1`
fn index_of(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    if meta.input.peek(Token![=]) && meta.input.peek2(Ident::peek_any) {
        return ident(meta);
    }
    let name = name_of(meta)?;
    let input = meta.input.fork();
    let quoted = (input.parse::<Token![=]>().is_ok()).then(|| input.parse::<syn::LitStr>().ok()).flatten();
    let example = quoted.as_ref().map_or_else(|| "GSI1".to_owned(), syn::LitStr::value);
    let message = format!("`{name}` takes the index's name, without quotes; write `{name} = {example}`");
    match quoted {
        Some(quoted) => Err(syn::Error::new_spanned(quoted, message)),
        None => Err(syn::Error::new_spanned(name, message)),
    }
}

/// The attributes of fields and variants.
fn inside(input: &DeriveInput) -> Box<dyn Iterator<Item = &Attribute> + '_> {
    match &input.data {
        Data::Struct(data) => Box::new(data.fields.iter().flat_map(|field| &field.attrs)),
        Data::Enum(data) => Box::new(
            data.variants
                .iter()
                .flat_map(|variant| variant.attrs.iter().chain(variant.fields.iter().flat_map(|field| &field.attrs))),
        ),
        Data::Union(_) => Box::new(std::iter::empty()),
    }
}
