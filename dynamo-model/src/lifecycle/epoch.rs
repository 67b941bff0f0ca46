//! The form that DynamoDB reads a time to live in.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::KeyPart;
use crate::timestamp::{Timestamp, TimestampError};

/// Whole seconds since the Unix epoch, stored as a number: what DynamoDB reads in a table's TTL attribute.
///
/// DynamoDB deletes an item some time after the second has passed, within days; it leaves alone an item whose second
/// is more than five years ago. [`Default`] is 0, which means "not set yet" in a lifecycle field.
///
/// ```
/// use std::time::Duration;
/// use dynamo_model::{EpochSeconds, Timestamp};
///
/// let now = Timestamp::from_millis(1_762_300_800_250)?;
/// assert_eq!(EpochSeconds::from(now).get(), 1_762_300_800);
/// // Rounded up, so that the item lives the hour out.
/// assert_eq!(EpochSeconds::after(now, Duration::from_secs(3_600)).get(), 1_762_304_401);
/// # Ok::<(), dynamo_model::TimestampError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, KeyPart)]
#[serde(transparent)]
#[key_part(crate = crate)]
pub struct EpochSeconds(u64);

impl EpochSeconds {
    /// The second that is this many after the Unix epoch.
    #[must_use]
    pub const fn new(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The first whole second at which `lifetime` has passed since `start`; at most the year 9999's end, at least the
    /// Unix epoch.
    #[must_use]
    pub fn after(start: Timestamp, lifetime: Duration) -> Self {
        // Whole milliseconds are what a timestamp adds: one more covers a fraction of one, the rest rounds up to seconds.
        let fraction = Duration::from_millis(u64::from(!lifetime.subsec_nanos().is_multiple_of(1_000_000)));
        Self::from(start + lifetime + fraction + Duration::from_millis(999))
    }

    /// The seconds since the Unix epoch.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<u64> for EpochSeconds {
    fn from(seconds: u64) -> Self {
        Self(seconds)
    }
}

/// Rounds to the second that has begun; 0 for an instant before the Unix epoch.
impl From<Timestamp> for EpochSeconds {
    fn from(timestamp: Timestamp) -> Self {
        Self(u64::try_from(timestamp.as_secs()).unwrap_or(0))
    }
}

/// Rounds to the second that has begun; 0 for a time before the Unix epoch.
impl From<SystemTime> for EpochSeconds {
    fn from(time: SystemTime) -> Self {
        Self(time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }
}

/// Fails after the year 9999.
impl TryFrom<EpochSeconds> for Timestamp {
    type Error = TimestampError;

    fn try_from(seconds: EpochSeconds) -> Result<Self, TimestampError> {
        Self::from_secs(i64::try_from(seconds.0).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for EpochSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
