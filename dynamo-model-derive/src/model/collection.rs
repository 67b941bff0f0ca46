//! A checked collection.

use syn::{DeriveInput, Ident, Type};

use crate::runtime::Runtime;

/// A struct or an enum of entities that share a partition.
pub(crate) struct Collection<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) runtime: Runtime,
    /// The index that it reads; `None` for the table itself.
    pub(crate) index: Option<Ident>,
    pub(crate) shape: CollectionShape,
    /// At least one.
    pub(crate) members: Vec<Member<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CollectionShape {
    /// All of a partition at once.
    Struct,
    /// One item of a partition.
    Enum,
}

/// A field or a variant.
pub(crate) struct Member<'a> {
    pub(crate) ident: &'a Ident,
    /// The entity, without what it stands in.
    pub(crate) entity: &'a Type,
    pub(crate) holds: Holds,
}

/// What a member holds of its entity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Holds {
    One,
    /// One in a `Box`.
    Boxed,
    First,
    Many,
}
