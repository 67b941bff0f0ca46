//! Fields that are set together, since an index key or a unique constraint is made of them.

use crate::entity::Entity;

/// A field whose value is known: a new one, or what it is now.
#[derive(Debug, Clone, Copy)]
pub enum Known {}

/// A field whose value is still to be given.
#[derive(Debug, Clone, Copy)]
pub enum Missing {}

/// What is known of one of several fields that are set together.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Part<T> {
    new: Option<T>,
    old: Option<T>,
}

impl<T> Part<T> {
    #[must_use]
    pub fn unknown() -> Self {
        Self { new: None, old: None }
    }

    #[must_use]
    pub fn to(value: T) -> Self {
        Self { new: Some(value), old: None }
    }

    /// The field becomes this value.
    #[must_use]
    pub fn with(self, value: T) -> Self {
        Self { new: Some(value), ..self }
    }

    /// The field has this value now.
    #[must_use]
    pub fn given(self, value: T) -> Self {
        Self { old: Some(value), ..self }
    }

    /// The value that the field becomes, if it is set.
    #[must_use]
    pub fn new_value(&self) -> Option<&T> {
        self.new.as_ref()
    }

    /// The value that the field has before the update, if that was said.
    #[must_use]
    pub fn old_value(&self) -> Option<&T> {
        self.old.as_ref()
    }

    /// The value that the field has after the update.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

/// A change of fields that are set together, of which all that their keys need is known.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not know all of its fields, and a key is made of them; add `.given_..(..)` with what is stored for each that is not set",
    label = "a field of this change is missing",
    note = "the value of a unique field is moved from the old to the new one, so its stored value is always given"
)]
pub trait Complete {}

/// The field at this position of the struct, of type `T`, is in the key of an index or in a unique constraint.
///
/// Implemented by `#[derive(Entity)]`. The type is a parameter, since it may be more private than the entity.
pub trait TiedField<const FIELD: usize, T>: Entity {
    /// The change of the field and of those that are set together with it.
    type Change;

    #[doc(hidden)]
    fn change(value: T) -> Self::Change;
}
