//! Puts an entity's key attributes into its item.

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{
    key::{KeyError, Parts, PrimaryKey},
    schema::{EntitySchema, KeyPattern},
    value::Item,
};

/// Collects the key attributes of one item.
#[doc(hidden)]
pub struct KeyWriter<'a> {
    schema: &'static EntitySchema,
    item: &'a mut Item,
    /// An attribute that serde wrote already, with another value.
    occupied: Option<&'static str>,
}

impl<'a> KeyWriter<'a> {
    pub(crate) fn new(schema: &'static EntitySchema, item: &'a mut Item) -> Self {
        Self { schema, item, occupied: None }
    }

    /// Writes the primary key.
    ///
    /// # Errors
    ///
    /// A part does not fit, or a key is too long.
    pub fn primary(&mut self, partition: Parts<'_>, sort: Parts<'_>) -> Result<(), KeyError> {
        self.write(&self.schema.primary.key, partition, sort)
    }

    /// Writes the key of the entity's index at this position.
    ///
    /// A local index has the table's partition key, so it is given that one's parts.
    ///
    /// # Errors
    ///
    /// A part does not fit, or a key is too long.
    pub fn index(&mut self, position: usize, partition: Parts<'_>, sort: Parts<'_>) -> Result<(), KeyError> {
        match self.schema.indexes.get(position) {
            Some(pattern) => self.write(&pattern.key, partition, sort),
            None => Ok(()),
        }
    }

    pub(crate) fn insert(&mut self, attribute: &'static str, text: String) {
        let value = AttributeValue::S(text);
        if let Some(before) = self.item.get(attribute) {
            if *before != value {
                self.occupied = Some(attribute);
            }
            return;
        }
        self.item.insert(attribute.to_owned(), value);
    }

    pub(crate) fn occupied(&self) -> Option<&'static str> {
        self.occupied
    }

    fn write(&mut self, key: &KeyPattern, partition: Parts<'_>, sort: Parts<'_>) -> Result<(), KeyError> {
        self.insert(key.partition.attribute, key.partition.build(partition)?);
        if let Some(pattern) = &key.sort {
            self.insert(pattern.attribute, pattern.build(sort)?);
        }
        Ok(())
    }
}

/// Collects the keys of the items that hold one item's unique fields.
#[doc(hidden)]
pub struct UniqueWriter {
    schema: &'static EntitySchema,
    held: Vec<(usize, PrimaryKey)>,
}

impl UniqueWriter {
    pub(crate) fn new(schema: &'static EntitySchema) -> Self {
        Self { schema, held: Vec::new() }
    }

    /// The values of the constraint at this position.
    ///
    /// # Errors
    ///
    /// A part does not fit, or a key is too long.
    pub fn unique(&mut self, position: usize, parts: Parts<'_>) -> Result<(), KeyError> {
        if let Some(unique) = self.schema.uniques.get(position) {
            self.held.push((position, unique.key.build(parts, &[])?));
        }
        Ok(())
    }

    /// The keys, each with its constraint's position.
    pub(crate) fn into_held(self) -> Vec<(usize, PrimaryKey)> {
        self.held
    }
}
