//! All that generated code may name. Not part of the public interface.

pub use std::{
    boxed::Box,
    clone::Clone,
    convert::From,
    marker::PhantomData,
    option::Option::{self, None, Some},
    primitive::{str, u64, usize},
    result::Result::{self, Err, Ok},
    string::String,
};

/// Derives by a path that no import of the user's can shadow.
pub mod derives {
    pub use std::{
        clone::Clone,
        cmp::{Eq, PartialEq},
        fmt::Debug,
        hash::Hash,
    };
}

pub use crate::{
    entity::{Entity, EntityKey},
    error::Error,
    key::{
        Element, KeyError, KeyPart, OrderedFor, OrderedKeyPart, PartError, PartKind, PartSpec, Placeholder, PrimaryKey,
    },
    lifecycle::{ClockField, TtlField, VersionField},
    op::{Delete, Exists, Get, Global, KeyWriter, Local, PartCondition, Query, QueryRequest},
    schema::{
        AccessPattern, EntitySchema, FieldRole, FieldSchema, IndexKind, IndexSchema, KeyAttributes, KeyPattern, Schema,
        Splitter, StreamView, TableSchema, check,
    },
    stamp::Stamp,
    table::Table,
    value::Item,
};

use crate::error::{ItemError, ItemErrorKind, Operation};

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
        _ => Err(undecodable(schema, ItemErrorKind::NoType { attribute })),
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
