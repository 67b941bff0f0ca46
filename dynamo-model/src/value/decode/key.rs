//! The keys of maps and structs.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::super::path::Segment;
use super::error::{DecodeError, Kind};

/// A key. A visitor that owns texts gets the text itself; of any other, `seen` keeps it for an error's path.
pub(super) struct Key<'s> {
    text: String,
    seen: &'s mut Option<String>,
}

impl<'s> Key<'s> {
    pub(super) fn new(text: String, seen: &'s mut Option<String>) -> Self {
        Self { text, seen }
    }

    pub(super) fn read<'de, K: DeserializeSeed<'de>>(self, seed: K) -> Result<K::Value, DecodeError> {
        // The text is gone by now, unless whoever made the error had it.
        seed.deserialize(self).map_err(|error| if error.is_placed() { error } else { error.within(Segment::AnyName) })
    }

    fn refused<T>(self, expected: &'static str) -> Result<T, DecodeError> {
        Err(DecodeError::new(Kind::Key { expected }).within(self.text))
    }
}

macro_rules! integers {
    ($($method:ident => $visit:ident: $integer:ty),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.text.parse() {
                Ok(integer) => {
                    *self.seen = Some(self.text);
                    visitor.$visit(integer)
                }
                Err(_) => self.refused(concat!("the text of a number that fits `", stringify!($integer), "`")),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = DecodeError;

    integers! {
        deserialize_i8 => visit_i8: i8,
        deserialize_i16 => visit_i16: i16,
        deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64,
        deserialize_i128 => visit_i128: i128,
        deserialize_u8 => visit_u8: u8,
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
        deserialize_u64 => visit_u64: u64,
        deserialize_u128 => visit_u128: u128,
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.text.parse() {
            Ok(boolean) => {
                *self.seen = Some(self.text);
                visitor.visit_bool(boolean)
            }
            Err(_) => self.refused("`true` or `false`"),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_string(self.text)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let identifier = visitor.visit_str(&self.text)?;
        *self.seen = Some(self.text);
        Ok(identifier)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let variant: StrDeserializer<'_, DecodeError> = self.text.as_str().into_deserializer();
        match visitor.visit_enum(variant) {
            Ok(value) => {
                *self.seen = Some(self.text);
                Ok(value)
            }
            Err(error) => Err(error.within(self.text)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}
