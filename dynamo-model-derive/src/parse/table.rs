//! `#[table(..)]` on an enum.

use proc_macro2::Span;
use syn::{DeriveInput, Ident, LitStr, Path, ext::IdentExt as _, meta::ParseNestedMeta};

use super::{
    RawNative,
    index_projection::{Carried, RawProjection},
    meta::{Given, each, flag, name_of, once, path, skip, string},
    native::native,
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
    pub(crate) natives: Vec<RawNativeIndex>,
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

/// `gsi(GSI1, native(pk = ("..", ".."), sk = ".."))`
pub(crate) struct RawNativeIndex {
    pub(crate) index: Ident,
    pub(crate) key: RawNative<LitStr>,
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
    natives: Vec<RawNativeIndex>,
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
        natives: attributes.natives,
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
            "gsi" => self.indexes.extend(index(meta, "gsi", &mut self.natives, diag)?),
            "lsi" => self.indexes.extend(index(meta, "lsi", &mut self.natives, diag)?),
            other => {
                diag.at(&name, unknown_attribute("#[table(..)]", other, TABLE));
                skip(meta)?;
            }
        }
        Ok(())
    }
}

fn index(
    meta: &ParseNestedMeta<'_>,
    kind: &str,
    natives: &mut Vec<RawNativeIndex>,
    diag: &mut Diag,
) -> syn::Result<Option<RawTableIndex>> {
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
    let mut given_native = None;
    let mut is_refused = false;
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
            "native" if kind == "lsi" => {
                diag.at(
                    &given,
                    "a local index has one sort attribute, which the library writes; write `gsi(..)`, or `sk = \"..\"`",
                );
                is_refused = true;
                skip(&meta)?;
            }
            "native" if given_native.is_some() => {
                diag.at(&given, crate::diag::twice("native"));
                skip(&meta)?;
            }
            "native" => given_native = Some((given.clone(), native(&meta, given, diag)?)),
            other => {
                let legal: &[&str] = match kind {
                    "lsi" => &["sk", "projection", "include"],
                    _ => &["pk", "sk", "native", "projection", "include"],
                };
                diag.at(&given, unknown_attribute(&format!("{kind}(..)"), other, legal));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    let rest: proc_macro2::TokenStream = content.parse()?;
    syn::parse::Parser::parse2(nested, rest)?;
    if let Some((word, native)) = given_native {
        if let Some(composed) = pk.as_ref().or(sk.as_ref()) {
            let name = index.unraw();
            diag.at(
                &composed.name,
                format!("the index `{name}` has attributes that the library writes or a native key, not both; remove this, or `{word}`"),
            );
        }
        if let Some(less) = carried.less_than_all() {
            let name = index.unraw();
            diag.at(less, format!("the native index `{name}` carries all attributes of an item; remove `{less}`"));
        }
        natives.extend(native.map(|key| RawNativeIndex { index, key }));
        return Ok(None);
    }
    if is_refused {
        return Ok(None);
    }
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
