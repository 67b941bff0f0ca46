//! All that generated code may name. Not part of the public interface.

pub use std::{
    boxed::Box,
    clone::Clone,
    cmp::{Eq, PartialEq},
    convert::From,
    default::Default,
    fmt::{Debug, Formatter, Result as FmtResult},
    hash::{Hash, Hasher},
    marker::{Copy, PhantomData, Sized},
    ops::FnMut,
    option::Option::{self, None, Some},
    primitive::{bool, i128, str, u64, usize},
    result::Result::{self, Err, Ok},
    string::String,
};

pub use crate::{
    collection::{AsText, Collection, CollectionGet, CollectionQuery, First, InPartition, Many, One, Slot, Whole},
    entity::{Entity, EntityKey},
    error::Error,
    expr::{
        Assign, Attribute, Changes, Complete, Converted, Document, FieldReader, Fixed, Free, IntoValue, Key, Known,
        Lacking, Maintained, Missing, Optional, Part, Path, Place, Plain, Projected, SetOf, Setter, Skipping, State,
        Tied, TiedField, Unread, class,
    },
    key::{
        Element, InKey, KeyError, KeyPart, Newtype, OrderedKeyPart, PartError, PartKind, PartSpec, Period,
        PeriodKeyPart, Placeholder, PrimaryKey, Template,
    },
    lifecycle::{ClockField, TtlField, VersionField},
    native::{Name, NativePart, StoredAs},
    op::{
        BatchDelete, BatchPut, Carries, Delete, Exists, Get, Global, KeyWriter, Local, Modify, NativeCondition,
        NextPart, PartCondition, PeriodCondition, PeriodsGiven, Query, QueryRequest, ReadAt, Single, Spread,
        SpreadRequest, Transactional, UniqueWriter, Update, Verdict, Versioned,
    },
    projection::{Carried, Projection},
    schema::{
        AccessPattern, CollectionSchema, EntitySchema, FieldRole, FieldSchema, IndexKind, IndexProjection, IndexSchema,
        KeyAttributes, KeyPattern, NativeField, NativeIndexSchema, NativePattern, Schema, Splitter, StreamView,
        TableSchema, UniqueSchema, check, resolve,
    },
    stamp::Stamp,
    stored::{Read, Written},
    table::{IsRead, LiesIn, Table},
    timestamp::Timestamp,
    value::{DecodeError, EncodeError, Item, from_attribute_value},
};

pub use aws_sdk_dynamodb::types::AttributeValue;
pub use serde::{Serialize, Serializer};

use crate::error::{ItemError, ItemErrorKind, Operation};

/// What a derive that failed puts in a type's place, with its errors in `REPORTED`; nothing implements it.
pub trait Broken<const REPORTED: usize> {
    /// A type that the compiler takes for reported.
    type Type;
}

/// The table of an entity, without the entities.
#[must_use]
pub const fn layout_of<E: Entity>() -> &'static TableSchema {
    E::Table::LAYOUT
}

/// The table of an entity.
#[must_use]
pub const fn table_of<E: Entity>() -> Schema {
    E::Table::SCHEMA
}

/// The position of the entity that an item is of.
///
/// # Errors
///
/// The item has no type attribute.
pub fn variant_of(schema: Schema, item: &Item) -> Result<usize, Error> {
    let attribute = schema.table.type_attribute;
    match item.get(attribute).map(|value| value.as_s()) {
        Some(Ok(name)) => {
            let position = schema.entities.iter().position(|entity| entity.type_name == name);
            Ok(position.unwrap_or(usize::MAX))
        }
        _ => Err(undecodable(schema, ItemErrorKind::NoType { attribute, type_name: None })),
    }
}

/// The error for an item whose type the table does not have.
#[must_use]
pub fn unknown_type(schema: Schema) -> Error {
    undecodable(schema, ItemErrorKind::OtherType { attribute: schema.table.type_attribute, found: None })
}

fn undecodable(schema: Schema, kind: ItemErrorKind) -> Error {
    Error::Decode(ItemError::new(schema.table.name, Operation::Decode, kind))
}

/// Names are written one way only.
///
/// # Errors
///
/// The placeholder asks for another.
pub fn name_spec(spec: PartSpec) -> Result<(), PartError> {
    match spec {
        PartSpec::Plain => Ok(()),
        _ => Err(PartError::new("is an enum, which is written plainly in a key")),
    }
}

/// The error for a text that is no variant's name.
#[must_use]
pub fn unknown_name(names: &[&str]) -> PartError {
    PartError::new(format!("is none of `{}`", names.join("`, `")))
}

/// What a field's own function writes (`#[serde(serialize_with = "..")]`).
///
/// # Errors
///
/// The function refuses the value, or writes what has no form in DynamoDB.
#[must_use]
pub fn serializer() -> impl Serializer<Ok = AttributeValue, Error = EncodeError> {
    crate::value::serializer()
}

/// What a field's own function reads from (`#[serde(deserialize_with = "..")]`).
///
/// # Errors
///
/// The value nests too deep.
pub fn deserializer<'de>(
    value: AttributeValue,
) -> Result<impl serde::Deserializer<'de, Error = DecodeError>, DecodeError> {
    crate::value::deserializer(value)
}
