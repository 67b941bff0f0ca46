//! `jiff` in a key.

use ::jiff::Timestamp;
use ::jiff::civil::Date;

use super::nanos::{self, DATE, INSTANT};
use crate::key::PeriodKeyPart;
use crate::key::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};

/// `2025-11-05T00:00:00.000000000Z`.
impl KeyPart for Timestamp {
    const KIND: PartKind = INSTANT;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        // jiff counts both from zero, so before the epoch the nanoseconds are negative.
        let (seconds, nanos) = match u32::try_from(self.subsec_nanosecond()) {
            Ok(nanos) => (self.as_second(), nanos),
            Err(_) => (self.as_second() - 1, 1_000_000_000 - self.subsec_nanosecond().unsigned_abs()),
        };
        nanos::encode_instant(seconds, nanos, spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (seconds, nanos) = nanos::decode_instant(text, spec)?;
        Self::new(seconds, nanos.cast_signed()).map_err(|_| nanos::no_instant())
    }
}

impl OrderedKeyPart for Timestamp {}

impl PeriodKeyPart for Timestamp {}

/// `2025-11-05`.
impl KeyPart for Date {
    const KIND: PartKind = DATE;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        let (month, day) = (self.month().unsigned_abs(), self.day().unsigned_abs());
        nanos::encode_date(self.year().into(), month.into(), day.into(), spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (year, month, day) = nanos::decode_date(text, spec)?;
        Self::new(year.cast_signed(), month.cast_signed(), day.cast_signed()).map_err(|_| nanos::no_date())
    }
}

impl OrderedKeyPart for Date {}

impl PeriodKeyPart for Date {}
