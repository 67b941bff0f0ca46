//! The outermost value, whose entries are an item's attributes.

use std::fmt::Display;

use serde::ser::Impossible;
use serde::{Serialize, Serializer};

use super::super::Item;
use super::super::shape::{BINARY, BOOLEAN, LIST, NULL, NUMBER, STRING};
use super::error::{EncodeError, Kind};
use super::fields::{Fields, Variant};
use super::list::List;
use super::room_for;
use super::set::SetKind;
use super::value::ValueSerializer;

pub(super) struct ItemSerializer<'i> {
    item: &'i mut Item,
    level: ValueSerializer,
}

impl<'i> ItemSerializer<'i> {
    pub(super) fn new(item: &'i mut Item) -> Self {
        Self { item, level: ValueSerializer::new() }
    }

    fn enter(self) -> Result<Self, EncodeError> {
        Ok(Self { level: self.level.enter()?, ..self })
    }

    fn fields(self, len: usize) -> Result<Fields<&'i mut Item>, EncodeError> {
        self.item.reserve(room_for(len));
        Ok(Fields::new(self.item, self.level.enter()?))
    }
}

fn no_item<T>(found: &'static str) -> Result<T, EncodeError> {
    Err(EncodeError::new(Kind::NotAnItem { found }))
}

macro_rules! no_items {
    ($($method:ident: $type:ty => $found:expr),* $(,)?) => {$(
        fn $method(self, _v: $type) -> Result<(), EncodeError> {
            no_item($found)
        }
    )*};
}

impl<'i> Serializer for ItemSerializer<'i> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Impossible<(), EncodeError>;
    type SerializeTuple = Impossible<(), EncodeError>;
    type SerializeTupleStruct = Impossible<(), EncodeError>;
    type SerializeTupleVariant = Variant<&'i mut Item, List>;
    type SerializeMap = Fields<&'i mut Item>;
    type SerializeStruct = Fields<&'i mut Item>;
    type SerializeStructVariant = Variant<&'i mut Item, Fields<Item>>;

    no_items! {
        serialize_i8: i8 => NUMBER, serialize_i16: i16 => NUMBER, serialize_i32: i32 => NUMBER,
        serialize_i64: i64 => NUMBER, serialize_i128: i128 => NUMBER, serialize_u8: u8 => NUMBER,
        serialize_u16: u16 => NUMBER, serialize_u32: u32 => NUMBER, serialize_u64: u64 => NUMBER,
        serialize_u128: u128 => NUMBER, serialize_f32: f32 => NUMBER, serialize_f64: f64 => NUMBER,
        serialize_bool: bool => BOOLEAN, serialize_char: char => STRING, serialize_str: &str => STRING,
        serialize_bytes: &[u8] => BINARY, serialize_unit_struct: &'static str => NULL,
    }

    fn collect_str<T: Display + ?Sized>(self, _value: &T) -> Result<(), EncodeError> {
        no_item(STRING)
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        no_item(NULL)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        no_item(NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self.enter()?)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
    ) -> Result<(), EncodeError> {
        no_item(STRING)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        match SetKind::marked_by(name) {
            Some(set) => no_item(set.shape()),
            None => value.serialize(self.enter()?),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let value = value.serialize(self.level.enter()?).map_err(|error| error.within(variant))?;
        self.item.insert(variant.to_owned(), value);
        Ok(())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Self::SerializeSeq, EncodeError> {
        no_item(LIST)
    }

    fn serialize_tuple(self, _len: usize) -> Result<Self::SerializeTuple, EncodeError> {
        no_item(LIST)
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleStruct, EncodeError> {
        no_item(LIST)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, EncodeError> {
        let content = self.level.enter()?.serialize_tuple_struct(variant, len)?;
        Ok(Variant::new(self.item, variant, content))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, EncodeError> {
        self.fields(len.unwrap_or_default())
    }

    fn serialize_struct(self, _name: &'static str, len: usize) -> Result<Self::SerializeStruct, EncodeError> {
        self.fields(len)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, EncodeError> {
        let content = self.level.enter()?.serialize_struct(variant, len)?;
        Ok(Variant::new(self.item, variant, content))
    }
}
