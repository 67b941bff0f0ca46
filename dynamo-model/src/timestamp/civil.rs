//! The proleptic Gregorian calendar from the year 0000 to 9999, and RFC 3339 text in it.
//!
//! Days and seconds are counted from 0000-01-01, so everything here is unsigned. The conversion between days and dates
//! is the usual one: years begin in March, so the leap day is the last of its year, and repeat every 400 years.

use super::error::Fault;
use super::{NANOS_PER_MILLI, Timestamp};

/// Days in 400 years.
const ERA_DAYS: u64 = 146_097;
/// From 1 March of the year -400 to 1 January 0000: an era less the days from January to March.
const MARCH_TO_YEAR_ZERO: u64 = ERA_DAYS - 60;
/// 10,000 years.
const RANGE_DAYS: u64 = 25 * ERA_DAYS;
const DAY_SECONDS: u64 = 86_400;
/// From 0000-01-01 to 1970-01-01.
const UNIX_EPOCH_SECONDS: i64 = 62_167_219_200;

/// A date of the years 0000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: u64,
    pub(crate) month: u64,
    pub(crate) day: u64,
}

impl Date {
    /// `None` for a year that four digits do not hold or a date that does not exist.
    pub(crate) fn new(year: u64, month: u64, day: u64) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (year <= 9_999 && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The date of a day counted from 0000-01-01.
    pub(crate) fn from_days(days: u64) -> Self {
        let days = days + MARCH_TO_YEAR_ZERO;
        let (era, day) = (days / ERA_DAYS, days % ERA_DAYS);
        let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months_from_march = (5 * day_of_year + 2) / 153;
        let month = if months_from_march < 10 { months_from_march + 3 } else { months_from_march - 9 };
        Self {
            year: era * 400 + year_of_era + u64::from(month <= 2) - 400,
            month,
            day: day_of_year - (153 * months_from_march + 2) / 5 + 1,
        }
    }

    /// Days from 0000-01-01.
    pub(crate) fn days(self) -> u64 {
        let year = self.year + 400 - u64::from(self.month <= 2);
        let months_from_march = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_year = (153 * months_from_march + 2) / 5 + self.day - 1;
        365 * year + year / 4 - year / 100 + year / 400 + day_of_year - MARCH_TO_YEAR_ZERO
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn text(self) -> [u8; 10] {
        let mut text = *b"0000-00-00";
        put(&mut text[0..4], self.year);
        put(&mut text[5..7], self.month);
        put(&mut text[8..10], self.day);
        text
    }

    /// Reads what [`text`](Self::text) writes, and nothing else.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, Fault> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text else { return Err(Fault::Syntax) };
        let year = number(&[y0, y1, y2, y3])?;
        Self::new(year, number(&[m0, m1])?, number(&[d0, d1])?).ok_or(Fault::Calendar)
    }
}

/// An instant of the years 0000 to 9999 in UTC, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant {
    /// From 0000-01-01T00:00:00Z.
    seconds: u64,
    /// Under 1,000,000,000.
    nanos: u32,
}

impl Instant {
    /// `None` outside the range. `nanos` is under 1,000,000,000.
    pub(crate) fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let seconds = u64::try_from(seconds.checked_add(UNIX_EPOCH_SECONDS)?).ok()?;
        (seconds < RANGE_DAYS * DAY_SECONDS).then_some(Self { seconds, nanos })
    }

    /// Seconds since the Unix epoch, rounded towards the past, and the nanoseconds beyond them.
    pub(crate) fn unix(self) -> (i64, u32) {
        (self.seconds.cast_signed() - UNIX_EPOCH_SECONDS, self.nanos)
    }

    /// `YYYY-MM-DDTHH:MM:SS.nnnnnnnnnZ`.
    pub(crate) fn text(self) -> [u8; 30] {
        let (days, seconds) = (self.seconds / DAY_SECONDS, self.seconds % DAY_SECONDS);
        let mut text = *b"0000-00-00T00:00:00.000000000Z";
        text[0..10].copy_from_slice(&Date::from_days(days).text());
        put(&mut text[11..13], seconds / 3_600);
        put(&mut text[14..16], seconds / 60 % 60);
        put(&mut text[17..19], seconds % 60);
        put(&mut text[20..29], self.nanos.into());
        text
    }

    /// Reads RFC 3339 with any offset and any number of fraction digits that nanoseconds hold.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let (date, rest) = text.as_bytes().split_at_checked(10).ok_or(Fault::Syntax)?;
        let date = Date::parse(date)?;
        let [b'T' | b't', h0, h1, b':', m0, m1, b':', s0, s1, rest @ ..] = rest else { return Err(Fault::Syntax) };
        let (hour, minute, second) = (number(&[*h0, *h1])?, number(&[*m0, *m1])?, number(&[*s0, *s1])?);
        let (nanos, rest) = match rest {
            [b'.', rest @ ..] => fraction(rest)?,
            _ => (0, rest),
        };
        let offset = offset(rest)?;
        if hour > 23 || minute > 59 || second > 60 {
            return Err(Fault::Calendar);
        }
        if second == 60 {
            return Err(Fault::LeapSecond);
        }
        let local = date.days() * DAY_SECONDS + hour * 3_600 + minute * 60 + second;
        Self::from_unix(local.cast_signed() - offset - UNIX_EPOCH_SECONDS, nanos).ok_or(Fault::Range)
    }
}

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        // A timestamp is never before the year 0000.
        let millis = (timestamp.as_millis() + UNIX_EPOCH_SECONDS * 1_000).cast_unsigned();
        Self { seconds: millis / 1_000, nanos: (millis % 1_000) as u32 * NANOS_PER_MILLI }
    }
}

/// Writes `value` into `digits`, zero-padded.
fn put(digits: &mut [u8], mut value: u64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}

/// Reads at most nine digits.
fn number(digits: &[u8]) -> Result<u64, Fault> {
    digits.iter().try_fold(0, |value, digit| match digit {
        b'0'..=b'9' => Ok(value * 10 + u64::from(digit - b'0')),
        _ => Err(Fault::Syntax),
    })
}

/// Reads the digits behind the point as nanoseconds, and gives what follows them.
fn fraction(text: &[u8]) -> Result<(u32, &[u8]), Fault> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Err(Fault::Syntax);
    }
    if digits.iter().skip(9).any(|&digit| digit != b'0') {
        return Err(Fault::Precision);
    }
    let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    Ok((padded.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')), rest))
}

/// Reads `Z` or `+hh:mm` as seconds east of UTC.
fn offset(text: &[u8]) -> Result<i64, Fault> {
    let (sign, hours, minutes) = match *text {
        [b'Z' | b'z'] => return Ok(0),
        [b'+', h0, h1, b':', m0, m1] => (1, number(&[h0, h1])?, number(&[m0, m1])?),
        [b'-', h0, h1, b':', m0, m1] => (-1, number(&[h0, h1])?, number(&[m0, m1])?),
        _ => return Err(Fault::Syntax),
    };
    if hours > 23 || minutes > 59 {
        return Err(Fault::Calendar);
    }
    Ok(sign * (hours * 3_600 + minutes * 60).cast_signed())
}
