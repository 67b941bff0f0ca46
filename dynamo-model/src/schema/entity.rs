//! The description of an entity.

use super::{IndexSchema, KeyAttributes, NativePattern};
use crate::key::{AttributePattern, KeyError, Parts, PrimaryKey};

/// An entity: what its items are called, where they lie and which fields they hold.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct EntitySchema {
    /// The struct's name.
    pub name: &'static str,
    /// The value of the table's type attribute.
    pub type_name: &'static str,
    /// The access pattern by the primary key.
    pub primary: AccessPattern,
    /// The access patterns by secondary indexes, in the order of declaration.
    pub indexes: &'static [AccessPattern],
    /// The access patterns by native indexes, in the order of declaration.
    pub native_indexes: &'static [NativePattern],
    /// The struct's fields.
    pub fields: &'static [FieldSchema],
    /// The unique constraints, in the order of declaration.
    pub uniques: &'static [UniqueSchema],
    /// Whether serde flattens a field, so that an item holds more attributes than [`fields`](Self::fields) lists.
    pub open: bool,
    /// Whether the derive checked the entity against its table; a generic entity is checked by its table instead.
    #[doc(hidden)]
    pub checked: bool,
}

/// A named way to query an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessPattern {
    /// The method that starts the query.
    pub name: &'static str,
    /// The key that it queries by.
    pub key: KeyPattern,
}

/// The key of an entity on its table or on one index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPattern {
    /// The index, or `None` for the table itself.
    pub index: Option<IndexSchema>,
    /// The partition key.
    pub partition: AttributePattern,
    /// The sort key.
    pub sort: Option<AttributePattern>,
}

/// A unique constraint: no two items of the entity have the same values in these fields.
///
/// An item of its own under [`key`](Self::key) says that the values are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueSchema {
    /// The fields, in the order of declaration.
    pub fields: &'static [&'static str],
    /// The primary key of the item that holds the values.
    pub key: KeyPattern,
}

/// A field of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSchema {
    /// The field's name in the struct.
    pub name: &'static str,
    /// The attribute's name in the item, after serde's renaming.
    pub attribute: &'static str,
    /// What the library does with it.
    pub role: Option<FieldRole>,
}

/// A field that the library maintains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRole {
    /// `#[entity(version)]`: counts writes; a stale one never wins.
    Version,
    /// `#[entity(created_at)]`: when the item was created.
    CreatedAt,
    /// `#[entity(updated_at)]`: when the item was last written.
    UpdatedAt,
    /// `#[entity(ttl)]`: when the item expires.
    Ttl,
}

impl EntitySchema {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        type_name: &'static str,
        primary: AccessPattern,
        indexes: &'static [AccessPattern],
        fields: &'static [FieldSchema],
    ) -> Self {
        Self {
            name,
            type_name,
            primary,
            indexes,
            native_indexes: &[],
            fields,
            uniques: &[],
            open: false,
            checked: true,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_uniques(mut self, uniques: &'static [UniqueSchema]) -> Self {
        self.uniques = uniques;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_native_indexes(mut self, indexes: &'static [NativePattern]) -> Self {
        self.native_indexes = indexes;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_open(mut self) -> Self {
        self.open = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_generics(mut self) -> Self {
        self.checked = false;
        self
    }

    /// The keys of the entity: the primary key, then one an index.
    pub fn keys(&self) -> impl Iterator<Item = &KeyPattern> {
        std::iter::once(&self.primary).chain(self.indexes).map(|pattern| &pattern.key)
    }

    /// Whether a field plays this role.
    #[must_use]
    pub fn has(&self, role: FieldRole) -> bool {
        self.attribute_of(role).is_some()
    }

    /// The attribute of the field that plays this role.
    #[must_use]
    pub fn attribute_of(&self, role: FieldRole) -> Option<&'static str> {
        self.fields.iter().find(|field| field.role == Some(role)).map(|field| field.attribute)
    }

    /// The first access pattern whose key changes with every write to what an update does not know, and the field at
    /// fault: a version, or the time of the write beside other fields.
    pub(crate) fn unfollowed(&self) -> Option<(&'static str, &'static str)> {
        let primary: Vec<&str> = self.primary.key.fields().collect();
        self.indexes.iter().find_map(|index| {
            let outside = || index.key.fields().filter(|field| !primary.contains(field));
            let role = |name: &str| self.fields.iter().find(|field| field.name == name).and_then(|field| field.role);
            if let Some(version) = outside().find(|field| role(field) == Some(FieldRole::Version)) {
                return Some((index.name, version));
            }
            let updated = outside().find(|field| role(field) == Some(FieldRole::UpdatedAt))?;
            outside().any(|field| field != updated).then_some((index.name, updated))
        })
    }
}

impl KeyPattern {
    /// The fields that the key is made of.
    fn fields(&self) -> impl Iterator<Item = &'static str> {
        let sort = self.sort.into_iter().flat_map(|sort| sort.template.placeholders());
        self.partition.template.placeholders().chain(sort).map(|part| part.field)
    }

    /// The key for these values, as many as the templates have placeholders.
    #[doc(hidden)]
    pub fn build(&self, partition: Parts<'_>, sort: Parts<'_>) -> Result<PrimaryKey, KeyError> {
        Ok(PrimaryKey {
            partition: self.partition.build(partition)?,
            sort: self.sort.map(|pattern| pattern.build(sort)).transpose()?,
        })
    }

    /// The partition key for these values, as many as its template has placeholders.
    #[doc(hidden)]
    pub fn build_partition(&self, parts: Parts<'_>) -> Result<String, KeyError> {
        self.partition.build(parts)
    }

    /// The names of the key attributes.
    #[must_use]
    pub fn attributes(&self) -> KeyAttributes {
        KeyAttributes { partition: self.partition.attribute, sort: self.sort.map(|sort| sort.attribute) }
    }
}
