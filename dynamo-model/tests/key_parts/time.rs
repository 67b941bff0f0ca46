//! Instants and dates: the library's, and those of `chrono`, `time` and `jiff`.

use dynamo_model::Timestamp;
use dynamo_model::key::{KeyPart, PartSpec};
use proptest::prelude::*;

use crate::laws::{laws, plain, refuses};

/// Seconds of the years 0000 to 9999, from the Unix epoch.
pub(crate) const FIRST: i64 = -62_167_219_200;
pub(crate) const LAST: i64 = 253_402_300_799;

/// Seconds anywhere in the range, at its ends and around the epoch, and often two that are close.
pub(crate) fn seconds() -> impl Strategy<Value = (i64, i64)> {
    let one = || prop_oneof![6 => FIRST..=LAST, 2 => -100_000..=100_000_i64, 1 => Just(FIRST), 1 => Just(LAST)];
    let by = prop_oneof![Just(0), Just(1), Just(60), Just(86_400), 0..=100_000_i64];
    prop_oneof![(one(), one()), (one(), by).prop_map(|(a, by)| (a, (a + by).min(LAST)))]
}

pub(crate) fn millis() -> impl Strategy<Value = (i64, i64)> {
    (seconds(), (0..1_000_i64, 0..1_000_i64)).prop_map(|((a, b), (x, y))| (a * 1_000 + x, b * 1_000 + y))
}

laws!(timestamps: Timestamp, millis().prop_map(|(a, b)| {
    (Timestamp::from_millis(a).unwrap(), Timestamp::from_millis(b).unwrap())
}));

#[test]
fn timestamp_has_its_own_text_only() {
    let epoch = Timestamp::UNIX_EPOCH;
    assert_eq!(plain(&epoch), "1970-01-01T00:00:00.000Z");
    for text in ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000+00:00", "1970-01-01t00:00:00.000Z", ""] {
        assert!(Timestamp::decode(text, PartSpec::Plain).is_err(), "{text}");
    }
    refuses(&epoch, &[PartSpec::Lower, PartSpec::Width(24), PartSpec::Raw]);
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod nanos {
    use super::*;

    fn join(seconds: i64, nanos: i128) -> i128 {
        i128::from(seconds) * 1_000_000_000 + nanos
    }

    /// Nanoseconds from the Unix epoch.
    pub(super) fn nanos() -> impl Strategy<Value = (i128, i128)> {
        let below = || prop_oneof![0..1_000_000_000_i128, Just(0), Just(1), Just(999_999_999)];
        let apart = (seconds(), below(), below()).prop_map(|((a, b), x, y)| (join(a, x), join(b, y)));
        (apart, any::<bool>())
            .prop_map(|((a, b), next)| (a, if next { (a + 1).min(join(LAST, 999_999_999)) } else { b }))
    }
}

#[cfg(feature = "chrono")]
mod chrono {
    use ::chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

    use super::*;
    use crate::laws::{encode, exact};

    fn instant(nanos: i128) -> DateTime<Utc> {
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).unwrap();
        DateTime::from_timestamp(seconds, u32::try_from(nanos.rem_euclid(1_000_000_000)).unwrap()).unwrap()
    }

    laws!(instants: DateTime<Utc>, nanos::nanos().prop_map(|(a, b)| (instant(a), instant(b))));
    laws!(dates: NaiveDate, seconds().prop_map(|(a, b)| {
        (DateTime::from_timestamp(a, 0).unwrap().date_naive(), DateTime::from_timestamp(b, 0).unwrap().date_naive())
    }));

    #[test]
    fn every_day_of_four_hundred_years_is_chronos() {
        let mut date = NaiveDate::from_ymd_opt(2_001, 1, 1).unwrap();
        while date.year() <= 2_400 {
            assert_eq!(exact(&date, PartSpec::Plain).unwrap(), date.to_string());
            let midnight = date.and_hms_opt(0, 0, 0).unwrap().and_utc();
            assert_eq!(exact(&midnight, PartSpec::Plain).unwrap(), format!("{date}T00:00:00.000000000Z"));
            date = date.succ_opt().unwrap();
        }
    }

    #[test]
    fn other_years_and_leap_seconds_are_refused() {
        let first = NaiveDate::from_ymd_opt(0, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(9_999, 12, 31).unwrap();
        assert_eq!([plain(&first), plain(&last)], ["0000-01-01", "9999-12-31"]);
        for date in [first.pred_opt().unwrap(), last.succ_opt().unwrap(), NaiveDate::MIN, NaiveDate::MAX] {
            assert!(encode(&date, PartSpec::Plain).is_err());
            assert!(encode(&date.and_hms_opt(0, 0, 0).unwrap().and_utc(), PartSpec::Plain).is_err());
        }
        for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(encode(&instant, PartSpec::Plain).is_err());
        }
        let instant = DateTime::<Utc>::UNIX_EPOCH - TimeDelta::seconds(1);
        assert!(encode(&instant.with_nanosecond(1_500_000_000).unwrap(), PartSpec::Plain).is_err());
    }

    #[test]
    fn other_specs_are_refused() {
        let instant = DateTime::<Utc>::UNIX_EPOCH;
        refuses(&instant, &[PartSpec::Lower, PartSpec::Width(30), PartSpec::Raw]);
        refuses(&instant.date_naive(), &[PartSpec::Lower, PartSpec::Width(10), PartSpec::Raw]);
    }
}

