//! Versions, epoch seconds, clocks, and the fields that they fill.

use std::time::{Duration, SystemTime};

use dynamo_model::{
    Clock, ClockField, EpochSeconds, ManualClock, SystemClock, Timestamp, TtlField, Version, VersionField,
};
use proptest::prelude::*;

use crate::laws::cases;
use crate::time::millis;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_item_lives_its_time_out_and_less_than_a_second_more(
        (start, _) in millis(),
        lifetime in (0..1_000_000_000_000_000_000_u64).prop_map(Duration::from_nanos),
    ) {
        let start = Timestamp::from_millis(start.clamp(0, 250_000_000_000_000)).unwrap();
        let end = Duration::from_millis(start.as_millis().unsigned_abs()) + lifetime;
        let expires = Duration::from_secs(EpochSeconds::after(start, lifetime).get());
        prop_assert!((end..end + Duration::from_secs(1)).contains(&expires));
    }

    #[test]
    fn epoch_seconds_are_the_second_that_has_begun((millis, _) in millis()) {
        let timestamp = Timestamp::from_millis(millis).unwrap();
        let seconds = EpochSeconds::from(timestamp);
        prop_assert_eq!(seconds, EpochSeconds::from(SystemTime::from(timestamp)));
        prop_assert_eq!(seconds.get(), u64::try_from(timestamp.as_secs()).unwrap_or(0));
        prop_assert_eq!(Timestamp::try_from(seconds).unwrap().as_secs(), timestamp.as_secs().max(0));
    }

    #[test]
    fn clocks_fill_fields((millis, _) in millis()) {
        let now = Timestamp::from_millis(millis).unwrap();
        prop_assert_eq!(Timestamp::from_clock(now), now);
        prop_assert_eq!(EpochSeconds::from_clock(now), EpochSeconds::from(now));
        prop_assert_eq!(Option::<Timestamp>::from_clock(now), Some(now));
        #[cfg(feature = "chrono")]
        prop_assert_eq!(Timestamp::try_from(chrono::DateTime::<chrono::Utc>::from_clock(now)), Ok(now));
        #[cfg(feature = "time")]
        prop_assert_eq!(Timestamp::try_from(time::OffsetDateTime::from_clock(now)), Ok(now));
        #[cfg(feature = "jiff")]
        prop_assert_eq!(jiff::Timestamp::from_clock(now), now.try_into().unwrap_or(jiff::Timestamp::MAX));
    }

    #[test]
    fn versions_keep_their_count(count in prop_oneof![any::<u64>(), any::<u32>().prop_map(u64::from)]) {
        prop_assert_eq!(Version::from_version(count).map(|version| VersionField::get(&version)), Some(count));
        prop_assert_eq!(u64::from_version(count), Some(count));
        prop_assert_eq!(u32::from_version(count).map(u64::from), (count <= u32::MAX.into()).then_some(count));
        prop_assert_eq!(Version::from(count).next().map(Version::get), count.checked_add(1));
    }
}

#[test]
fn stored_as_numbers() {
    assert_eq!(
        serde_json::to_string(&(Version::from(3), EpochSeconds::new(u64::MAX))).unwrap(),
        format!("[3,{}]", u64::MAX)
    );
    assert_eq!(
        serde_json::from_str::<(Version, EpochSeconds)>("[3,4]").unwrap(),
        (Version::from(3), EpochSeconds::new(4))
    );
    assert_eq!(format!("{:>3}|{:>3}", Version::from(3), EpochSeconds::new(4)), "  3|  4");
}

#[test]
fn ends_of_the_range() {
    assert!(Timestamp::try_from(EpochSeconds::new(u64::MAX)).is_err());
    assert_eq!(EpochSeconds::after(Timestamp::MAX, Duration::MAX), EpochSeconds::from(Timestamp::MAX));
    assert_eq!(EpochSeconds::after(Timestamp::MIN, Duration::ZERO), EpochSeconds::default());
    assert_eq!(EpochSeconds::from(SystemTime::UNIX_EPOCH - Duration::from_secs(9)), EpochSeconds::default());
}

#[test]
fn unset_is_the_default() {
    assert!(Timestamp::default().is_unset());
    assert!(EpochSeconds::default().is_unset());
    assert!(Option::<Timestamp>::default().is_unset());
    assert!(!Some(Timestamp::default()).is_unset());
    assert!(!Timestamp::MIN.is_unset());
    assert!(!EpochSeconds::new(1).is_unset());
    #[cfg(feature = "chrono")]
    assert!(chrono::DateTime::<chrono::Utc>::default().is_unset());
    #[cfg(feature = "time")]
    assert!(time::OffsetDateTime::UNIX_EPOCH.is_unset());
    #[cfg(feature = "jiff")]
    assert!(jiff::Timestamp::default().is_unset());
    assert_eq!(Version::default().get(), 0);
}

#[test]
fn a_manual_clock_moves_for_all_its_clones() {
    let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
    let other = clock.clone();
    clock.advance(Duration::from_millis(1_500));
    assert_eq!(other.now().as_millis(), 1_500);
    other.set(Timestamp::MIN);
    assert_eq!(clock.now(), Timestamp::MIN);
    clock.advance(Duration::MAX);
    assert_eq!(other.now(), Timestamp::MAX);
}

#[test]
fn clocks_are_objects() {
    let clocks: [Box<dyn Clock>; 3] =
        [Box::new(SystemClock), Box::new(ManualClock::new(Timestamp::MAX)), Box::new(|| Timestamp::MAX)];
    assert!(clocks[0].now() > Timestamp::UNIX_EPOCH);
    assert!(clocks[1..].iter().all(|clock| clock.now() == Timestamp::MAX));
}

#[test]
fn what_dynamodb_reads_as_a_time_to_live() {
    fn is_ttl<T: TtlField>() {}
    is_ttl::<EpochSeconds>();
    is_ttl::<u32>();
    is_ttl::<u64>();
    is_ttl::<i64>();
    is_ttl::<Option<EpochSeconds>>();
}
