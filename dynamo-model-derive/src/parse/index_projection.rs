//! `projection = ".."` and `include("..", ..)`: what an index of a table carries.

use syn::{Ident, LitStr, Token, meta::ParseNestedMeta, punctuated::Punctuated};

use super::meta::{Given, once, string};
use crate::diag::{Diag, nearest};

/// What an index carries beside keys.
pub(crate) enum RawProjection {
    All,
    KeysOnly,
    /// These, and what the library needs itself.
    Include(Vec<LitStr>),
}

/// What was said so far.
#[derive(Default)]
pub(super) struct Carried {
    projection: Option<Given<LitStr>>,
    include: Option<Given<Vec<LitStr>>>,
}

const KINDS: &[&str] = &["all", "keys_only"];

impl Carried {
    pub(super) fn projection(&mut self, name: Ident, meta: &ParseNestedMeta<'_>, diag: &mut Diag) -> syn::Result<()> {
        let value = kind(meta)?;
        let text = value.value();
        if text == "include" {
            diag.at(&value, "an index that includes names what; write `include(\"..\", ..)` in place of `projection`");
        } else if !KINDS.contains(&text.as_str()) {
            diag.at(&value, format!("an index has no projection `{text}`{}", nearest(&text, KINDS)));
        }
        if self.include.is_some() {
            both(&name, diag);
        }
        once(&mut self.projection, name, value, diag);
        Ok(())
    }

    pub(super) fn include(&mut self, name: Ident, meta: &ParseNestedMeta<'_>, diag: &mut Diag) -> syn::Result<()> {
        if !meta.input.peek(syn::token::Paren) {
            let message = "`include` takes the attributes' names; write `include(\"title\", \"points\")`";
            return Err(syn::Error::new_spanned(name, message));
        }
        let content;
        syn::parenthesized!(content in meta.input);
        let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&content).map_err(|error| {
            syn::Error::new(error.span(), "`include` takes names in quotes; write `include(\"title\", \"points\")`")
        })?;
        if self.projection.is_some() {
            both(&name, diag);
        }
        once(&mut self.include, name, names.into_iter().collect(), diag);
        Ok(())
    }

    /// The word that says what is carried, if one does and it is not all.
    pub(super) fn less_than_all(&self) -> Option<&Ident> {
        let projection = self.projection.as_ref().filter(|given| given.value.value() != "all");
        self.include.as_ref().map(|given| &given.name).or(projection.map(|given| &given.name))
    }

    pub(super) fn finish(self) -> RawProjection {
        match (self.projection, self.include) {
            (_, Some(include)) => RawProjection::Include(include.value),
            (Some(projection), None) if projection.value.value() == "keys_only" => RawProjection::KeysOnly,
            _ => RawProjection::All,
        }
    }
}

/// `projection = "keys_only"`, or `projection("keys_only")`: two of the former in one attribute are duplicates to clippy.
fn kind(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    if !meta.input.peek(syn::token::Paren) {
        return string(meta);
    }
    let content;
    syn::parenthesized!(content in meta.input);
    content.parse()
}

fn both(name: &Ident, diag: &mut Diag) {
    diag.at(name, "an index has `projection` or `include(..)`, not both; remove one");
}
