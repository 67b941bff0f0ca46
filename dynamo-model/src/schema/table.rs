//! The description of a table.

use super::{IndexProjection, NativeIndexSchema, message::equal};

/// A table: its name, key attributes, indexes and settings.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct TableSchema {
    /// The table's name, unless a `Db` is told another.
    pub name: &'static str,
    /// The environment variable that overrides the name.
    pub name_env: Option<&'static str>,
    /// The primary key's attributes.
    pub key: KeyAttributes,
    /// The attribute that names an item's entity.
    pub type_attribute: &'static str,
    /// The attribute that DynamoDB reads as the time to live.
    pub ttl: Option<&'static str>,
    /// Secondary indexes, in the order of declaration.
    pub indexes: &'static [IndexSchema],
    /// Global indexes whose keys are attributes of the items themselves, in the order of declaration.
    pub native_indexes: &'static [NativeIndexSchema],
    /// What the table's stream carries, if it has one.
    pub stream: Option<StreamView>,
    /// Whether continuous backups are on.
    pub point_in_time_recovery: bool,
    /// Whether the table refuses to be deleted.
    pub deletion_protection: bool,
}

/// The names of the attributes of a primary key or an index key; both are strings (`S`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyAttributes {
    /// The partition key's attribute.
    pub partition: &'static str,
    /// The sort key's attribute.
    pub sort: Option<&'static str>,
}

/// A secondary index whose key attributes the library writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexSchema {
    /// The index's name.
    pub name: &'static str,
    /// Global or local.
    pub kind: IndexKind,
    /// Its key attributes.
    pub key: KeyAttributes,
    /// The attributes that it carries beside the keys.
    pub projection: IndexProjection,
}

/// The two kinds of secondary index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndexKind {
    /// A global secondary index: its own partition key, eventually consistent.
    Global,
    /// A local secondary index: the table's partition key with another sort key.
    Local,
}

/// What a stream record carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamView {
    /// The key only.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
}

impl TableSchema {
    /// A table without indexes; the other settings follow by the methods below.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, key: KeyAttributes, type_attribute: &'static str) -> Self {
        Self {
            name,
            name_env: None,
            key,
            type_attribute,
            ttl: None,
            indexes: &[],
            native_indexes: &[],
            stream: None,
            point_in_time_recovery: false,
            deletion_protection: false,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_name_env(mut self, variable: &'static str) -> Self {
        self.name_env = Some(variable);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_ttl(mut self, attribute: &'static str) -> Self {
        self.ttl = Some(attribute);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_indexes(mut self, indexes: &'static [IndexSchema]) -> Self {
        self.indexes = indexes;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_native_indexes(mut self, indexes: &'static [NativeIndexSchema]) -> Self {
        self.native_indexes = indexes;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_stream(mut self, view: StreamView) -> Self {
        self.stream = Some(view);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_point_in_time_recovery(mut self) -> Self {
        self.point_in_time_recovery = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_deletion_protection(mut self) -> Self {
        self.deletion_protection = true;
        self
    }

    /// The index of this name.
    #[must_use]
    pub const fn index(&self, name: &str) -> Option<IndexSchema> {
        let mut at = 0;
        while at < self.indexes.len() {
            if equal(self.indexes[at].name, name) {
                return Some(self.indexes[at]);
            }
            at += 1;
        }
        None
    }

    /// The key attributes of the table and its indexes and the type attribute: what the library writes itself.
    pub fn synthetic_attributes(&self) -> impl Iterator<Item = &'static str> + use<> {
        let indexes = self.indexes.iter().flat_map(|index| index.key.names());
        self.key.names().chain(indexes).chain([self.type_attribute])
    }
}

impl KeyAttributes {
    /// Whether the attribute is one of them.
    #[must_use]
    pub const fn has(&self, attribute: &str) -> bool {
        equal(self.partition, attribute)
            || match self.sort {
                Some(sort) => equal(sort, attribute),
                None => false,
            }
    }

    /// The attributes' names: one or two.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [Some(self.partition), self.sort].into_iter().flatten()
    }
}
