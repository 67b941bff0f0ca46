//! What passed the checks: the only thing that can be expanded.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Generics, Ident, LitStr, Path, ext::IdentExt as _, spanned::Spanned as _};

mod attribute;
mod collection;
mod field;
mod group;
mod key_part;
mod native;
mod projection;
mod table;
mod types;

use crate::{parse::Spec, runtime::Runtime};
pub(crate) use attribute::{Attribute, AttributeShape};
pub(crate) use collection::{Collection, CollectionShape, Holds, Member};
pub(crate) use field::{Field, Form, Missing, Role, Setter, Touch};
pub(crate) use group::{Group, Unique};
pub(crate) use key_part::{KeyPart, KeyPartShape};
pub(crate) use native::Native;
pub(crate) use projection::{Projection, ProjectionField};
pub(crate) use table::{Table, Variant};
pub(crate) use types::{argument_of, depends_on, is_named, is_phantom, mentions, part_type};

/// A checked entity.
pub(crate) struct Entity<'a> {
    pub(crate) input: &'a DeriveInput,
    /// The struct's own parameters, bounded as their place in keys asks.
    pub(crate) generics: Generics,
    pub(crate) runtime: Runtime,
    pub(crate) table: Path,
    pub(crate) type_name: String,
    pub(crate) fields: Vec<Field<'a>>,
    /// Whether serde could take one of the table's own attributes for data of the struct.
    pub(crate) open: bool,
    pub(crate) primary: Pattern,
    pub(crate) indexes: Vec<Pattern>,
    pub(crate) natives: Vec<Native>,
    pub(crate) uniques: Vec<Unique>,
    /// The fields that keys follow, those that are set together in one.
    pub(crate) groups: Vec<Group>,
}

/// A way to query an entity: its primary key or one of its indexes.
pub(crate) struct Pattern {
    /// The index on the table; `None` for the primary key.
    pub(crate) index: Option<Ident>,
    /// The method.
    pub(crate) name: Ident,
    /// `None` for a local index, which has the table's.
    pub(crate) partition: Option<Template>,
    pub(crate) sort: Option<Template>,
    /// The parts are attributes of the item, each by itself.
    pub(crate) native: bool,
}

/// A checked template.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) literal: LitStr,
    pub(crate) elements: Vec<Element>,
}

#[derive(Clone)]
pub(crate) enum Element {
    Literal(String),
    Part(Part),
}

/// A placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// The field's position in the struct.
    pub(crate) field: usize,
    pub(crate) spec: Spec,
}

