//! A checked table.

use syn::{DeriveInput, Ident, Type};

use crate::{parse::RawTable, runtime::Runtime};

/// A checked table.
pub(crate) struct Table<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) runtime: Runtime,
    pub(crate) raw: RawTable,
    pub(crate) stream: Option<&'static str>,
    pub(crate) variants: Vec<Variant<'a>>,
}

/// A variant of a table's enum.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    /// The entity, without the `Box` it may stand in.
    pub(crate) entity: &'a Type,
    pub(crate) boxed: bool,
}
