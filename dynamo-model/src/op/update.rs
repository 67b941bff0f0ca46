//! Changes fields of one item.

use super::WriteShape as _;
use crate::{entity::Entity, expr::Changes};

/// Changes fields of one item.
#[must_use = "a request does nothing until it is sent"]
pub struct Update<E: Entity> {
    key: E::Key,
    changes: Changes,
}

impl<E: Entity> Update<E> {
    #[doc(hidden)]
    pub fn new(key: E::Key) -> Self {
        Self { key, changes: Changes::new(E::SCHEMA) }
    }
}
