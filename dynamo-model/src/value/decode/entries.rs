//! The entries of maps and structs.

use std::collections::hash_map::IntoIter;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::{DeserializeSeed, MapAccess};

use super::super::Item;
use super::super::path::Segment;
use super::error::{DecodeError, Kind};
use super::key::Key;
use super::value::ValueDeserializer;

/// The entries that are still to be read.
pub(super) struct Entries {
    rest: IntoIter<String, AttributeValue>,
    value: Option<AttributeValue>,
    /// The name of `value`, where its visitor only looked at it: kept to say where an error happened.
    seen: Option<String>,
}

impl Entries {
    pub(super) fn new(map: Item) -> Self {
        Self { rest: map.into_iter(), value: None, seen: None }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        self.seen = None;
        Key::new(name, &mut self.seen).read(seed).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        let Some(value) = self.value.take() else {
            return Err(DecodeError::new(Kind::ValueBeforeKey));
        };
        seed.deserialize(ValueDeserializer(value)).map_err(|error| match self.seen.take() {
            Some(name) => error.within(name),
            None => error.within(Segment::AnyName),
        })
    }

    /// Reads the value first, while its name is at hand for an error's path, and then hands the name over uncopied.
    fn next_entry_seed<K: DeserializeSeed<'de>, V: DeserializeSeed<'de>>(
        &mut self,
        key_seed: K,
        value_seed: V,
    ) -> Result<Option<(K::Value, V::Value)>, DecodeError> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        let value = match value_seed.deserialize(ValueDeserializer(value)) {
            Ok(value) => value,
            Err(error) => return Err(error.within(name)),
        };
        let key = Key::new(name, &mut self.seen).read(key_seed)?;
        Ok(Some((key, value)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
