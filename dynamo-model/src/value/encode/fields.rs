//! The entries of a map: structs, maps, and variants with fields.
//!
//! An empty set is no entry: DynamoDB has none, and would refuse the item.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, SerializeStructVariant, SerializeTupleVariant};

use super::super::Item;
use super::error::{EncodeError, Kind};
use super::key::KeySerializer;
use super::list::List;
use super::set::is_empty_set;
use super::value::ValueSerializer;

/// Where entries go: a map of their own (M), or the item that is being written.
pub(super) trait Entries {
    /// What remains to hand over when all entries are in.
    type Ok;

    fn entries(&mut self) -> &mut Item;
    fn finish(self) -> Self::Ok;
}

impl Entries for Item {
    type Ok = AttributeValue;

    fn entries(&mut self) -> &mut Item {
        self
    }

    fn finish(self) -> AttributeValue {
        AttributeValue::M(self)
    }
}

impl Entries for &mut Item {
    type Ok = ();

    fn entries(&mut self) -> &mut Item {
        self
    }

    fn finish(self) {}
}

pub(super) struct Fields<E> {
    entries: E,
    key: Option<String>,
    inside: ValueSerializer,
}

impl<E: Entries> Fields<E> {
    pub(super) fn new(entries: E, inside: ValueSerializer) -> Self {
        Self { entries, key: None, inside }
    }

    fn insert_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        let value = value.serialize(self.inside).map_err(|error| error.within(name))?;
        if !is_empty_set(&value) {
            self.entries.entries().insert(name.to_owned(), value);
        }
        Ok(())
    }

    fn insert<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), EncodeError> {
        match value.serialize(self.inside) {
            // A struct with a flattened field is written as a map.
            Ok(value) if is_empty_set(&value) => Ok(()),
            Ok(value) => {
                self.entries.entries().insert(key, value);
                Ok(())
            }
            Err(error) => Err(error.within(key)),
        }
    }
}

impl<E: Entries> SerializeStruct for Fields<E> {
    type Ok = E::Ok;
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        self.insert_field(name, value)
    }

    fn end(self) -> Result<E::Ok, EncodeError> {
        Ok(self.entries.finish())
    }
}

impl<E: Entries> SerializeMap for Fields<E> {
    type Ok = E::Ok;
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        match self.key.replace(key.serialize(KeySerializer)?) {
            None => Ok(()),
            Some(_) => Err(EncodeError::new(Kind::KeyWithoutValue)),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        match self.key.take() {
            Some(key) => self.insert(key, value),
            None => Err(EncodeError::new(Kind::ValueWithoutKey)),
        }
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), EncodeError> {
        self.insert(key.serialize(KeySerializer)?, value)
    }

    fn end(self) -> Result<E::Ok, EncodeError> {
        Ok(self.entries.finish())
    }
}

/// A variant with fields: a map of one entry, the variant's name to its content.
pub(super) struct Variant<E, C> {
    entries: E,
    name: &'static str,
    content: C,
}

impl<E: Entries, C> Variant<E, C> {
    pub(super) fn new(entries: E, name: &'static str, content: C) -> Self {
        Self { entries, name, content }
    }
}

impl<E: Entries> SerializeStructVariant for Variant<E, Fields<Item>> {
    type Ok = E::Ok;
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        self.content.insert_field(name, value).map_err(|error| error.within(self.name))
    }

    fn end(mut self) -> Result<E::Ok, EncodeError> {
        self.entries.entries().insert(self.name.to_owned(), self.content.entries.finish());
        Ok(self.entries.finish())
    }
}

impl<E: Entries> SerializeTupleVariant for Variant<E, List> {
    type Ok = E::Ok;
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.content.push(value).map_err(|error| error.within(self.name))
    }

    fn end(mut self) -> Result<E::Ok, EncodeError> {
        self.entries.entries().insert(self.name.to_owned(), self.content.into_value());
        Ok(self.entries.finish())
    }
}
