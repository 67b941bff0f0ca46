//! Reads an item, changes it, and writes what differs.

use crate::entity::Entity;

/// Reads an item, changes it, and writes what differs.
#[must_use = "a request does nothing until it is sent"]
pub struct Modify<E: Entity, F> {
    key: E::Key,
    change: F,
}

/// What a change says of itself.
pub trait Verdict {}

impl<E: Entity, F> Modify<E, F> {
    #[doc(hidden)]
    pub fn new(key: E::Key, change: F) -> Self {
        Self { key, change }
    }
}
