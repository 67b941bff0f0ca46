//! What generated code does with a part of a key.

use std::{fmt, hash::Hasher};

use super::{KeyPart, PartError, PartKind, PartSpec, template::PartText};

/// A [`KeyPart`], as generated code names it at its field's type.
///
/// Each item of `KeyPart` that is named asks for all of its supertraits, so that a type without `Hash` would be an error
/// wherever it stands in a key. This trait has none: such a type is an error where `KeyPart` is derived, and a type that
/// is no part is one error at the field.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a key; derive `KeyPart` on it if it is a newtype or a unit enum of yours",
    label = "not a key part",
    note = "key parts are strings, integers, `bool`, timestamps, ids and types with `#[derive(KeyPart)]`",
    note = "a float has no exact text in order; store a scaled integer or a string"
)]
pub trait InKey: Sized {
    const KIND: PartKind;

    fn as_part(&self) -> &dyn PartText;
    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError>;
    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError>;

    #[must_use]
    fn clone_part(&self) -> Self;
    fn eq_part(&self, other: &Self) -> bool;
    fn hash_part<H: Hasher>(&self, state: &mut H);
    fn debug_part(&self) -> &dyn fmt::Debug;
}

#[diagnostic::do_not_recommend]
impl<T: KeyPart> InKey for T {
    const KIND: PartKind = <T as KeyPart>::KIND;

    fn as_part(&self) -> &dyn PartText {
        self
    }

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        <T as KeyPart>::encode(self, spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        <T as KeyPart>::decode(text, spec)
    }

    fn clone_part(&self) -> Self {
        self.clone()
    }

    fn eq_part(&self, other: &Self) -> bool {
        self == other
    }

    fn hash_part<H: Hasher>(&self, state: &mut H) {
        self.hash(state);
    }

    fn debug_part(&self) -> &dyn fmt::Debug {
        self
    }
}
