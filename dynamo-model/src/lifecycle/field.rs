//! Which types a lifecycle field may have.

use super::{EpochSeconds, Version};
use crate::timestamp::Timestamp;

/// A type for a field with `#[entity(created_at)]` or `#[entity(updated_at)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no time of a write; use `Timestamp`",
    label = "a field that a write stamps with the time",
    note = "`EpochSeconds`, `Option` of either and, by feature, the instants of `chrono`, `time` and `jiff` work too"
)]
pub trait ClockField: Sized {
    /// The field's value for a write at `now`.
    fn from_clock(now: Timestamp) -> Self;

    /// Whether the field still waits for its first write: the Unix epoch, or `None`.
    fn is_unset(&self) -> bool;
}

impl ClockField for Timestamp {
    fn from_clock(now: Timestamp) -> Self {
        now
    }

    fn is_unset(&self) -> bool {
        *self == Self::UNIX_EPOCH
    }
}

impl ClockField for EpochSeconds {
    fn from_clock(now: Timestamp) -> Self {
        now.into()
    }

    fn is_unset(&self) -> bool {
        self.get() == 0
    }
}

impl<T: ClockField> ClockField for Option<T> {
    fn from_clock(now: Timestamp) -> Self {
        Some(T::from_clock(now))
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

#[cfg(feature = "chrono")]
impl ClockField for chrono::DateTime<chrono::Utc> {
    fn from_clock(now: Timestamp) -> Self {
        now.into()
    }

    fn is_unset(&self) -> bool {
        *self == Self::UNIX_EPOCH
    }
}

#[cfg(feature = "time")]
impl ClockField for time::OffsetDateTime {
    fn from_clock(now: Timestamp) -> Self {
        now.into()
    }

    fn is_unset(&self) -> bool {
        *self == Self::UNIX_EPOCH
    }
}

#[cfg(feature = "jiff")]
impl ClockField for jiff::Timestamp {
    fn from_clock(now: Timestamp) -> Self {
        // jiff's last instant is 26 hours before ours.
        now.try_into().unwrap_or(Self::MAX)
    }

    fn is_unset(&self) -> bool {
        *self == Self::UNIX_EPOCH
    }
}

/// A type for a field with `#[entity(version)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no version; use `Version`",
    label = "a field that counts an item's writes",
    note = "`u64` and `u32` work too"
)]
pub trait VersionField: Sized + Copy {
    /// The count of writes; 0 means "never stored".
    fn get(&self) -> u64;

    /// The field's value for this count; `None` if the type does not hold it.
    fn from_version(version: u64) -> Option<Self>;
}

impl VersionField for Version {
    fn get(&self) -> u64 {
        Self::get(*self)
    }

    fn from_version(version: u64) -> Option<Self> {
        Some(version.into())
    }
}

impl VersionField for u64 {
    fn get(&self) -> u64 {
        *self
    }

    fn from_version(version: u64) -> Option<Self> {
        Some(version)
    }
}

impl VersionField for u32 {
    fn get(&self) -> u64 {
        (*self).into()
    }

    fn from_version(version: u64) -> Option<Self> {
        version.try_into().ok()
    }
}

/// A type for a field with `#[entity(ttl)]`: one that serde writes as a number of seconds since the Unix epoch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no TTL attribute; DynamoDB reads a number of epoch seconds, use `EpochSeconds`",
    label = "a field that DynamoDB reads as a time to live",
    note = "`u32`, `u64`, `i64` and `Option` of any of them work too; without a value the item never expires"
)]
pub trait TtlField {
    /// What generated code names, so that a field of another type is an error at its type.
    #[doc(hidden)]
    const READABLE: () = ();
}

impl TtlField for EpochSeconds {}
impl TtlField for u32 {}
impl TtlField for u64 {}
impl TtlField for i64 {}
impl<T: TtlField> TtlField for Option<T> {}
