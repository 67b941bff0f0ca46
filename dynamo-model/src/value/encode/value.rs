//! One value.

use std::fmt::Display;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, Serializer};

use super::super::Item;
use super::super::depth::Levels;
use super::error::{EncodeError, Kind};
use super::fields::{Fields, Variant};
use super::list::List;
use super::room_for;
use super::set::SetKind;

/// The significant digits of DynamoDB's numbers.
const MAX_DIGITS: usize = 38;

#[derive(Clone, Copy)]
pub(super) struct ValueSerializer {
    levels: Levels,
}

impl ValueSerializer {
    pub(super) fn new() -> Self {
        Self { levels: Levels::ALL }
    }

    /// The serializer for what a container holds.
    ///
    /// `Some` and newtypes count too, though DynamoDB does not see them: a type may recurse through them alone.
    pub(super) fn enter(self) -> Result<Self, EncodeError> {
        match self.levels.enter() {
            Some(levels) => Ok(Self { levels }),
            None => Err(EncodeError::new(Kind::TooDeep)),
        }
    }

    fn list(self, len: Option<usize>) -> Result<List, EncodeError> {
        Ok(List::new(len, self.enter()?))
    }

    fn map(self, len: usize) -> Result<Fields<Item>, EncodeError> {
        Ok(Fields::new(Item::with_capacity(room_for(len)), self.enter()?))
    }
}

macro_rules! numbers {
    ($($method:ident: $number:ty),* $(,)?) => {$(
        fn $method(self, v: $number) -> Result<AttributeValue, EncodeError> {
            Ok(AttributeValue::N(v.to_string()))
        }
    )*};
}

/// The numbers that can have more digits than DynamoDB keeps.
macro_rules! wide_numbers {
    ($($method:ident: $number:ty),* $(,)?) => {$(
        fn $method(self, v: $number) -> Result<AttributeValue, EncodeError> {
            let text = v.to_string();
            if text.trim_start_matches('-').trim_end_matches('0').len() > MAX_DIGITS {
                return Err(EncodeError::new(Kind::TooManyDigits));
            }
            Ok(AttributeValue::N(text))
        }
    )*};
}

impl Serializer for ValueSerializer {
    type Ok = AttributeValue;
    type Error = EncodeError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = Variant<Item, List>;
    type SerializeMap = Fields<Item>;
    type SerializeStruct = Fields<Item>;
    type SerializeStructVariant = Variant<Item, Fields<Item>>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64,
    }

    wide_numbers! { serialize_i128: i128, serialize_u128: u128 }

    fn serialize_bool(self, v: bool) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::Bool(v))
    }

    fn serialize_char(self, v: char) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::S(v.to_string()))
    }

    fn serialize_str(self, v: &str) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::S(v.to_owned()))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::S(value.to_string()))
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::B(Blob::new(v)))
    }

    fn serialize_none(self) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::Null(true))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<AttributeValue, EncodeError> {
        value.serialize(self.enter()?)
    }

    fn serialize_unit(self) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::Null(true))
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::Null(true))
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::S(variant.to_owned()))
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<AttributeValue, EncodeError> {
        let value = value.serialize(self.enter()?)?;
        match SetKind::marked_by(name) {
            Some(set) => set.collect(value),
            None => Ok(value),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<AttributeValue, EncodeError> {
        let value = value.serialize(self.enter()?).map_err(|error| error.within(variant))?;
        Ok(AttributeValue::M(Item::from([(variant.to_owned(), value)])))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List, EncodeError> {
        self.list(len)
    }

    fn serialize_tuple(self, len: usize) -> Result<List, EncodeError> {
        self.list(Some(len))
    }

    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<List, EncodeError> {
        self.list(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Variant<Item, List>, EncodeError> {
        Ok(Variant::new(Item::with_capacity(1), variant, self.enter()?.list(Some(len))?))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Fields<Item>, EncodeError> {
        self.map(len.unwrap_or_default())
    }

    fn serialize_struct(self, _name: &'static str, len: usize) -> Result<Fields<Item>, EncodeError> {
        self.map(len)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Variant<Item, Fields<Item>>, EncodeError> {
        Ok(Variant::new(Item::with_capacity(1), variant, self.enter()?.map(len)?))
    }
}
