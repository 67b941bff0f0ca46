//! `#[entity(..)]` on a struct and its fields.

use quote::ToTokens as _;
use syn::{Data, DeriveInput, Field, Fields, Ident, LitStr, Path, ext::IdentExt as _, meta::ParseNestedMeta};

use super::{
    RawNative, RawTemplate, RawUnique, SerdeContainer, SerdeField,
    meta::{Given, each, flag, ident, name_of, once, path, skip, string},
    native::native,
    unique::unique,
};
use crate::{
    diag::{Diag, Reported, unknown_attribute},
    model::Role,
};

const STRUCT: &[&str] = &["table", "pk", "sk", "name", "type_name", "index", "unique", "crate"];
const INDEX: &[&str] = &["name", "pk", "sk", "native"];
const FIELD: &[&str] = &["version", "created_at", "updated_at", "ttl"];

/// A struct with `#[derive(Entity)]`, as it was written.
pub(crate) struct RawEntity<'a> {
    pub(crate) table: Path,
    pub(crate) pk: RawTemplate,
    pub(crate) sk: Option<RawTemplate>,
    pub(crate) name: Option<Ident>,
    pub(crate) type_name: Option<LitStr>,
    pub(crate) krate: Option<Path>,
    pub(crate) indexes: Vec<RawIndex>,
    pub(crate) uniques: Vec<RawUnique>,
    pub(crate) fields: Vec<RawField<'a>>,
    pub(crate) serde: SerdeContainer,
}

/// `index(GSI1, name = .., pk = "..", sk = "..")`
pub(crate) struct RawIndex {
    pub(crate) index: Ident,
    pub(crate) name: Ident,
    pub(crate) pk: Option<RawTemplate>,
    pub(crate) sk: Option<RawTemplate>,
    pub(crate) native: Option<RawNative<Ident>>,
}

/// A field and its attributes.
pub(crate) struct RawField<'a> {
    pub(crate) field: &'a Field,
    pub(crate) ident: &'a Ident,
    pub(crate) serde: SerdeField,
    pub(crate) role: Option<(Role, Ident)>,
}

#[derive(Default)]
struct Attributes {
    table: Option<Given<Path>>,
    pk: Option<Given<LitStr>>,
    sk: Option<Given<LitStr>>,
    name: Option<Given<Ident>>,
    type_name: Option<Given<LitStr>>,
    krate: Option<Given<Path>>,
    indexes: Vec<RawIndex>,
    uniques: Vec<RawUnique>,
}

pub(crate) fn entity(input: &DeriveInput) -> Result<RawEntity<'_>, Reported> {
    let mut diag = Diag::default();
    let fields = fields(input, &mut diag);
    let mut attributes = Attributes::default();
    each(&input.attrs, "entity", &mut diag, |meta, diag| attributes.read(&meta, diag));
    let serde = SerdeContainer::parse(&input.attrs);
    shows_its_fields(&serde, &mut diag);
    // What is missing may be misspelt, which was reported.
    if !diag.has_errors() {
        let message = match (&attributes.table, &attributes.pk) {
            (None, None) => {
                Some("an entity has a table and a key; add `#[entity(table = .., pk = \"..\", sk = \"..\")]`")
            }
            (None, Some(_)) => Some("an entity lies in a table; add `#[entity(table = ..)]` with the table's enum"),
            (Some(_), None) => Some("an entity has a partition key; add `#[entity(pk = \"..\")]`"),
            (Some(_), Some(_)) => None,
        };
        if let Some(message) = message {
            diag.at(&input.ident, message);
        }
    }
    let sk = attributes.sk.map(|given| RawTemplate::parse(given.value, &mut diag));
    let pk = attributes.pk.map(|given| RawTemplate::parse(given.value, &mut diag));
    let raw = attributes.table.zip(pk).zip(fields).map(|((table, pk), fields)| RawEntity {
        table: table.value,
        pk,
        sk,
        name: attributes.name.map(|given| given.value),
        type_name: attributes.type_name.map(|given| given.value),
        krate: attributes.krate.map(|given| given.value),
        indexes: attributes.indexes,
        uniques: attributes.uniques,
        fields,
        serde,
    });
    diag.finish_option(raw)
}

impl Attributes {
    fn read(&mut self, meta: &ParseNestedMeta<'_>, diag: &mut Diag) -> syn::Result<()> {
        let name = name_of(meta)?;
        match name.to_string().as_str() {
            "table" => once(&mut self.table, name, path(meta)?, diag),
            "pk" => once(&mut self.pk, name, string(meta)?, diag),
            "sk" => once(&mut self.sk, name, string(meta)?, diag),
            "name" => once(&mut self.name, name, ident(meta)?, diag),
            "type_name" => once(&mut self.type_name, name, string(meta)?, diag),
            "crate" => once(&mut self.krate, name, path(meta)?, diag),
            "index" => self.indexes.extend(index(meta, diag)?),
            "unique" => self.uniques.extend(unique(meta, name, diag)?),
            other if FIELD.contains(&other) => {
                diag.at(&name, format!("`{other}` belongs to a field; write `#[entity({other})]` on it"));
                skip(meta)?;
            }
            other => {
                diag.at(&name, unknown_attribute("#[entity(..)]", other, STRUCT));
                skip(meta)?;
            }
        }
        Ok(())
    }
}

