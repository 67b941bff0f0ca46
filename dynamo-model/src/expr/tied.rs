//! Fields that are set together, since an index key or a unique constraint is made of them.

use crate::entity::Entity;

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

/// The field at this position of the struct, of type `T`, is in the key of an index or in a unique constraint.
///
/// Implemented by `#[derive(Entity)]`. The type is a parameter, since it may be more private than the entity.
pub trait TiedField<const FIELD: usize, T>: Entity {
    /// The change of the field and of those that are set together with it.
    type Change;

    #[doc(hidden)]
    fn change(value: T) -> Self::Change;
}
