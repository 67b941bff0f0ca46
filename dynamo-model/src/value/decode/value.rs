//! One attribute value.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{IntoDeserializer, Visitor};

use super::super::shape::{BINARY, BOOLEAN, LIST, MAP, NULL, NUMBER, STRING};
use super::element::{Binary, Text};
use super::entries::Entries;
use super::error::{DecodeError, Kind};
use super::list::Elements;
use super::number::Number;
use super::variant::Variants;

pub(super) struct ValueDeserializer(pub(super) AttributeValue);

macro_rules! numbers {
    ($($method:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.0 {
                AttributeValue::N(text) => Number(text).$method(visitor),
                other => Err(DecodeError::expected(NUMBER, &other)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for ValueDeserializer {
    type Error = DecodeError;

    numbers! {
        deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64, deserialize_i128,
        deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64, deserialize_u128,
        deserialize_f32, deserialize_f64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::S(text) => visitor.visit_string(text),
            AttributeValue::N(text) => Number(text).deserialize_any(visitor),
            AttributeValue::B(blob) => visitor.visit_byte_buf(blob.into_inner()),
            AttributeValue::Bool(boolean) => visitor.visit_bool(boolean),
            AttributeValue::Null(true) => visitor.visit_unit(),
            AttributeValue::M(map) => visitor.visit_map(Entries::new(map)),
            list @ (AttributeValue::L(_) | AttributeValue::Ss(_) | AttributeValue::Ns(_) | AttributeValue::Bs(_)) => {
                Self(list).deserialize_seq(visitor)
            }
            other => Err(DecodeError::expected("a value", &other)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::Bool(boolean) => visitor.visit_bool(boolean),
            other => Err(DecodeError::expected(BOOLEAN, &other)),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        const CHAR: &str = "a string (S) of one character";
        match &self.0 {
            AttributeValue::S(text) => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(char), None) => visitor.visit_char(char),
                    _ => Err(DecodeError::new(Kind::Type { expected: CHAR.into(), found: "a longer or empty one" })),
                }
            }
            other => Err(DecodeError::expected(CHAR, other)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::S(text) => visitor.visit_string(text),
            other => Err(DecodeError::expected(STRING, &other)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::B(blob) => visitor.visit_byte_buf(blob.into_inner()),
            other => Err(DecodeError::expected(BINARY, &other)),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::Null(true) => visitor.visit_none(),
            other => visitor.visit_some(Self(other)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::Null(true) => visitor.visit_unit(),
            other => Err(DecodeError::expected(NULL, &other)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::L(list) => visitor.visit_seq(Elements::new(list.into_iter().map(Self))),
            AttributeValue::Ss(set) => visitor.visit_seq(Elements::new(set.into_iter().map(Text))),
            AttributeValue::Ns(set) => visitor.visit_seq(Elements::new(set.into_iter().map(Number))),
            AttributeValue::Bs(set) => visitor.visit_seq(Elements::new(set.into_iter().map(Binary))),
            other => Err(DecodeError::expected(LIST, &other)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::M(map) => visitor.visit_map(Entries::new(map)),
            other => Err(DecodeError::expected(MAP, &other)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::L(_) => self.deserialize_seq(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.0 {
            AttributeValue::S(text) => {
                let variant: StringDeserializer<DecodeError> = text.into_deserializer();
                visitor.visit_enum(variant)
            }
            AttributeValue::M(map) => visitor.visit_enum(Variants(map)),
            other => Err(DecodeError::expected("a variant: a string (S) or a map (M)", &other)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}
