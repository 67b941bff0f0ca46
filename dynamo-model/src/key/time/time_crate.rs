//! The crate `time` in a key.

use ::time::{Date, Month, OffsetDateTime};

use super::nanos::{self, DATE, INSTANT};
use crate::key::PeriodKeyPart;
use crate::key::part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};

/// `2025-11-05T00:00:00.000000000Z`, in UTC whatever the value's offset is.
impl KeyPart for OffsetDateTime {
    const KIND: PartKind = INSTANT;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        nanos::encode_instant(self.unix_timestamp(), self.nanosecond(), spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (seconds, nanos) = nanos::decode_instant(text, spec)?;
        let second = Self::from_unix_timestamp(seconds).map_err(|_| nanos::no_instant())?;
        second.replace_nanosecond(nanos).map_err(|_| nanos::no_instant())
    }
}

impl OrderedKeyPart for OffsetDateTime {}

impl PeriodKeyPart for OffsetDateTime {}

/// `2025-11-05`.
impl KeyPart for Date {
    const KIND: PartKind = DATE;

    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        nanos::encode_date(self.year(), u8::from(self.month()).into(), self.day().into(), spec, out)
    }

    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError> {
        let (year, month, day) = nanos::decode_date(text, spec)?;
        let month = Month::try_from(month).map_err(|_| nanos::no_date())?;
        Self::from_calendar_date(year.into(), month, day).map_err(|_| nanos::no_date())
    }
}

impl OrderedKeyPart for Date {}

impl PeriodKeyPart for Date {}
