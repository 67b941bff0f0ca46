//! Rules of a table that tokens can tell.

use quote::ToTokens as _;
use syn::{Data, DeriveInput, Fields, LitStr, ext::IdentExt as _};

use super::{index_projection::included, native::on_table};
use crate::{
    diag::{Diag, Reported, nearest},
    model::{Table, Variant, argument_of},
    parse::RawTable,
    runtime::Runtime,
};

/// What an item's type is called in, unless the table says otherwise.
pub(crate) const TYPE_ATTRIBUTE: &str = "entityType";

const STREAMS: &[(&str, &str)] = &[
    ("keys_only", "KeysOnly"),
    ("new_image", "NewImage"),
    ("old_image", "OldImage"),
    ("new_and_old_images", "NewAndOldImages"),
];

/// DynamoDB's quotas: "Service, account, and table quotas in Amazon DynamoDB".
pub(super) const GLOBAL_INDEXES: usize = 20;
const LOCAL_INDEXES: usize = 5;

pub(crate) fn table(input: &DeriveInput, raw: RawTable) -> Result<Table<'_>, Reported> {
    let mut diag = Diag::default();
    if let Some(param) = input.generics.params.first() {
        diag.at(param, "a table is one concrete type; remove the generics, or name them in the variants");
    }
    let variants = variants(input, &mut diag);
    named_well(&raw.name, "table", &mut diag);
    attributes(&raw, &mut diag);
    indexes(&raw, &mut diag);
    included(&raw, &mut diag);
    on_table(&raw, &mut diag);
    let stream = raw.stream.as_ref().and_then(|given| stream(given, &mut diag));
    diag.finish(Table { input, runtime: Runtime::new(raw.krate.clone()), raw, stream, variants })
}

fn variants<'a>(input: &'a DeriveInput, diag: &mut Diag) -> Vec<Variant<'a>> {
    let Data::Enum(data) = &input.data else {
        diag.at(&input.ident, "a table is an enum with a variant for each entity; a struct is an `Entity`");
        return Vec::new();
    };
    if data.variants.is_empty() {
        diag.at(&input.ident, "a table holds entities; add a variant for each, such as `User(User)`");
    }
    let mut variants = Vec::new();
    for variant in &data.variants {
        match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = &fields.unnamed[0].ty;
                let boxed = argument_of(ty, "Box");
                let entity = boxed.unwrap_or(ty);
                let text = entity.to_token_stream().to_string();
                let same = |other: &&Variant<'_>| other.entity.to_token_stream().to_string() == text;
                if let Some(other) = variants.iter().find(same) {
                    let name = other.ident;
                    diag.at(
                        entity,
                        format!(
                            "`{text}` is in the variant `{name}` already, and an item has one; remove this variant"
                        ),
                    );
                }
                variants.push(Variant { ident: &variant.ident, entity, boxed: boxed.is_some() });
            }
            _ => {
                let name = &variant.ident;
                diag.at(variant, format!("a variant of a table holds one entity; write `{name}({name})`"));
            }
        }
    }
    variants
}

/// Source: "Naming rules and data types in Amazon DynamoDB".
fn named_well(name: &LitStr, what: &str, diag: &mut Diag) {
    let text = name.value();
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    if !(3..=255).contains(&text.len()) || !text.bytes().all(legal) {
        diag.at(
            name,
            format!("`{text}` is no {what} name in DynamoDB; use 3 to 255 of a-z, A-Z, 0-9, `_`, `-` and `.`"),
        );
    }
}

fn attributes(raw: &RawTable, diag: &mut Diag) {
    let all = [Some(&raw.pk), raw.sk.as_ref(), raw.type_attribute.as_ref(), raw.ttl.as_ref()];
    let mut seen: Vec<String> = Vec::new();
    if raw.type_attribute.is_none() {
        seen.push(TYPE_ATTRIBUTE.to_owned());
    }
    for literal in all.into_iter().flatten() {
        let text = literal.value();
        if text.is_empty() || text.len() > 255 {
            diag.at(literal, "an attribute's name has 1 to 255 bytes; write such a name");
        } else if seen.contains(&text) {
            diag.at(literal, format!("the attribute `{text}` has another use in the table; give this one its own"));
        }
        seen.push(text);
    }
}

fn indexes(raw: &RawTable, diag: &mut Diag) {
    let (mut global, mut local) = (0, 0);
    for (at, index) in raw.indexes.iter().enumerate() {
        let name = index.index.unraw().to_string();
        if name.len() < 3 {
            diag.at(&index.index, format!("`{name}` is no index name in DynamoDB; use at least 3 characters"));
        }
        if raw.indexes[..at].iter().any(|other| other.index == index.index) {
            diag.at(&index.index, format!("the table has two indexes `{name}`; give one of them another name"));
        }
        if let (Some(pk), Some(sk)) = (&index.pk, &index.sk)
            && pk.value() == sk.value()
        {
            diag.at(sk, format!("the index `{name}` has one attribute as both keys; give the sort key its own"));
        }
        let type_attribute = raw.type_attribute.as_ref().map_or_else(|| TYPE_ATTRIBUTE.to_owned(), LitStr::value);
        let own_uses = [Some(type_attribute), raw.ttl.as_ref().map(LitStr::value)];
        for literal in [index.pk.as_ref(), index.sk.as_ref()].into_iter().flatten() {
            if own_uses.iter().flatten().any(|other| *other == literal.value()) {
                let text = literal.value();
                diag.at(literal, format!("the attribute `{text}` has another use in the table; give this one its own"));
            }
        }
        if index.pk.is_some() {
            global += 1;
            if global == GLOBAL_INDEXES + 1 {
                diag.at(&index.index, "DynamoDB takes at most 20 global indexes a table; share one by overloading it");
            }
        } else {
            local += 1;
            if local == LOCAL_INDEXES + 1 {
                diag.at(&index.index, "DynamoDB takes at most 5 local indexes a table; use a global one");
            }
            if raw.sk.is_none() {
                diag.at(
                    &index.index,
                    "a local index needs a table with a sort key; add `sk = \"..\"` to the table, or use `gsi`",
                );
            }
        }
    }
}

fn stream(given: &LitStr, diag: &mut Diag) -> Option<&'static str> {
    let text = given.value();
    let known = STREAMS.iter().find(|(name, _)| *name == text).map(|(_, variant)| *variant);
    if known.is_none() {
        let names: Vec<&str> = STREAMS.iter().map(|(name, _)| *name).collect();
        diag.at(given, format!("a stream has no view `{text}`{}", nearest(&text, &names)));
    }
    known
}
