//! `Timestamp`: range, text, arithmetic, conversions.

use std::time::{Duration, SystemTime};

use dynamo_model::Timestamp;
use proptest::prelude::*;

use crate::laws::{cases, edit, hostile};
use crate::time::{FIRST, LAST, millis};

fn timestamp(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn text_reads_back_by_every_way((millis, _) in millis()) {
        let timestamp = timestamp(millis);
        let text = timestamp.to_string();
        prop_assert_eq!(text.parse(), Ok(timestamp));
        let json = serde_json::to_string(&timestamp).unwrap();
        prop_assert_eq!(&json, &format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), timestamp);
    }

    #[test]
    fn no_text_panics((millis, _) in millis(), edit in edit(), any in hostile()) {
        let _ = any.parse::<Timestamp>();
        if let Ok(read) = edit.apply(&timestamp(millis).to_string()).parse::<Timestamp>() {
            prop_assert_eq!(read.to_string().parse(), Ok(read));
        }
    }

    #[test]
    fn any_number_is_in_range_or_an_error(number in prop_oneof![any::<i64>(), millis().prop_map(|(millis, _)| millis)]) {
        let inside = (FIRST * 1_000..=LAST * 1_000 + 999).contains(&number);
        prop_assert_eq!(Timestamp::from_millis(number).map(Timestamp::as_millis).ok(), inside.then_some(number));
        let inside = (FIRST..=LAST).contains(&number);
        prop_assert_eq!(Timestamp::from_secs(number).map(Timestamp::as_secs).ok(), inside.then_some(number));
    }

    #[test]
    fn sums_stay_in_range(
        (millis, _) in millis(),
        duration in prop_oneof![any::<Duration>(), (0..400_000_000_000_000_u64).prop_map(Duration::from_micros)],
    ) {
        let start = timestamp(millis);
        let whole = i128::try_from(duration.as_millis()).unwrap();
        let (sum, difference) = (i128::from(millis) + whole, i128::from(millis) - whole);
        let exact = |sum: i128| Timestamp::from_millis(i64::try_from(sum).ok()?).ok();
        prop_assert_eq!(start.checked_add(duration), exact(sum));
        prop_assert_eq!(start.checked_sub(duration), exact(difference));
        prop_assert_eq!(start + duration, exact(sum).unwrap_or(Timestamp::MAX));
        prop_assert_eq!(start - duration, exact(difference).unwrap_or(Timestamp::MIN));
    }

    #[test]
    fn durations_add_up((a, b) in millis()) {
        let (a, b) = (timestamp(a.min(b)), timestamp(a.max(b)));
        prop_assert_eq!(a + b.duration_since(a), b);
        prop_assert_eq!(b - b.duration_since(a), a);
        prop_assert_eq!(a.duration_since(b), Duration::ZERO);
    }

    #[test]
    fn system_time_rounds_to_the_past((millis, _) in millis(), nanos in 0..1_000_000_u64) {
        let timestamp = timestamp(millis);
        prop_assert_eq!(Timestamp::try_from(SystemTime::from(timestamp) + Duration::from_nanos(nanos)), Ok(timestamp));
    }
}

#[test]
fn the_ends_are_those_of_four_digit_years() {
    assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00.000Z");
    assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
    assert_eq!(Timestamp::default(), Timestamp::UNIX_EPOCH);
    assert_eq!(
        format!("{:>26}|{:?}", Timestamp::UNIX_EPOCH, Timestamp::MIN),
        "  1970-01-01T00:00:00.000Z|0000-01-01T00:00:00.000Z"
    );
    let beyond = SystemTime::from(Timestamp::MAX) + Duration::from_millis(1);
    assert!(Timestamp::try_from(beyond).is_err());
    assert!(Timestamp::try_from(SystemTime::from(Timestamp::MIN) - Duration::from_nanos(1)).is_err());
}

#[test]
fn now_is_the_system_clock() {
    let (before, now, after) = (SystemTime::now(), Timestamp::now(), SystemTime::now());
    assert!(Timestamp::try_from(before).unwrap() <= now && now <= Timestamp::try_from(after).unwrap());
}

