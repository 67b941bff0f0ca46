//! Instants and dates in a key: RFC 3339 in UTC, always of one length, so that texts sort as time does.
//!
//! [`Timestamp`] has three fraction digits, the instants of `chrono`, `time` and `jiff` have nine; dates are
//! `YYYY-MM-DD`. Four digits hold the years 0000 to 9999; another year is an error.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod nanos;
#[cfg(feature = "time")]
mod time_crate;

use super::PeriodKeyPart;
use super::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
use super::spec::{plain_only, push_ascii};
use crate::timestamp::Timestamp;

impl KeyPart for Timestamp {
    const KIND: PartKind = PartKind::Fixed { width: 24 };

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        plain_only(spec)?;
        push_ascii(&self.text(), out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        plain_only(spec)?;
        // The parser also takes other offsets and fractions.
        text.parse()
            .ok()
            .filter(|timestamp: &Self| timestamp.text() == text.as_bytes())
            .ok_or_else(|| PartError::new("is not a timestamp of the form `2025-11-05T00:00:00.000Z`"))
    }
}

impl OrderedKeyPart for Timestamp {}

impl PeriodKeyPart for Timestamp {}