fn shows_its_fields(serde: &SerdeContainer, diag: &mut Diag) {
    // `into` and `from` are one decision.
    if let Some(path) = serde.hiding.first() {
        let refused = path.to_token_stream();
        diag.at(
            path,
            format!(
                "`#[serde({refused})]` hides the attributes of an entity's item; derive `Entity` on the type that has the \
                 fields"
            ),
        );
    }
}

fn index(meta: &ParseNestedMeta<'_>, diag: &mut Diag) -> syn::Result<Option<RawIndex>> {
    let content;
    syn::parenthesized!(content in meta.input);
    if content.peek2(syn::Token![=]) || content.is_empty() {
        return Err(
            content.error("an index begins with its name on the table; write `index(GSI1, name = .., pk = \"..\")`")
        );
    }
    let index = content.call(Ident::parse_any)?;
    let (mut name, mut pk, mut sk) = (None, None, None);
    let mut native: Option<RawNative<Ident>> = None;
    if !content.is_empty() {
        content.parse::<syn::Token![,]>()?;
    }
    let nested = syn::meta::parser(|meta| {
        let given = name_of(&meta)?;
        match given.to_string().as_str() {
            "name" => once(&mut name, given, ident(&meta)?, diag),
            "pk" => once(&mut pk, given, string(&meta)?, diag),
            "sk" => once(&mut sk, given, string(&meta)?, diag),
            "native" if native.is_some() => {
                diag.at(&given, crate::diag::twice("native"));
                skip(&meta)?;
            }
            "native" => native = self::native(&meta, given, diag)?,
            other => {
                diag.at(&given, unknown_attribute("index(..)", other, INDEX));
                skip(&meta)?;
            }
        }
        Ok(())
    });
    let rest: proc_macro2::TokenStream = content.parse()?;
    syn::parse::Parser::parse2(nested, rest)?;
    let Some(name) = name else {
        diag.at(
            &index,
            format!("the index `{index}` has no access pattern; add `name = ..`, the method that queries it"),
        );
        return Ok(None);
    };
    if let (Some(native), Some(template)) = (&native, pk.as_ref().or(sk.as_ref())) {
        diag.at(
            &template.name,
            format!(
                "the index `{index}` has a key of templates or a native one, not both; remove this, or `{}`",
                native.name
            ),
        );
    }
    let mut template = |given: Option<Given<LitStr>>| given.map(|given| RawTemplate::parse(given.value, diag));
    Ok(Some(RawIndex { index, name: name.value, pk: template(pk), sk: template(sk), native }))
}

fn fields<'a>(input: &'a DeriveInput, diag: &mut Diag) -> Option<Vec<RawField<'a>>> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unnamed(_) | Fields::Unit => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    };
    let Some(named) = named else {
        let name = &input.ident;
        let message = match &input.data {
            Data::Struct(_) => format!(
                "an entity's fields are its attributes, and have their names; write `struct {name} {{ field: .. }}`"
            ),
            Data::Enum(_) => {
                "an entity is a struct; derive `Table` on an enum of entities, and `KeyPart` on one that stands in keys"
                    .to_owned()
            }
            Data::Union(_) => "an entity is a struct with named fields; write `struct` for `union`".to_owned(),
        };
        diag.at(name, message);
        return None;
    };
    let raw = named.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let role = role(field, diag);
        Some(RawField { field, ident, serde: SerdeField::parse(&field.attrs), role })
    });
    Some(raw.collect())
}

fn role(field: &Field, diag: &mut Diag) -> Option<(Role, Ident)> {
    let mut role: Option<Given<Role>> = None;
    each(&field.attrs, "entity", diag, |meta, diag| {
        let name = name_of(&meta)?;
        let given = match name.to_string().as_str() {
            "version" => Role::Version,
            "created_at" => Role::CreatedAt,
            "updated_at" => Role::UpdatedAt,
            "ttl" => Role::Ttl,
            "unique" => {
                let field = field.ident.as_ref().map(Ident::unraw);
                diag.at(
                    &name,
                    format!(
                        "`unique` belongs to the struct; write `#[entity(unique({}))]` above it",
                        field.to_token_stream()
                    ),
                );
                return skip(&meta);
            }
            other if STRUCT.contains(&other) => {
                diag.at(&name, format!("`{other}` belongs to the struct; write `#[entity({other} ..)]` above it"));
                return skip(&meta);
            }
            other => {
                diag.at(&name, unknown_attribute("#[entity(..)]", other, FIELD));
                return skip(&meta);
            }
        };
        flag(&meta)?;
        match &role {
            Some(first) if first.value == given => diag.at(&name, crate::diag::twice(&name.to_string())),
            Some(first) => {
                diag.at(
                    &name,
                    format!("a field is one of `{}` and `{name}`, not both; remove one", first.name.unraw()),
                );
            }
            None => role = Some(Given { name, value: given }),
        }
        Ok(())
    });
    role.map(|given| (given.value, given.name))
}
