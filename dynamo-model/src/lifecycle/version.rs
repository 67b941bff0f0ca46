//! The optimistic lock's counter.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How often an item has been written, for optimistic locking with `#[entity(version)]`.
///
/// Stored as a number. [`Default`] is 0 and means "never stored"; the first write stores 1.
///
/// ```
/// use dynamo_model::Version;
///
/// assert_eq!(Version::default().get(), 0);
/// assert_eq!(Version::from(7).next(), Some(Version::from(8)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(u64);

impl Version {
    /// The count of writes.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The version that the next write stores; `None` after [`u64::MAX`], since a count that began again would let a
    /// stale write pass.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(next) => Some(Self(next)),
            None => None,
        }
    }
}

impl From<u64> for Version {
    fn from(count: u64) -> Self {
        Self(count)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
