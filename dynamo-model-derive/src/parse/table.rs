//! `#[table(..)]` on an enum.

use proc_macro2::Span;
use syn::{DeriveInput, Ident, LitStr, Path, ext::IdentExt as _, meta::ParseNestedMeta};

use super::{
    index_projection::{Carried, RawProjection},
    meta::{Given, each, flag, name_of, once, path, skip, string},
};
use crate::diag::{Diag, Reported, unknown_attribute};

const TABLE: &[&str] = &[
    "name",
    "name_env",
    "pk",
    "sk",
    "type_attribute",
    "ttl",
    "gsi",
    "lsi",
    "stream",
    "point_in_time_recovery",
    "deletion_protection",
    "crate",
];

/// An enum with `#[derive(Table)]`, as it was written.
pub(crate) struct RawTable {
    pub(crate) name: LitStr,
    pub(crate) name_env: Option<LitStr>,
    pub(crate) pk: LitStr,
    pub(crate) sk: Option<LitStr>,
    pub(crate) type_attribute: Option<LitStr>,
    pub(crate) ttl: Option<LitStr>,
    pub(crate) indexes: Vec<RawTableIndex>,
    pub(crate) stream: Option<LitStr>,
    pub(crate) point_in_time_recovery: bool,
    pub(crate) deletion_protection: bool,
    pub(crate) krate: Option<Path>,
}

/// `gsi(GSI1, pk = "..", sk = "..")` or `lsi(LSI1, sk = "..")`
pub(crate) struct RawTableIndex {
    pub(crate) index: Ident,
    /// `None` for a local index.
    pub(crate) pk: Option<LitStr>,
    pub(crate) sk: Option<LitStr>,
    pub(crate) projection: RawProjection,
}

#[derive(Default)]
struct Attributes {
    name: Option<Given<LitStr>>,
    name_env: Option<Given<LitStr>>,
    pk: Option<Given<LitStr>>,
    sk: Option<Given<LitStr>>,
    type_attribute: Option<Given<LitStr>>,
    ttl: Option<Given<LitStr>>,
    stream: Option<Given<LitStr>>,
    point_in_time_recovery: Option<Given<()>>,
    deletion_protection: Option<Given<()>>,
    krate: Option<Given<Path>>,
    indexes: Vec<RawTableIndex>,
}

pub(crate) fn table(input: &DeriveInput) -> Result<RawTable, Reported> {
    let mut diag = Diag::default();
    let mut attributes = Attributes::default();
    each(&input.attrs, "table", &mut diag, |meta, diag| attributes.read(&meta, diag));
    // What is missing may be misspelt, which was reported.
    if !diag.has_errors() {
        let message = match (&attributes.name, &attributes.pk) {
            (None, None) => {
                Some("a table has a name and a key; add `#[table(name = \"..\", pk = \"PK\", sk = \"SK\")]`")
            }
            (None, Some(_)) => Some("a table has a name; add `#[table(name = \"..\")]`"),
            (Some(_), None) => {
                Some("a table has a partition key; add `#[table(pk = \"PK\")]` with the attribute's name")
            }
            (Some(_), Some(_)) => None,
        };
        if let Some(message) = message {
            diag.at(&input.ident, message);
        }
    }
    let value = |given: Option<Given<LitStr>>| given.map(|given| given.value);
    let raw = attributes.name.zip(attributes.pk).map(|(name, pk)| RawTable {
        name: name.value,
        name_env: value(attributes.name_env),
        pk: pk.value,
        sk: value(attributes.sk),
        type_attribute: value(attributes.type_attribute),
        ttl: value(attributes.ttl),
        indexes: attributes.indexes,
        stream: value(attributes.stream),
        point_in_time_recovery: attributes.point_in_time_recovery.is_some(),
        deletion_protection: attributes.deletion_protection.is_some(),
        krate: attributes.krate.map(|given| given.value),
    });
    diag.finish_option(raw)
}

impl Attributes {
    fn read(&mut self, meta: &ParseNestedMeta<'_>, diag: &mut Diag) -> syn::Result<()> {
        let name = name_of(meta)?;
        match name.to_string().as_str() {
            "name" => once(&mut self.name, name, string(meta)?, diag),
            "name_env" => once(&mut self.name_env, name, string(meta)?, diag),
            "pk" => once(&mut self.pk, name, string(meta)?, diag),
            "sk" => once(&mut self.sk, name, string(meta)?, diag),
            "type_attribute" => once(&mut self.type_attribute, name, string(meta)?, diag),
            "ttl" => once(&mut self.ttl, name, string(meta)?, diag),
            "stream" => once(&mut self.stream, name, string(meta)?, diag),
            "point_in_time_recovery" => once(&mut self.point_in_time_recovery, name, flag(meta)?, diag),
            "deletion_protection" => once(&mut self.deletion_protection, name, flag(meta)?, diag),
            "crate" => once(&mut self.krate, name, path(meta)?, diag),
            "gsi" => self.indexes.extend(index(meta, "gsi", diag)?),
            "lsi" => self.indexes.extend(index(meta, "lsi", diag)?),
            other => {
                diag.at(&name, unknown_attribute("#[table(..)]", other, TABLE));
                skip(meta)?;
            }
        }
        Ok(())
    }
}

fn index(meta: &ParseNestedMeta<'_>, kind: &str, diag: &mut Diag) -> syn::Result<Option<RawTableIndex>> {
    let content;
    syn::parenthesized!(content in meta.input);
    if content.peek2(syn::Token![=]) || content.is_empty() {
        return Err(content.error(format!("an index begins with its name; write `{kind}(NAME, ..)`")));
    }
    let index = content.call(Ident::parse_any)?;
    if !content.is_empty() {
        content.parse::<syn::Token![,]>()?;
    }
    let (mut pk, mut sk, mut carried) = (None, None, Carried::default());
    let nested = syn::meta::parser(|meta| {
        let given = name_of(&meta)?;
        match given.to_string().as_str() {
            "pk" if kind == "lsi" => {
                diag.at(&given, "a local index has the table's partition key; remove `pk`, or write `gsi(..)`");
                skip(&meta)?;
            }
            "pk" => once(&mut pk, given, string(&meta)?, diag),
            "sk" => once(&mut sk, given, string(&meta)?, diag),
            "projection" => carried.projection(given, &meta, diag)?,
            "include" => carried.include(given, &meta, diag)?,
            other => {
                let legal: &[&str] = match kind {
                    "lsi" => &["sk", "projection", "include"],
                    _ => &["pk", "sk", "projection", "include"],
                };
                diag.at(&given, unknown_attribute(&format!("{kind}(..)"), other, legal));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    let rest: proc_macro2::TokenStream = content.parse()?;
    syn::parse::Parser::parse2(nested, rest)?;
    let missing = match kind {
        "gsi" if pk.is_none() => Some("pk"),
        "lsi" if sk.is_none() => Some("sk"),
        _ => None,
    };
    if let Some(missing) = missing {
        let span: Span = index.span();
        let name = index.unraw();
        diag.span(
            span,
            format!("the index `{name}` has no `{missing}`; add `{missing} = \"..\"` with the attribute's name"),
        );
        return Ok(None);
    }
    let value = |given: Option<Given<LitStr>>| given.map(|given| given.value);
    Ok(Some(RawTableIndex { index, pk: value(pk), sk: value(sk), projection: carried.finish() }))
}
