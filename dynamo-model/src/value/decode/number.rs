//! Numbers (N), which the SDK holds as text.

use serde::Deserializer;
use serde::de::Visitor;
use serde::forward_to_deserialize_any;

use super::error::{DecodeError, Kind};

/// The text of a number: an attribute value's, or an element of a number set.
pub(super) struct Number(pub(super) String);

macro_rules! parsed {
    ($($method:ident => $visit:ident: $number:ty),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.0.parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => Err(DecodeError::new(Kind::Number { expected: stringify!($number), text: self.0 })),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Number {
    type Error = DecodeError;

    parsed! {
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
        deserialize_f32 => visit_f32: f32,
        deserialize_f64 => visit_f64: f64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if let Ok(number) = self.0.parse::<i64>() {
            visitor.visit_i64(number)
        } else if let Ok(number) = self.0.parse::<u64>() {
            visitor.visit_u64(number)
        } else {
            self.deserialize_f64(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct enum identifier
    }
}
