//! Values of the entities: random ones, and neighbours of those.

use std::num::NonZeroU16;

use dynamo_model::Timestamp;
use proptest::{collection::vec, prelude::*, sample::select};
use ulid::Ulid;
use uuid::Uuid;

use crate::{
    model::{
        Braces, Counter, Days, Ids, Instants, Keys, Lowered, Names, Numbers, Raw, Serial, Sparse, Status, Texts, UserId,
    },
    text::hostile,
};

/// An entity that random cases are made of.
pub(crate) trait Case: dynamo_model::Entity<Table = Keys> + Clone + std::fmt::Debug {
    fn any() -> BoxedStrategy<Self>;

    /// Takes over some of the other's fields, or values next to them; five bits of `how` decide for a field.
    fn blend(&mut self, other: &Self, how: u64);
}

/// Values of one entity, of which each is a random one or shares parts with an earlier one.
pub(crate) fn population<E: Case>(sizes: std::ops::Range<usize>) -> impl Strategy<Value = Vec<E>> {
    vec((E::any(), any::<u64>(), any::<proptest::sample::Index>()), sizes).prop_map(|drawn| {
        let mut values: Vec<E> = Vec::with_capacity(drawn.len());
        for (mut value, how, earlier) in drawn {
            if !values.is_empty() {
                value.blend(&values[earlier.index(values.len())], how);
            }
            values.push(value);
        }
        values
    })
}

/// A value next to this one.
trait Near {
    fn near(&self, how: u64) -> Self;
}

impl Near for String {
    fn near(&self, how: u64) -> Self {
        let mut text = self.clone();
        match how {
            0 => text.push('\0'),
            1 => text.push('#'),
            2 => text.push('$'),
            3 => text.push(char::MAX),
            _ if text.chars().count() > 1 => drop(text.pop()),
            _ => text.push('a'),
        }
        text
    }
}

macro_rules! near {
    ($($type:ty: |$value:ident| $before:expr, $after:expr;)*) => {$(
        impl Near for $type {
            fn near(&self, how: u64) -> Self {
                let $value = self;
                if how % 2 == 0 { $before } else { $after }.unwrap_or_else(|| self.clone())
            }
        }
    )*};
}

near! {
    u8: |value| value.checked_sub(1), value.checked_add(1);
    u32: |value| value.checked_sub(1), value.checked_add(1);
    u64: |value| value.checked_sub(1), value.checked_add(1);
    u128: |value| value.checked_sub(1), value.checked_add(1);
    u16: |value| value.checked_sub(1), value.checked_add(1);
    i8: |value| value.checked_sub(1), value.checked_neg();
    i64: |value| value.checked_sub(1), value.checked_neg();
    i128: |value| value.checked_sub(1), value.checked_neg();
    NonZeroU16: |value| NonZeroU16::new(value.get() - 1), value.checked_add(1);
    Timestamp: |value| Timestamp::from_millis(value.as_millis() - 1).ok(), Timestamp::from_millis(value.as_millis() + 1).ok();
    chrono::DateTime<chrono::Utc>: |value| value.checked_sub_signed(chrono::Duration::nanoseconds(1)),
        value.checked_add_signed(chrono::Duration::nanoseconds(1));
    time::OffsetDateTime: |value| value.checked_sub(time::Duration::NANOSECOND), value.checked_add(time::Duration::NANOSECOND);
    jiff::Timestamp: |value| jiff::Timestamp::from_nanosecond(value.as_nanosecond() - 1).ok(),
        jiff::Timestamp::from_nanosecond(value.as_nanosecond() + 1).ok();
    chrono::NaiveDate: |value| value.pred_opt(), value.succ_opt();
    time::Date: |value| value.previous_day(), value.next_day();
    jiff::civil::Date: |value| value.yesterday().ok(), value.tomorrow().ok();
    Ulid: |value| value.0.checked_sub(1).map(Ulid), value.0.checked_add(1).map(Ulid);
    Uuid: |value| value.as_u128().checked_sub(1).map(Uuid::from_u128), value.as_u128().checked_add(1).map(Uuid::from_u128);
    UserId: |value| Some(UserId(value.0.near(0))), Some(UserId(value.0.near(9)));
    Serial: |value| value.0.0.checked_sub(1).map(serial), value.0.0.checked_add(1).map(serial);
    char: |value| char::from_u32(u32::from(*value).wrapping_sub(1)), char::from_u32(u32::from(*value) + 1);
    Status: |_value| Some(Status::Done), Some(Status::DoneLate);
    bool: |value| Some(!value), None;
}

