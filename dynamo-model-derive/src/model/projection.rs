//! A checked projection.

use syn::{DeriveInput, Ident, Type};

use crate::runtime::Runtime;

/// A struct of some of an entity's fields.
pub(crate) struct Projection<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) runtime: Runtime,
    /// The entity.
    pub(crate) of: Type,
    /// The access patterns, on indexes that do not carry whole items, that give it.
    pub(crate) from: Vec<Ident>,
    /// At least one.
    pub(crate) fields: Vec<ProjectionField<'a>>,
}

/// A field, and the field of the entity that it holds.
pub(crate) struct ProjectionField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The field of the entity, and those inside it that lead to the value.
    pub(crate) path: Vec<Ident>,
}