#[test]
fn other_forms_of_rfc_3339_are_read() {
    for (text, same) in [
        ("2025-11-05T00:00:00Z", "2025-11-05T00:00:00.000Z"),
        ("2025-11-05t00:00:00.5z", "2025-11-05T00:00:00.500Z"),
        ("2025-11-05T00:00:00.12Z", "2025-11-05T00:00:00.120Z"),
        ("2025-11-05T00:00:00.123000000000000Z", "2025-11-05T00:00:00.123Z"),
        ("2025-11-05T00:00:00+05:30", "2025-11-04T18:30:00.000Z"),
        ("2025-12-31T23:59:59.999-23:59", "2026-01-01T23:58:59.999Z"),
        ("2025-11-05T00:00:00-00:00", "2025-11-05T00:00:00.000Z"),
        ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"),
    ] {
        assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), same, "{text}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    for (text, says) in [
        ("", "RFC 3339"),
        ("2025-11-05", "RFC 3339"),
        ("2025-11-05T00:00:00", "RFC 3339"),
        ("2025-11-05T00:00:00.Z", "RFC 3339"),
        ("2025-11-05 00:00:00Z", "RFC 3339"),
        ("2025-11-05T00:00:00+0100", "RFC 3339"),
        ("2025-11-05T00:00:00ZZ", "RFC 3339"),
        ("+2025-11-05T00:00:00Z", "RFC 3339"),
        ("2025-02-29T00:00:00Z", "does not exist"),
        ("1900-02-29T00:00:00Z", "does not exist"),
        ("2025-13-01T00:00:00Z", "does not exist"),
        ("2025-00-01T00:00:00Z", "does not exist"),
        ("2025-01-00T00:00:00Z", "does not exist"),
        ("2025-04-31T00:00:00Z", "does not exist"),
        ("2025-01-01T24:00:00Z", "does not exist"),
        ("2025-01-01T00:60:00Z", "does not exist"),
        ("2025-01-01T00:00:61Z", "does not exist"),
        ("2025-01-01T00:00:00+24:00", "does not exist"),
        ("2025-01-01T00:00:00+00:60", "does not exist"),
        ("2016-12-31T23:59:60Z", "leap second"),
        ("2025-11-05T00:00:00.0001Z", "`jiff`"),
        ("2025-11-05T00:00:00.0000000001Z", "`jiff`"),
        ("0000-01-01T00:00:00+00:01", "0000 to 9999"),
        ("9999-12-31T23:59:59-00:01", "0000 to 9999"),
    ] {
        let error = text.parse::<Timestamp>().unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    assert!(serde_json::from_str::<Timestamp>("17").is_err());
}

#[cfg(feature = "chrono")]
mod chrono {
    use ::chrono::{DateTime, SecondsFormat, Timelike, Utc};

    use super::*;

    /// Texts of RFC 3339's form, with numbers that may be out of bounds.
    fn near_texts() -> impl Strategy<Value = String> {
        let date = (0..10_000_u32, 0..14_u32, 0..33_u32);
        let time = (0..26_u32, 0..62_u32, 0..60_u32);
        let offset = prop_oneof![Just("Z".to_owned()), "[+-][0-2][0-9]:[0-6][0-9]"];
        (date, time, "(\\.[0-9]{0,3}0{0,7})?", offset).prop_map(
            |((year, month, day), (hour, minute, second), fraction, offset)| {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
            },
        )
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn writes_what_chrono_writes((millis, _) in millis()) {
            let oracle = DateTime::from_timestamp_millis(millis).unwrap();
            let timestamp = timestamp(millis);
            prop_assert_eq!(timestamp.to_string(), oracle.to_rfc3339_opts(SecondsFormat::Millis, true));
            prop_assert_eq!(DateTime::<Utc>::from(timestamp), oracle);
            prop_assert_eq!(Timestamp::try_from(oracle.with_nanosecond(oracle.nanosecond() + 999_999).unwrap()), Ok(timestamp));
        }

        #[test]
        fn reads_what_chrono_reads(text in near_texts()) {
            let oracle = DateTime::parse_from_rfc3339(&text).ok().and_then(|time| Timestamp::try_from(time.to_utc()).ok());
            prop_assert_eq!(text.parse::<Timestamp>().ok(), oracle);
        }
    }

    #[test]
    fn other_years_are_refused() {
        assert!(Timestamp::try_from(DateTime::<Utc>::MIN_UTC).is_err());
        assert!(Timestamp::try_from(DateTime::<Utc>::MAX_UTC).is_err());
    }
}

#[cfg(feature = "time")]
mod time_crate {
    use ::time::OffsetDateTime;

    use super::*;

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn time_goes_and_comes((millis, _) in millis(), nanos in 0..1_000_000_u32) {
            let timestamp = timestamp(millis);
            let time = OffsetDateTime::from(timestamp);
            prop_assert_eq!(time.unix_timestamp_nanos(), i128::from(millis) * 1_000_000);
            prop_assert_eq!(Timestamp::try_from(time.replace_nanosecond(time.nanosecond() + nanos).unwrap()), Ok(timestamp));
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use super::*;

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn jiff_goes_and_comes((millis, _) in millis(), nanos in 0..1_000_000_u32) {
            let timestamp = timestamp(millis);
            let Ok(time) = ::jiff::Timestamp::try_from(timestamp) else {
                prop_assert!(millis > ::jiff::Timestamp::MAX.as_millisecond());
                return Ok(());
            };
            prop_assert_eq!(time.as_millisecond(), millis);
            let finer = ::jiff::Timestamp::from_nanosecond(time.as_nanosecond() + i128::from(nanos)).unwrap();
            prop_assert_eq!(Timestamp::try_from(finer), Ok(timestamp));
        }
    }
}
