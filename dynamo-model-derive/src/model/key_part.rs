//! A checked key part.

use syn::{DeriveInput, Ident, Type};

use crate::runtime::Runtime;

/// A checked key part.
pub(crate) struct KeyPart<'a> {
    pub(crate) input: &'a DeriveInput,
    pub(crate) runtime: Runtime,
    pub(crate) shape: KeyPartShape<'a>,
    /// Whether serde writes it as the value inside, or as the variant's name.
    pub(crate) plain: bool,
}

pub(crate) enum KeyPartShape<'a> {
    /// A struct around one part; the other fields are `PhantomData`.
    Newtype { members: Vec<syn::Member>, inner: usize, ty: &'a Type },
    /// A unit enum: variants and their texts.
    Names(Vec<(&'a Ident, String)>),
}
