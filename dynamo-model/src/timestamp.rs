//! [`Timestamp`], the library's own instant: milliseconds in UTC, in the text that sorts.

pub(crate) mod civil;
mod convert;
mod error;
mod text;

use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::{Duration, SystemTime};

pub use error::TimestampError;

use error::Fault;

const NANOS_PER_MILLI: u32 = 1_000_000;

/// An instant in UTC with millisecond precision, between the years 0000 and 9999.
///
/// Its text is RFC 3339 with three fraction digits and `Z`, as JavaScript's `toISOString` writes it:
/// `2025-11-05T00:00:00.000Z`. That is what [`Display`](std::fmt::Display), serde and keys use; it is always 24
/// characters, so texts sort as instants do. [`FromStr`](std::str::FromStr) and serde also read other offsets and
/// fractions, as long as nothing finer than a millisecond is lost.
///
/// [`Default`] is the Unix epoch. In a `created_at` or `updated_at` field the epoch means "not set yet".
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use dynamo_model::Timestamp;
///
/// let due: Timestamp = "2025-11-05T01:00:00+01:00".parse()?;
/// assert_eq!(due.to_string(), "2025-11-05T00:00:00.000Z");
/// assert_eq!((due + Duration::from_secs(90)).to_string(), "2025-11-05T00:01:30.000Z");
/// # Ok::<(), dynamo_model::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp {
    /// Milliseconds since the Unix epoch, from `MIN` to `MAX`.
    millis: i64,
}

impl Timestamp {
    /// `0000-01-01T00:00:00.000Z`, the earliest instant.
    pub const MIN: Self = Self { millis: -62_167_219_200_000 };

    /// `9999-12-31T23:59:59.999Z`, the latest instant.
    pub const MAX: Self = Self { millis: 253_402_300_799_999 };

    /// `1970-01-01T00:00:00.000Z`, the default; "not set yet" in a lifecycle field.
    pub const UNIX_EPOCH: Self = Self { millis: 0 };

    /// The instant this many milliseconds after (negative: before) the Unix epoch.
    ///
    /// # Errors
    ///
    /// The instant lies outside the years 0000 to 9999.
    pub const fn from_millis(millis: i64) -> Result<Self, TimestampError> {
        if millis < Self::MIN.millis || millis > Self::MAX.millis {
            return Err(TimestampError::new(Fault::Range));
        }
        Ok(Self { millis })
    }

    /// The instant this many seconds after (negative: before) the Unix epoch.
    ///
    /// # Errors
    ///
    /// The instant lies outside the years 0000 to 9999.
    pub const fn from_secs(seconds: i64) -> Result<Self, TimestampError> {
        Self::from_millis(seconds.saturating_mul(1_000))
    }

    /// The system clock's time, to the millisecond that has begun.
    ///
    /// A clock outside the years 0000 to 9999 gives the nearer end of that range.
    #[must_use]
    pub fn now() -> Self {
        Self::clamped(convert::system_millis(SystemTime::now()))
    }

    /// Milliseconds since the Unix epoch; negative before it.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.millis
    }

    /// Whole seconds since the Unix epoch, rounded towards the past; negative before it.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.millis.div_euclid(1_000)
    }

    /// The time from `earlier` to this instant; zero if `earlier` is the later one.
    ///
    /// ```
    /// use std::time::Duration;
    /// use dynamo_model::Timestamp;
    ///
    /// let start = Timestamp::from_secs(1_762_300_800)?;
    /// let end = start + Duration::from_millis(1_500);
    /// assert_eq!(end.duration_since(start), Duration::from_millis(1_500));
    /// assert_eq!(start.duration_since(end), Duration::ZERO);
    /// # Ok::<(), dynamo_model::TimestampError>(())
    /// ```
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.millis - earlier.millis).unwrap_or(0))
    }

    /// This instant plus `duration`, of which whole milliseconds count; `None` after the year 9999.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let millis = i64::try_from(duration.as_millis()).ok()?;
        Self::from_millis(self.millis.checked_add(millis)?).ok()
    }

    /// This instant minus `duration`, of which whole milliseconds count; `None` before the year 0000.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let millis = i64::try_from(duration.as_millis()).ok()?;
        Self::from_millis(self.millis.checked_sub(millis)?).ok()
    }

    /// The instant of these milliseconds, or the end of the range that is nearer.
    pub(crate) fn clamped(millis: i64) -> Self {
        Self { millis: millis.clamp(Self::MIN.millis, Self::MAX.millis) }
    }
}

/// Whole milliseconds count; a sum after the year 9999 is [`Timestamp::MAX`].
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration).unwrap_or(Self::MAX)
    }
}

/// Whole milliseconds count; a difference before the year 0000 is [`Timestamp::MIN`].
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).unwrap_or(Self::MIN)
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for Timestamp {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}