impl<T: Near + Clone> Near for Option<T> {
    fn near(&self, how: u64) -> Self {
        self.as_ref().map(|value| value.near(how))
    }
}

fn serial(number: u16) -> Serial {
    Serial(Counter(number))
}

macro_rules! cases {
    ($($entity:ident { $($field:ident: $strategy:expr,)* })*) => {$(
        impl Case for $entity {
            fn any() -> BoxedStrategy<Self> {
                ($($strategy,)*).prop_map(|($($field,)*)| Self { $($field,)* }).boxed()
            }

            fn blend(&mut self, other: &Self, mut how: u64) {
                $(
                    match how % 32 {
                        0..12 => {}
                        12..24 => self.$field = other.$field.clone(),
                        near => self.$field = other.$field.near(near - 24),
                    }
                    how /= 32;
                )*
                let _ = how;
            }
        }
    )*};
}

cases! {
    Texts { tenant: hostile(), a: hostile(), b: hostile(), c: hostile(), }
    Numbers {
        tenant: any::<u32>(),
        tiny: any::<i8>(),
        seq: prop_oneof![0..=10_u32, 0..=99_999_999_u32, Just(99_999_999)],
        count: number(),
        delta: prop_oneof![-10..=10_i64, any::<i64>(), Just(i64::MIN)],
        big: prop_oneof![0..=10_u128, any::<u128>(), Just(u128::MAX)],
        rank: any::<NonZeroU16>(),
        last: prop_oneof![-10..=10_i128, any::<i128>(), Just(i128::MIN), Just(i128::MAX)],
    }
    Instants {
        tenant: any::<u8>(),
        at: millis().prop_map(|millis| Timestamp::from_millis(millis).unwrap()),
        chrono: nanos().prop_map(|(seconds, nanos)| chrono::DateTime::from_timestamp(seconds, nanos).unwrap()),
        time: nanos().prop_map(|(seconds, nanos)| {
            let at = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            at.replace_nanosecond(nanos).unwrap()
        }),
        jiff: nanos().prop_map(|(seconds, nanos)| {
            let latest = jiff::Timestamp::MAX.as_second() - 1;
            jiff::Timestamp::new(seconds.min(latest), nanos.cast_signed()).unwrap()
        }),
    }
    Days {
        tenant: hostile(),
        chrono: day().prop_map(|days| chrono::NaiveDate::from_epoch_days(days).unwrap()),
        time: day().prop_map(|days| time::Date::from_julian_day(days + 2_440_588).unwrap()),
        jiff: day().prop_map(|days| {
            jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
        }),
        note: hostile(),
    }
    Ids {
        tenant: hostile(),
        ulid: prop_oneof![0..=10_u128, any::<u128>(), Just(u128::MAX)].prop_map(Ulid),
        uuid: prop_oneof![0..=10_u128, any::<u128>(), Just(u128::MAX)].prop_map(Uuid::from_u128),
        user: hostile().prop_map(UserId),
    }
    Names {
        tenant: hostile(),
        status: select(&Status::ALL[..]),
        flag: any::<bool>(),
        letter: prop_oneof![any::<char>(), hostile().prop_map(|text| text.chars().next().unwrap())],
        serial: any::<u16>().prop_map(serial),
    }
    Lowered { email: hostile(), name: hostile(), }
    Raw { tenant: hostile(), code: any::<u16>(), name: hostile().prop_map(|text| text.replace('#', "\"")), }
    Braces { tenant: hostile(), a: hostile(), }
    Sparse {
        tenant: hostile(),
        a: hostile(),
        owner: proptest::option::of(hostile()),
        rank: proptest::option::of(any::<u8>()),
        note: proptest::option::of(hostile()),
    }
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..=10_u64, any::<u64>(), Just(u64::MAX)]
}

/// The years 0000 to 9999, near the epoch more often.
fn millis() -> impl Strategy<Value = i64> {
    let ends = [Timestamp::MIN.as_millis(), -1, 0, 1, Timestamp::MAX.as_millis()];
    prop_oneof![-2_000..2_000_i64, Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis(), select(ends.to_vec())]
}

fn nanos() -> impl Strategy<Value = (i64, u32)> {
    let nanos = prop_oneof![Just(0), Just(1), Just(999_999_999), 0..1_000_000_000_u32];
    (millis().prop_map(|millis| millis.div_euclid(1_000)), nanos)
}

fn day() -> impl Strategy<Value = i32> {
    prop_oneof![-2..=2, -719_528..=2_932_896_i32, Just(-719_528), Just(2_932_896)]
}
