//! Integers, plain and padded.

use std::num::NonZero;

use dynamo_model::key::{KeyPart, PartKind, PartSpec};
use proptest::prelude::*;

use crate::laws::{canonical, cases, edit, encode, exact, laws, ordered, plain, refuses};

macro_rules! integers {
    ($($integer:ident: $kind:expr),*) => {$(
        mod $integer {
            use super::*;

            const LANDMARKS: [$integer; 7] =
                [$integer::MIN, 0, 1, 9, 10, $integer::MAX / 10, $integer::MAX];

            /// Any number, of any length, with the ends of the range and of the digits among them.
            fn number() -> impl Strategy<Value = $integer> {
                prop_oneof![
                    any::<$integer>(),
                    (any::<$integer>(), 0..$integer::BITS).prop_map(|(number, shift)| number >> shift),
                    (0..=$integer::MAX.ilog10()).prop_map(|digits| (10 as $integer).pow(digits)),
                    prop::sample::select(&LANDMARKS),
                ]
            }

            fn pairs() -> impl Strategy<Value = ($integer, $integer)> {
                let near = (number(), 0 as $integer..4).prop_map(|(a, by)| (a, a.saturating_add(by)));
                prop_oneof![(number(), number()), near]
            }

            laws!(sorts_and_reads_back: $integer, pairs());

            proptest! {
                #![proptest_config(cases())]

                #[test]
                fn a_width_holds_what_it_has_room_for(
                    (a, b) in pairs(),
                    width in prop_oneof![0..=45_u8, Just(u8::MAX)],
                    edit in edit(),
                ) {
                    let spec = PartSpec::Width(width);
                    let fits = |number: $integer| number.to_string().len() <= usize::from(width);
                    prop_assert_eq!(encode(&a, spec).is_ok(), fits(a));
                    if fits(a) && fits(b) {
                        ordered(&a, &b, spec)?;
                    }
                    let text = encode(&a, spec).unwrap_or(plain(&a));
                    canonical::<$integer>(&text, spec)?;
                    canonical::<$integer>(&edit.apply(&text), spec)?;
                }

                #[test]
                fn non_negatives_are_zero_padded_and_non_zeros_alike(number in number()) {
                    let text = exact(&number, PartSpec::Plain)?;
                    let digits = text.trim_start_matches('0');
                    let digits = if digits.is_empty() { "0" } else { digits };
                    prop_assert_eq!(digits == number.to_string(), !number.to_string().starts_with('-'));

                    let non_zero = NonZero::<$integer>::new(number);
                    prop_assert_eq!(NonZero::decode(&text, PartSpec::Plain).ok(), non_zero);
                    prop_assert_eq!(non_zero.map(|non_zero| plain(&non_zero)), non_zero.map(|_| text));
                }
            }

            #[test]
            fn the_width_is_the_types_own() {
                assert_eq!($integer::KIND, $kind);
                assert_eq!(NonZero::<$integer>::KIND, $kind);
                let sign = if $integer::MIN == 0 { "" } else { "0" };
                assert_eq!(plain(&$integer::MAX), format!("{sign}{}", $integer::MAX));
            }

            #[test]
            fn other_specs_are_refused() {
                refuses(&(7 as $integer), &[PartSpec::Lower, PartSpec::Raw]);
            }

            #[test]
            fn what_is_too_wide_is_not_cut() {
                assert!(encode(&$integer::MAX, PartSpec::Width(2)).is_err());
                let over = format!("{}", $integer::MAX).replace(|_: char| true, "9");
                assert!($integer::decode(&over, PartSpec::Width(u8::try_from(over.len()).unwrap())).is_err());
            }
        }
    )*};
}

integers! {
    u8: PartKind::Unsigned { width: 3 },
    u16: PartKind::Unsigned { width: 5 },
    u32: PartKind::Unsigned { width: 10 },
    u64: PartKind::Unsigned { width: 20 },
    u128: PartKind::Unsigned { width: 39 },
    i8: PartKind::Signed { width: 4 },
    i16: PartKind::Signed { width: 6 },
    i32: PartKind::Signed { width: 11 },
    i64: PartKind::Signed { width: 20 },
    i128: PartKind::Signed { width: 40 }
}

#[test]
fn every_byte_is_in_its_place() {
    for (a, b) in (i8::MIN..=i8::MAX).zip(i8::MIN + 1..=i8::MAX) {
        ordered(&a, &b, PartSpec::Plain).unwrap();
    }
    for (a, b) in (u8::MIN..=u8::MAX).zip(1..=u8::MAX) {
        ordered(&a, &b, PartSpec::Plain).unwrap();
    }
}

#[test]
fn negatives_are_nines_complements() {
    assert_eq!(
        [-128, -100, -1, 0, 1, 127_i8].map(|number| plain(&number)),
        ["-871", "-899", "-998", "0000", "0001", "0127"]
    );
    assert_eq!(plain(&i128::MIN), "-829858816539530768268312696284115894271");
    assert_eq!(encode(&-12_i64, PartSpec::Width(4)).as_deref(), Ok("-987"));
    assert_eq!(encode(&1_234_i64, PartSpec::Width(4)).as_deref(), Ok("1234"));
    assert!(encode(&-1_234_i64, PartSpec::Width(4)).is_err());
}

#[test]
fn there_is_one_zero_and_one_sign() {
    for text in ["-999", "+001", "001", "00001", "0 1", "-99", "-9x9", "", "-", "0128", "-870", "٠٠٠١"] {
        assert!(i8::decode(text, PartSpec::Plain).is_err(), "{text}");
    }
    for text in ["+01", "-01", "256", "1", "0001", "", " 12"] {
        assert!(u8::decode(text, PartSpec::Plain).is_err(), "{text}");
    }
    for width in [0, 1] {
        assert!(i8::decode(&"-"[..width.min(1)], PartSpec::Width(u8::try_from(width).unwrap())).is_err());
    }
    assert!(i8::decode(&format!("-{}", "9".repeat(254)), PartSpec::Width(255)).is_err());
}