impl Entity<'_> {
    /// The primary key, then the indexes.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        std::iter::once(&self.primary).chain(&self.indexes)
    }

    /// The fields that have an attribute each.
    pub(crate) fn stored_fields(&self) -> impl Iterator<Item = &Field<'_>> {
        self.fields.iter().filter(|field| field.stored)
    }

    /// The placeholders of the primary key, each field once.
    pub(crate) fn key_parts(&self) -> Vec<Part> {
        self.primary.key_parts()
    }

    /// Whether the field is part of the primary key.
    pub(crate) fn is_key(&self, field: usize) -> bool {
        self.key_parts().iter().any(|part| part.field == field)
    }

    /// Whether and how the field can be set.
    pub(crate) fn setter(&self, at: usize) -> Setter {
        let field = &self.fields[at];
        match field.role {
            _ if self.is_key(at) => Setter::Key,
            Some(Role::Version | Role::CreatedAt | Role::UpdatedAt) => Setter::Maintained,
            _ if self.groups.iter().any(|group| group.fields.contains(&at)) => Setter::Tied,
            _ if field.may_lack => Setter::Optional,
            _ => Setter::Free,
        }
    }

    /// Whether the value of the field is needed to move an item that holds it as unique.
    pub(crate) fn is_unique(&self, field: usize) -> bool {
        self.uniques.iter().any(|unique| unique.parts.iter().any(|part| part.field == field))
    }

    /// The position of the field with this role.
    pub(crate) fn role(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|field| field.role == Some(role))
    }

    /// What an update makes of an index whose key changes with every write.
    pub(crate) fn touch(&self, index: &Pattern) -> Touch {
        let parts = index.key_parts();
        let mut outside = parts.iter().map(|part| part.field).filter(|field| !self.is_key(*field));
        if !outside.clone().any(|field| self.fields[field].changes_with_every_write()) {
            return Touch::None;
        }
        let is_time = |field: usize| self.fields[field].role == Some(Role::UpdatedAt);
        if outside.all(is_time) { Touch::Follows } else { Touch::Unknown }
    }

    /// The methods that begin a change of the whole group: its indexes and constraints, but none that is called like a
    /// field's own.
    pub(crate) fn starters(&self, group: &Group) -> Vec<&Ident> {
        let indexes = group.indexes.iter().map(|at| &self.indexes[*at].name);
        let is_index = |name: &Ident| self.indexes.iter().any(|index| index.name.unraw() == name.unraw());
        let uniques = group.uniques.iter().map(|at| &self.uniques[*at].name).filter(|name| !is_index(name));
        let is_field = |name: &Ident| self.stored_fields().any(|field| field.ident.unraw() == name.unraw());
        indexes.chain(uniques).filter(|name| !is_field(name)).collect()
    }

    /// The parts of the key that a pattern has on its index or on the table.
    pub(crate) fn parts_of(&self, pattern: &Pattern) -> (Vec<Part>, Vec<Part>) {
        let partition = self.partition_of(pattern).map(Template::parts).unwrap_or_default();
        (partition, pattern.sort_parts())
    }

    /// Whether the type has generic parameters, so that constants cannot name it.
    pub(crate) fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }

    /// The struct's name.
    pub(crate) fn name(&self) -> String {
        self.input.ident.unraw().to_string()
    }

    /// The table without its entities.
    pub(crate) fn layout(&self) -> TokenStream {
        let (private, ident, table) = (self.runtime.private(), &self.input.ident, &self.table);
        if self.is_generic() {
            return quote!(<#table as #private::Table>::LAYOUT);
        }
        quote!(#private::layout_of::<#ident>())
    }

    /// `<FieldType as InKey>`, always at the field's type: a type that is no key part is one error there.
    pub(crate) fn key_part(&self, part: Part) -> TokenStream {
        let ty = part_type(self.fields[part.field].ty);
        let private = self.runtime.private_at(ty.span());
        quote_spanned!(ty.span()=> <#ty as #private::InKey>)
    }

    /// How many leading sort-key parts of a pattern its partition key gives already.
    pub(crate) fn known_parts(&self, pattern: &Pattern) -> usize {
        let partition = self.partition_of(pattern).map(Template::parts).unwrap_or_default();
        pattern.sort_parts().iter().take_while(|part| partition.contains(part)).count()
    }

    /// Whether the items of one partition key lie in several partitions.
    pub(crate) fn is_spread(&self, pattern: &Pattern) -> bool {
        self.partition_of(pattern).is_some_and(|partition| partition.parts().iter().any(|part| part.spec.spreads()))
    }

    /// The parts of the partition key that a query is given: those that do not spread.
    pub(crate) fn given_parts(&self, pattern: &Pattern) -> Vec<Part> {
        let parts = self.partition_of(pattern).map(Template::parts).unwrap_or_default();
        parts.into_iter().filter(|part| !part.spec.spreads()).collect()
    }

    /// The template of a pattern's partition key.
    pub(crate) fn partition_of<'p>(&'p self, pattern: &'p Pattern) -> Option<&'p Template> {
        pattern.partition.as_ref().or(self.primary.partition.as_ref())
    }
}

impl Pattern {
    /// The placeholders of the key, each field once.
    pub(crate) fn key_parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for part in self.partition_parts().into_iter().chain(self.sort_parts()) {
            if !parts.iter().any(|known| known.field == part.field) {
                parts.push(part);
            }
        }
        parts
    }

    pub(crate) fn partition_parts(&self) -> Vec<Part> {
        self.partition.as_ref().map(Template::parts).unwrap_or_default()
    }

    pub(crate) fn sort_parts(&self) -> Vec<Part> {
        self.sort.as_ref().map(Template::parts).unwrap_or_default()
    }

    /// Where the pattern is stated: its index, or the primary partition key.
    pub(crate) fn span(&self) -> Span {
        let template = self.partition.as_ref().map(Template::span);
        self.index.as_ref().map(Ident::span).or(template).unwrap_or_else(|| self.name.span())
    }

    /// A local index states no partition key.
    pub(crate) fn is_local_index(&self) -> bool {
        self.index.is_some() && self.partition.is_none()
    }
}

impl Template {
    pub(crate) fn parts(&self) -> Vec<Part> {
        self.elements
            .iter()
            .filter_map(|element| match element {
                Element::Part(part) => Some(*part),
                Element::Literal(_) => None,
            })
            .collect()
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }
}
