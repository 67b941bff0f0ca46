//! What serde's own attributes say about names. serde reports their mistakes itself.

use syn::{Attribute, ExprPath, Ident, LitStr, Path, meta::ParseNestedMeta};

use super::meta::skip;
use crate::case::Case;

/// serde's attributes of a struct or enum.
#[derive(Default)]
pub(crate) struct SerdeContainer {
    pub(crate) rename_all: Option<Case>,
    pub(crate) deny_unknown_fields: bool,
    /// What is not there is taken from the struct's own default.
    pub(crate) default: bool,
    /// The function that gives that default, where it is not `Default`'s.
    pub(crate) default_by: Option<ExprPath>,
    /// An enum is written with the name of its variant beside its data.
    pub(crate) tagged: bool,
    /// What makes serde write something else than the fields, under their names.
    pub(crate) hiding: Vec<Path>,
}

/// serde's attributes by which a type is not written as its fields or names.
const HIDING: &[&str] = &["transparent", "untagged", "from", "into", "try_from", "remote"];

/// serde's attributes of a field.
#[derive(Default)]
pub(crate) struct SerdeField {
    pub(crate) rename: Option<String>,
    pub(crate) flatten: bool,
    pub(crate) skipped: Skipped,
    /// Written by a function of the user's, so its Rust type does not tell its attribute's type.
    pub(crate) serialize: Option<SerializeWith>,
    /// Left out where this function holds.
    pub(crate) skip_if: Option<ExprPath>,
    pub(crate) default: bool,
    /// The function that gives that default, where it is not `Default`'s.
    pub(crate) default_by: Option<ExprPath>,
    /// Read by this function of the user's.
    pub(crate) deserialize: Option<ExprPath>,
}

/// The function that writes a field.
pub(crate) struct SerializeWith {
    pub(crate) function: ExprPath,
    /// Whether it is one of `serde_dynamo`'s that write sets.
    pub(crate) is_set: bool,
}

/// The modules of `serde_dynamo` that write sets.
const SETS: &[&str] = &["string_set", "number_set", "binary_set"];

/// Which way a field does not go.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Skipped {
    /// Into an item.
    pub(crate) written: bool,
    /// Out of an item.
    pub(crate) read: bool,
}

impl Skipped {
    pub(crate) fn any(self) -> bool {
        self.written || self.read
    }
}

/// serde's attributes of a variant.
#[derive(Debug, Default)]
pub(crate) struct SerdeVariant {
    pub(crate) rename: Option<String>,
}

impl SerdeContainer {
    pub(crate) fn parse(attributes: &[Attribute]) -> Self {
        let mut container = Self::default();
        each(attributes, |meta| {
            if meta.path.is_ident("rename_all") {
                container.rename_all = serialized(&meta)?.and_then(|rule| Case::parse(&rule.value()));
                return Ok(());
            }
            container.deny_unknown_fields |= meta.path.is_ident("deny_unknown_fields");
            if meta.path.is_ident("default") {
                container.default = true;
                container.default_by = function(&meta)?;
                return Ok(());
            }
            container.tagged |= meta.path.is_ident("tag");
            if HIDING.iter().any(|name| meta.path.is_ident(name)) {
                container.hiding.push(meta.path.clone());
            }
            skip(&meta)
        });
        container
    }

    /// Whether the type is written as its one field.
    pub(crate) fn is_transparent(&self) -> bool {
        self.hiding.iter().any(|path| path.is_ident("transparent"))
    }
}

impl SerdeField {
    pub(crate) fn parse(attributes: &[Attribute]) -> Self {
        let mut field = Self::default();
        each(attributes, |meta| {
            if meta.path.is_ident("rename") {
                field.rename = serialized(&meta)?.map(|name| name.value());
                return Ok(());
            }
            if meta.path.is_ident("with") {
                let module: ExprPath = meta.value()?.parse::<LitStr>()?.parse()?;
                field.deserialize = Some(inside(module.clone(), "deserialize"));
                field.serialize = Some(SerializeWith::module(module));
                return Ok(());
            }
            if meta.path.is_ident("deserialize_with") {
                field.deserialize = Some(meta.value()?.parse::<LitStr>()?.parse()?);
                return Ok(());
            }
            if meta.path.is_ident("serialize_with") {
                let function = meta.value()?.parse::<LitStr>()?.parse()?;
                field.serialize = Some(SerializeWith { function, is_set: false });
                return Ok(());
            }
            if meta.path.is_ident("skip_serializing_if") {
                field.skip_if = Some(meta.value()?.parse::<LitStr>()?.parse()?);
                return Ok(());
            }
            if meta.path.is_ident("default") {
                field.default = true;
                field.default_by = function(&meta)?;
                return Ok(());
            }
            field.flatten |= meta.path.is_ident("flatten");
            field.skipped.written |= ["skip", "skip_serializing"].iter().any(|name| meta.path.is_ident(name));
            field.skipped.read |= ["skip", "skip_deserializing"].iter().any(|name| meta.path.is_ident(name));
            skip(&meta)
        });
        field
    }
}

impl SerializeWith {
    /// `with = "module"`: the module's `serialize`.
    fn module(path: ExprPath) -> Self {
        let is_set = path.path.segments.last().is_some_and(|last| SETS.iter().any(|set| last.ident == set));
        Self { function: inside(path, "serialize"), is_set }
    }
}

/// A function of a module.
fn inside(mut module: ExprPath, function: &str) -> ExprPath {
    let span = module.path.segments.last().map_or_else(proc_macro2::Span::call_site, |last| last.ident.span());
    module.path.segments.push(Ident::new(function, span).into());
    module
}

/// `= "path"`, if it is there.
fn function(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<ExprPath>> {
    if !meta.input.peek(syn::Token![=]) {
        return Ok(None);
    }
    meta.value()?.parse::<LitStr>()?.parse().map(Some)
}

impl SerdeVariant {
    pub(crate) fn parse(attributes: &[Attribute]) -> Self {
        let mut variant = Self::default();
        each(attributes, |meta| {
            if meta.path.is_ident("rename") {
                variant.rename = serialized(&meta)?.map(|name| name.value());
                return Ok(());
            }
            skip(&meta)
        });
        variant
    }
}

fn each(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta<'_>) -> syn::Result<()>) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // What serde's attributes should look like is serde's to say.
        let _ = attribute.parse_nested_meta(&mut read);
    }
}

/// `= "name"`, or the `serialize` half of `(serialize = "name", deserialize = "..")`.
fn serialized(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<LitStr>> {
    if meta.input.peek(syn::token::Paren) {
        let mut found = None;
        meta.parse_nested_meta(|half| {
            let name: LitStr = half.value()?.parse()?;
            if half.path.is_ident("serialize") {
                found = Some(name);
            }
            Ok(())
        })?;
        return Ok(found);
    }
    meta.value()?.parse().map(Some)
}
