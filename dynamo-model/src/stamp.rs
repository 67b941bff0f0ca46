//! How a write sets the lifecycle fields.

use crate::{
    lifecycle::{ClockField, VersionField},
    timestamp::Timestamp,
};

/// The write that is about to happen, for the fields that record it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    now: Timestamp,
    create: bool,
}

impl Stamp {
    pub(crate) fn create(now: Timestamp) -> Self {
        Self { now, create: true }
    }

    pub(crate) fn put(now: Timestamp) -> Self {
        Self { now, create: false }
    }

    /// Sets a `created_at` field: always on create, if it is unset on put.
    pub fn created_at<T: ClockField>(&self, field: &mut T) {
        if self.create || field.is_unset() {
            *field = T::from_clock(self.now);
        }
    }

    /// Sets an `updated_at` field.
    pub fn updated_at<T: ClockField>(&self, field: &mut T) {
        *field = T::from_clock(self.now);
    }

    /// Counts a `version` field: 1 on create, one up on put; a full one stays, which the write refuses.
    pub fn version<T: VersionField>(&self, field: &mut T) {
        let next = if self.create { Some(1) } else { field.get().checked_add(1) };
        if let Some(version) = next.and_then(T::from_version) {
            *field = version;
        }
    }
}
