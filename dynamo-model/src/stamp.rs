//! How a write sets the lifecycle fields.

use crate::timestamp::Timestamp;

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

    /// The time of the write.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether the write makes a new item, which sets a `created_at` field whatever it holds.
    #[must_use]
    pub fn is_create(&self) -> bool {
        self.create
    }

    /// The version to write: 1 on create, one up on put; none behind the last, which the write then refuses.
    #[must_use]
    pub fn version(&self, read: u64) -> Option<u64> {
        if self.create { Some(1) } else { read.checked_add(1) }
    }
}
