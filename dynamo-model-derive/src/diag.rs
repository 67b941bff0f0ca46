//! Collects errors, and holds their wording.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The errors of one derive, reported together.
#[derive(Debug, Default)]
pub(crate) struct Diag {
    errors: Option<syn::Error>,
}

/// One or more errors, ready to be reported.
#[derive(Debug)]
pub(crate) struct Reported(syn::Error);

impl Diag {
    /// An error at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// An error at this span.
    pub(crate) fn span(&mut self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// Whether anything was reported.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors.is_some()
    }

    /// The value, unless anything was reported.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Reported> {
        match self.errors {
            None => Ok(value),
            Some(errors) => Err(Reported(errors)),
        }
    }

    /// The value if there is one and nothing was reported.
    pub(crate) fn finish_option<T>(mut self, value: Option<T>) -> Result<T, Reported> {
        match (self.errors.take(), value) {
            (None, Some(value)) => Ok(value),
            (Some(errors), _) => Err(Reported(errors)),
            // Whoever gives no value has reported why.
            (None, None) => Err(Reported(syn::Error::new(Span::call_site(), "the derive could not read this type"))),
        }
    }
}

impl Reported {
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        self.0.to_compile_error()
    }
}

/// `; did you mean ..?`, or what is legal where nothing is near.
pub(crate) fn nearest(given: &str, legal: &[&str]) -> String {
    let near = legal
        .iter()
        .map(|name| (distance(given, name), name))
        .filter(|(distance, name)| *distance <= (name.len() / 3).max(1))
        .min();
    let listed = list(legal);
    match near {
        Some((_, name)) if legal.len() == 1 => format!("; did you mean `{name}`?"),
        Some((_, name)) => format!("; did you mean `{name}`? (legal here: {listed})"),
        None if legal.is_empty() => String::new(),
        None => format!("; legal here: {listed}"),
    }
}

/// How far apart two names are; one that the other only prolongs, as `task` does `task_id`, is near.
fn distance(given: &str, name: &str) -> usize {
    let prolonged = given.len() >= 3 && name.len() >= 3 && (name.starts_with(given) || given.starts_with(name));
    if prolonged { 1 } else { strsim::damerau_levenshtein(given, name) }
}

/// `` `a`, `b` and `c` ``
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}

pub(crate) fn unknown_attribute(place: &str, given: &str, legal: &[&str]) -> String {
    format!("`{place}` has no `{given}`{}", nearest(given, legal))
}

pub(crate) fn twice(name: &str) -> String {
    format!("`{name}` is given twice; remove one")
}

pub(crate) fn unknown_placeholder(given: &str, entity: &str, fields: &[&str]) -> String {
    format!("`{entity}` has no field `{given}` for the placeholder `{{{given}}}`{}", nearest(given, fields))
}

pub(crate) fn float_in_key(field: &str) -> String {
    format!(
        "`{field}` is a float, which cannot stand in a key: its text is neither exact nor in order; store a scaled \
         integer (cents, micrometres) or a string"
    )
}

pub(crate) fn option_in_primary(field: &str) -> String {
    format!(
        "`{field}` is an `Option`, and every item needs its primary key; make the field plain, or use it in an index, \
         where `None` leaves the item out"
    )
}
