//! What can be wrong with an instant.

use std::fmt;

/// Why a number or text is no [`Timestamp`](crate::Timestamp). Holds no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampError {
    fault: Fault,
}

/// The kinds of [`TimestampError`], as the calendar's code reports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Before the year 0000 or after 9999.
    Range,
    /// Not of RFC 3339's form.
    Syntax,
    /// Of the form, but a date or time that never was: 30 February, 24:00.
    Calendar,
    /// Second 60.
    LeapSecond,
    /// Digits that the type has no room for.
    Precision,
}

impl TimestampError {
    pub(super) const fn new(fault: Fault) -> Self {
        Self { fault }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.fault {
            Fault::Range => "timestamp outside the years 0000 to 9999",
            Fault::Syntax => "not an RFC 3339 timestamp such as `2025-11-05T00:00:00.000Z`",
            Fault::Calendar => "timestamp with a date or time that does not exist",
            Fault::LeapSecond => "timestamp in a leap second; `Timestamp` counts 60 seconds a minute",
            Fault::Precision => {
                "timestamp would lose precision, as `Timestamp` holds milliseconds; a type of the features `chrono`, \
                 `time` or `jiff` keeps nanoseconds"
            }
        })
    }
}

impl std::error::Error for TimestampError {}