#[cfg(feature = "time")]
mod time_crate {
    use ::time::{Date, Month, OffsetDateTime, UtcOffset};

    use super::*;
    use crate::laws::encode;

    fn instant(nanos: i128) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap()
    }

    laws!(instants: OffsetDateTime, nanos::nanos().prop_map(|(a, b)| (instant(a), instant(b))));
    laws!(dates: Date, seconds().prop_map(|(a, b)| {
        (OffsetDateTime::from_unix_timestamp(a).unwrap().date(), OffsetDateTime::from_unix_timestamp(b).unwrap().date())
    }));

    proptest! {
        #![proptest_config(crate::laws::cases())]

        #[test]
        fn the_offset_is_not_part_of_the_text((nanos, _) in nanos::nanos(), offset in -86_399..86_400_i32) {
            let utc = instant(nanos);
            if let Some(local) = utc.checked_to_offset(UtcOffset::from_whole_seconds(offset).unwrap()) {
                prop_assert_eq!(plain(&local), plain(&utc));
            }
        }
    }

    #[test]
    fn other_years_are_refused() {
        let before = Date::from_calendar_date(-1, Month::December, 31).unwrap();
        assert!(encode(&before, PartSpec::Plain).is_err());
        assert!(encode(&Date::MIN, PartSpec::Plain).is_err());
        assert!(encode(&before.midnight().assume_utc(), PartSpec::Plain).is_err());
        // In UTC this is the year 10,000.
        let offset = UtcOffset::from_hms(-1, 0, 0).unwrap();
        assert!(
            encode(&Date::MAX.midnight().replace_hour(23).unwrap().assume_offset(offset), PartSpec::Plain).is_err()
        );
    }

    #[test]
    fn other_specs_are_refused() {
        let instant = OffsetDateTime::UNIX_EPOCH;
        refuses(&instant, &[PartSpec::Lower, PartSpec::Width(30), PartSpec::Raw]);
        refuses(&instant.date(), &[PartSpec::Lower, PartSpec::Width(10), PartSpec::Raw]);
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use ::jiff::Timestamp;
    use ::jiff::civil::Date;
    use ::jiff::tz::TimeZone;

    use super::*;
    use crate::laws::encode;

    /// jiff ends a day before the year 9999 does.
    fn instant(nanos: i128) -> Timestamp {
        Timestamp::from_nanosecond(nanos.min(Timestamp::MAX.as_nanosecond())).unwrap()
    }

    fn date(seconds: i64) -> Date {
        instant(i128::from(seconds) * 1_000_000_000).to_zoned(TimeZone::UTC).date()
    }

    laws!(instants: Timestamp, nanos::nanos().prop_map(|(a, b)| (instant(a), instant(b))));
    laws!(dates: Date, seconds().prop_map(|(a, b)| (date(a), date(b))));

    #[test]
    fn other_years_are_refused() {
        assert!(encode(&Timestamp::MIN, PartSpec::Plain).is_err());
        assert!(encode(&Date::new(-1, 12, 31).unwrap(), PartSpec::Plain).is_err());
        assert_eq!(plain(&Date::MAX), "9999-12-31");
        // The text of an instant that jiff does not hold.
        assert!(Timestamp::decode("9999-12-31T23:59:59.000000000Z", PartSpec::Plain).is_err());
    }

    #[test]
    fn other_specs_are_refused() {
        refuses(&Timestamp::UNIX_EPOCH, &[PartSpec::Lower, PartSpec::Width(30), PartSpec::Raw]);
        refuses(&Date::ZERO, &[PartSpec::Lower, PartSpec::Width(10), PartSpec::Raw]);
    }
}
