//! The description of native indexes: keys of several attributes, in their own types.

use super::{EntitySchema, Schema, TableSchema, message::equal};

/// A global secondary index whose keys are attributes of the items themselves; it projects all attributes.
///
/// DynamoDB lists an item that has every one of them, and sorts by one sort attribute after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NativeIndexSchema {
    /// The index's name.
    pub name: &'static str,
    /// The attributes of the partition key: one to four.
    pub partition: &'static [&'static str],
    /// The attributes of the sort key: up to four.
    pub sort: &'static [&'static str],
}

/// The type of a key attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarType {
    /// A string.
    S,
    /// A number.
    N,
    /// Binary.
    B,
}

/// What the attribute of a native key holds, as serde writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NativeForm {
    /// A string (S).
    Text,
    /// A string (S) of exactly this many ASCII characters: a timestamp, a date, an id.
    Fixed {
        /// Characters.
        width: u8,
    },
    /// A whole number (N).
    Whole,
    /// A number (N), with a fraction or without.
    Decimal,
    /// Binary (B).
    Bytes,
}

/// A named way to query an entity by a native index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NativePattern {
    /// The entity's name.
    pub entity: &'static str,
    /// The method that starts the query.
    pub name: &'static str,
    /// The index's name.
    pub index: &'static str,
    /// The fields of the partition key, in the index's order.
    pub partition: &'static [NativeField],
    /// The fields of the sort key, in the index's order.
    pub sort: &'static [NativeField],
}

/// A field that is an attribute of a native key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NativeField {
    /// The field's name in the struct.
    pub field: &'static str,
    /// The attribute's name in the item.
    pub attribute: &'static str,
    /// What it holds.
    pub form: NativeForm,
}

impl ScalarType {
    /// DynamoDB's letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
        }
    }

    /// The type in words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::S => "a string (S)",
            Self::N => "a number (N)",
            Self::B => "binary (B)",
        }
    }
}

impl NativeForm {
    /// The attribute's type.
    #[must_use]
    pub const fn scalar(self) -> ScalarType {
        match self {
            Self::Text | Self::Fixed { .. } => ScalarType::S,
            Self::Whole | Self::Decimal => ScalarType::N,
            Self::Bytes => ScalarType::B,
        }
    }
}

impl NativeIndexSchema {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, partition: &'static [&'static str], sort: &'static [&'static str]) -> Self {
        Self { name, partition, sort }
    }

    /// The names of the key attributes: those of the partition key, then those of the sort key.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.partition.iter().chain(self.sort).copied()
    }
}

impl NativePattern {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        entity: &'static str,
        name: &'static str,
        index: &'static str,
        partition: &'static [NativeField],
        sort: &'static [NativeField],
    ) -> Self {
        Self { entity, name, index, partition, sort }
    }

    /// The fields of the partition key, then those of the sort key.
    pub fn fields(&self) -> impl Iterator<Item = &'static NativeField> + use<> {
        self.partition.iter().chain(self.sort)
    }
}

impl NativeField {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, attribute: &'static str, form: NativeForm) -> Self {
        Self { field, attribute, form }
    }
}

impl TableSchema {
    /// The native index of this name.
    #[must_use]
    pub const fn native_index(&self, name: &str) -> Option<NativeIndexSchema> {
        let mut at = 0;
        while at < self.native_indexes.len() {
            if equal(self.native_indexes[at].name, name) {
                return Some(self.native_indexes[at]);
            }
            at += 1;
        }
        None
    }
}

impl Schema {
    /// The type of a native key attribute: that of the fields that are it.
    ///
    /// `None` for one that no entity uses, which does not compile.
    #[must_use]
    pub fn native_type(&self, attribute: &str) -> Option<ScalarType> {
        let patterns = self.entities.iter().flat_map(|entity| entity.native_indexes);
        let mut fields = patterns.flat_map(NativePattern::fields);
        fields.find(|field| field.attribute == attribute).map(|field| field.form.scalar())
    }

    /// Whether a query by `pattern` may also meet items of other entities: of one that has every attribute of the key.
    #[must_use]
    pub fn shares_native(&self, entity: &EntitySchema, pattern: &NativePattern) -> bool {
        let has = |other: &EntitySchema, attribute: &str| other.fields.iter().any(|field| field.attribute == attribute);
        let mut others = self.entities.iter().filter(|other| other.type_name != entity.type_name);
        others.any(|other| other.open || pattern.fields().all(|field| has(other, field.attribute)))
    }
}
