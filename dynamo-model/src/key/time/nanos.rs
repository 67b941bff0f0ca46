//! What the instants and dates of `chrono`, `time` and `jiff` have in common.

use crate::key::part::{PartError, PartKind, PartSpec};
use crate::key::spec::{plain_only, push_ascii};
use crate::timestamp::civil::{Date, Instant};

pub(super) const INSTANT: PartKind = PartKind::Fixed { width: 30 };
pub(super) const DATE: PartKind = PartKind::Fixed { width: 10 };

fn year_outside() -> PartError {
    PartError::new("has a year outside 0000 to 9999")
}

pub(super) fn no_instant() -> PartError {
    PartError::new("is not a timestamp of the form `2025-11-05T00:00:00.000000000Z`")
}

pub(super) fn no_date() -> PartError {
    PartError::new("is not a date of the form `2025-11-05`")
}

/// Writes an instant given as seconds since the Unix epoch and under 1,000,000,000 nanoseconds beyond them.
pub(super) fn encode_instant(seconds: i64, nanos: u32, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
    plain_only(spec)?;
    push_ascii(&Instant::from_unix(seconds, nanos).ok_or_else(year_outside)?.text(), out)
}

/// Reads what [`encode_instant`] writes, and nothing else.
pub(super) fn decode_instant(text: &str, spec: PartSpec) -> Result<(i64, u32), PartError> {
    plain_only(spec)?;
    // The parser also takes other offsets and fractions.
    let instant = Instant::parse(text).ok().filter(|instant| instant.text() == text.as_bytes());
    Ok(instant.ok_or_else(no_instant)?.unix())
}

/// Writes a date that exists.
pub(super) fn encode_date(year: i32, month: u32, day: u32, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
    plain_only(spec)?;
    let date = u64::try_from(year).ok().and_then(|year| Date::new(year, month.into(), day.into()));
    push_ascii(&date.ok_or_else(year_outside)?.text(), out)
}

/// Reads what [`encode_date`] writes, and nothing else, as year, month and day.
pub(super) fn decode_date(text: &str, spec: PartSpec) -> Result<(u16, u8, u8), PartError> {
    plain_only(spec)?;
    let date = Date::parse(text.as_bytes()).map_err(|_| no_date())?;
    match (date.year.try_into(), date.month.try_into(), date.day.try_into()) {
        (Ok(year), Ok(month), Ok(day)) => Ok((year, month, day)),
        _ => Err(no_date()),
    }
}
