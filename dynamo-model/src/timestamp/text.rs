//! The text of a [`Timestamp`]: display, parsing, serde.

use std::fmt;
use std::str::{self, FromStr};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

use super::civil::Instant;
use super::error::{Fault, TimestampError};
use super::{NANOS_PER_MILLI, Timestamp};

impl Timestamp {
    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`: the nanosecond text, cut after the milliseconds.
    pub(crate) fn text(self) -> [u8; 24] {
        let mut text = [b'Z'; 24];
        text[..23].copy_from_slice(&Instant::from(self).text()[..23]);
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(str::from_utf8(&self.text()).map_err(|_| fmt::Error)?)
    }
}

/// The same text as [`Display`](fmt::Display).
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339: an offset of `Z` or `+hh:mm`, with or without a fraction.
    ///
    /// # Errors
    ///
    /// The text is not RFC 3339, names a date or time that does not exist, a leap second or an instant outside the
    /// years 0000 to 9999, or has a digit other than zero beyond the milliseconds.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let (seconds, nanos) = Instant::parse(text).map_err(TimestampError::new)?.unix();
        if !nanos.is_multiple_of(NANOS_PER_MILLI) {
            return Err(TimestampError::new(Fault::Precision));
        }
        Self::from_millis(seconds * 1_000 + i64::from(nanos / NANOS_PER_MILLI))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(str::from_utf8(&self.text()).map_err(S::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 timestamp")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}
