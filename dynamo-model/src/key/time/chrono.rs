//! `chrono` in a key.

use ::chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::nanos::{self, DATE, INSTANT};
use crate::key::PeriodKeyPart;
use crate::key::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};

/// `2025-11-05T00:00:00.000000000Z`.
///
/// A leap second is refused: chrono allows one in any minute, where `:60` would not read back, and written as the
/// second before or after it would have the text of another instant.
impl KeyPart for DateTime<Utc> {
    const KIND: PartKind = INSTANT;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        let nanos = self.timestamp_subsec_nanos();
        if nanos >= 1_000_000_000 {
            return Err(PartError::new("is in a leap second"));
        }
        nanos::encode_instant(self.timestamp(), nanos, spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (seconds, nanos) = nanos::decode_instant(text, spec)?;
        Self::from_timestamp(seconds, nanos).ok_or_else(nanos::no_instant)
    }
}

impl OrderedKeyPart for DateTime<Utc> {}

impl PeriodKeyPart for DateTime<Utc> {}

/// `2025-11-05`.
impl KeyPart for NaiveDate {
    const KIND: PartKind = DATE;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        nanos::encode_date(self.year(), self.month(), self.day(), spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (year, month, day) = nanos::decode_date(text, spec)?;
        Self::from_ymd_opt(year.into(), month.into(), day.into()).ok_or_else(nanos::no_date)
    }
}

impl OrderedKeyPart for NaiveDate {}

impl PeriodKeyPart for NaiveDate {}
