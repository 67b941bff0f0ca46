//! The elements of a list.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::ser::{SerializeSeq, SerializeTuple, SerializeTupleStruct};

use super::error::EncodeError;
use super::room_for;
use super::value::ValueSerializer;

pub(super) struct List {
    elements: Vec<AttributeValue>,
    inside: ValueSerializer,
}

impl List {
    pub(super) fn new(len: Option<usize>, inside: ValueSerializer) -> Self {
        Self { elements: Vec::with_capacity(room_for(len.unwrap_or_default())), inside }
    }

    pub(super) fn push<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), EncodeError> {
        let element = element.serialize(self.inside).map_err(|error| error.within(self.elements.len()))?;
        self.elements.push(element);
        Ok(())
    }

    pub(super) fn into_value(self) -> AttributeValue {
        AttributeValue::L(self.elements)
    }
}

impl SerializeSeq for List {
    type Ok = AttributeValue;
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), EncodeError> {
        self.push(element)
    }

    fn end(self) -> Result<AttributeValue, EncodeError> {
        Ok(self.into_value())
    }
}

impl SerializeTuple for List {
    type Ok = AttributeValue;
    type Error = EncodeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), EncodeError> {
        self.push(element)
    }

    fn end(self) -> Result<AttributeValue, EncodeError> {
        Ok(self.into_value())
    }
}

impl SerializeTupleStruct for List {
    type Ok = AttributeValue;
    type Error = EncodeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, field: &T) -> Result<(), EncodeError> {
        self.push(field)
    }

    fn end(self) -> Result<AttributeValue, EncodeError> {
        Ok(self.into_value())
    }
}
