//! [`Timestamp`] to and from the clock types of `std`, `chrono`, `time` and `jiff`.
//!
//! Into a `Timestamp`, anything finer than a millisecond is rounded towards the past.

use std::time::{Duration, SystemTime};

use super::{NANOS_PER_MILLI, Timestamp, TimestampError};

/// Windows' clock begins in 1601.
const WINDOWS_EPOCH_BEFORE_UNIX: Duration = Duration::from_hours(134_774 * 24);

/// Milliseconds since the Unix epoch, rounded towards the past; the nearer end of `i64` for what it does not hold.
pub(super) fn system_millis(time: SystemTime) -> i64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => {
            let millis = before.duration().as_nanos().div_ceil(NANOS_PER_MILLI.into());
            i64::try_from(millis).map_or(i64::MIN, |millis| -millis)
        }
    }
}

/// Rounds to the millisecond that has begun.
impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        Self::from_millis(system_millis(time))
    }
}

/// Exact; on Windows, whose clock begins in 1601, an earlier instant gives that beginning.
impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let from_epoch = Duration::from_millis(timestamp.as_millis().unsigned_abs());
        let time = if timestamp < Timestamp::UNIX_EPOCH {
            let earliest = || Self::UNIX_EPOCH.checked_sub(WINDOWS_EPOCH_BEFORE_UNIX);
            Self::UNIX_EPOCH.checked_sub(from_epoch).or_else(earliest)
        } else {
            Self::UNIX_EPOCH.checked_add(from_epoch)
        };
        time.unwrap_or(Self::UNIX_EPOCH)
    }
}

/// Rounds to the millisecond that has begun; a leap second counts as the second after it.
#[cfg(feature = "chrono")]
impl TryFrom<chrono::DateTime<chrono::Utc>> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: chrono::DateTime<chrono::Utc>) -> Result<Self, TimestampError> {
        Self::from_millis(time.timestamp_millis())
    }
}

#[cfg(feature = "chrono")]
impl From<Timestamp> for chrono::DateTime<chrono::Utc> {
    fn from(timestamp: Timestamp) -> Self {
        // chrono's years reach beyond 9999 on both sides, so the default is never taken.
        Self::from_timestamp_millis(timestamp.as_millis()).unwrap_or_default()
    }
}

/// Rounds to the millisecond that has begun.
#[cfg(feature = "time")]
impl TryFrom<time::OffsetDateTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: time::OffsetDateTime) -> Result<Self, TimestampError> {
        Self::from_millis(time.unix_timestamp() * 1_000 + i64::from(time.millisecond()))
    }
}

#[cfg(feature = "time")]
impl From<Timestamp> for time::OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        let nanos = i128::from(timestamp.as_millis()) * i128::from(NANOS_PER_MILLI);
        // time's years are -9999 to 9999 at the least, so the epoch is never taken.
        Self::from_unix_timestamp_nanos(nanos).unwrap_or(Self::UNIX_EPOCH)
    }
}

/// Rounds to the millisecond that has begun.
#[cfg(feature = "jiff")]
impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: jiff::Timestamp) -> Result<Self, TimestampError> {
        let millis = time.as_nanosecond().div_euclid(NANOS_PER_MILLI.into());
        Self::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

/// `jiff` ends 26 hours before [`Timestamp::MAX`], so that every time zone can show every instant.
#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = jiff::Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, jiff::Error> {
        Self::from_millisecond(timestamp.as_millis())
    }
}
