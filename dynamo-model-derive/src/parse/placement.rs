//! What a broken derive still says of where it belongs.

use syn::{DeriveInput, Ident, Path, ext::IdentExt as _, meta::ParseNestedMeta};

use super::meta::{ident, path, skip};

/// The table, the runtime crate and the access patterns, as far as they can be read.
#[derive(Default)]
pub(crate) struct Placement {
    pub(crate) table: Option<Path>,
    pub(crate) krate: Option<Path>,
    /// The names of access patterns, each once.
    pub(crate) patterns: Vec<Ident>,
}

pub(crate) fn placement(input: &DeriveInput) -> Placement {
    let mut placement = Placement::default();
    let own = ["entity", "table", "key_part", "attribute", "collection", "projection"];
    let mut primary = None;
    for attribute in input.attrs.iter().filter(|attribute| own.iter().any(|name| attribute.path().is_ident(name))) {
        // Errors here were reported by the parse proper.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("table") {
                placement.table = Some(path(&meta)?);
            } else if meta.path.is_ident("crate") {
                placement.krate = Some(path(&meta)?);
            } else if meta.path.is_ident("name") && meta.input.peek2(Ident::peek_any) {
                primary = Some(ident(&meta)?);
            } else if meta.path.is_ident("index") {
                placement.add(index_name(&meta)?);
            } else {
                skip(&meta)?;
            }
            Ok(())
        });
    }
    placement.add(Some(primary.unwrap_or_else(|| Ident::new("query", input.ident.span()))));
    placement
}

/// `name = ..` in `index(..)`.
fn index_name(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<Ident>> {
    let content;
    syn::parenthesized!(content in meta.input);
    let mut name = None;
    while !content.is_empty() {
        let is_name = content.peek(Ident::peek_any) && content.call(Ident::parse_any)? == "name";
        if is_name && content.peek(syn::Token![=]) {
            content.parse::<syn::Token![=]>()?;
            name = Some(content.call(Ident::parse_any)?);
        } else if !content.is_empty() && !is_name {
            content.parse::<proc_macro2::TokenTree>()?;
        }
    }
    Ok(name)
}

impl Placement {
    /// Adds a pattern, unless its name is taken: that was reported.
    fn add(&mut self, name: Option<Ident>) {
        let verbs = ["get", "exists", "delete", "update", "modify", "parse_key"];
        self.patterns
            .extend(name.filter(|name| !self.patterns.contains(name) && !verbs.iter().any(|verb| name == verb)));
    }
}
