//! What a type is stored as.

use syn::{DeriveInput, Type};

use super::Field;
use crate::runtime::Runtime;

/// A checked type that says what it is stored as.
pub(crate) struct Attribute<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) runtime: Runtime,
    pub(crate) shape: AttributeShape<'a>,
}

pub(crate) enum AttributeShape<'a> {
    /// As the value inside.
    Newtype(&'a Type),
    /// As a map, under the names of its fields.
    Document(Vec<Field<'a>>),
    /// As a string, the name of a variant.
    Names,
}
