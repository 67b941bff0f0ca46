//! Variants with fields: maps (M) of one entry, the variant's name to its content.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor};

use super::super::Item;
use super::error::{DecodeError, Kind};
use super::value::ValueDeserializer;

/// A map that should hold exactly one variant.
pub(super) struct Variants(pub(super) Item);

/// A variant whose name was read.
pub(super) struct Content {
    name: String,
    value: ValueDeserializer,
}

impl<'de> EnumAccess<'de> for Variants {
    type Variant = Content;
    type Error = DecodeError;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content), DecodeError> {
        let found = self.0.len();
        let mut entries = self.0.into_iter();
        let (Some((name, value)), None) = (entries.next(), entries.next()) else {
            return Err(DecodeError::new(Kind::Variants { found }));
        };
        let identifier: StrDeserializer<'_, DecodeError> = name.as_str().into_deserializer();
        let variant = seed.deserialize(identifier)?;
        Ok((variant, Content { name, value: ValueDeserializer(value) }))
    }
}

impl Content {
    fn read<T>(self, read: impl FnOnce(ValueDeserializer) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        read(self.value).map_err(|error| error.within(self.name))
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = DecodeError;

    fn unit_variant(self) -> Result<(), DecodeError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, DecodeError> {
        self.read(|value| seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, DecodeError> {
        self.read(|value| value.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.read(|value| value.deserialize_map(visitor))
    }
}
