//! A native key holds what serde writes of the field, in the type that the field's says.

use std::{borrow::Cow, num::NonZero};

use dynamo_model::{
    Entity as _, NativePart, Timestamp, Version,
    schema::{NativeForm, ScalarType},
    value::to_attribute_value,
};
use proptest::prelude::*;

use crate::{
    model::{Bytes, Org, Price, Status},
    world::drafts,
};

/// What serde writes is of the form that the type states.
fn holds<T: NativePart>(value: &T) {
    let stored = to_attribute_value(value).expect("a value of this type is stored");
    match T::FORM {
        NativeForm::Fixed { width } => {
            assert_eq!(stored.as_s().expect("a string").len(), usize::from(width));
        }
        NativeForm::Whole => {
            let text = stored.as_n().expect("a number");
            assert!(text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()), "{text}");
        }
        form => {
            let is = [(ScalarType::S, stored.is_s()), (ScalarType::N, stored.is_n()), (ScalarType::B, stored.is_b())];
            assert!(is.contains(&(form.scalar(), true)), "{stored:?} of {form:?}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(1_000))]

    #[test]
    fn types_are_stored_as_they_say(text in any::<String>(), number in any::<i64>(), day in 0..3_652_059_i32, bits in any::<u128>()) {
        holds(&text);
        holds(&text.clone().into_boxed_str());
        holds(&Cow::<'static, str>::Owned(text.clone()));
        holds(&text.chars().next().unwrap_or('x'));
        holds(&Org(text.clone()));
        holds(&Bytes(text.into_bytes()));
        holds(&Price(0.5));
        holds(&Status::InProgress);
        holds(&Status::Done);
        holds(&number);
        holds(&i128::from(number));
        holds(&(bits >> 2));
        holds(&NonZero::<u64>::MIN);
        holds(&Version::from(number.unsigned_abs()));
        holds(&dynamo_model::EpochSeconds::new(number.unsigned_abs()));
        let millis = number.rem_euclid(253_402_300_799_999);
        holds(&Timestamp::from_millis(millis).expect("a time of these years"));
        holds(&ulid::Ulid::from(bits));
        holds(&uuid::Uuid::from_u128(bits));
        let chrono = chrono::DateTime::from_timestamp_nanos(number);
        holds(&chrono);
        holds(&jiff::Timestamp::from_nanosecond(number.into()).expect("a time of this era"));
        // The years 1 to 9999.
        let date = chrono::NaiveDate::from_num_days_from_ce_opt(day.max(1)).expect("a date");
        holds(&date);
        let same = jiff::civil::Date::new(
            i16::try_from(chrono::Datelike::year(&date)).expect("four digits"),
            i8::try_from(chrono::Datelike::month(&date)).expect("a month"),
            i8::try_from(chrono::Datelike::day(&date)).expect("a day"),
        );
        holds(&same.expect("a date"));
    }

    /// Nothing is written beside the fields, but for the table's own key and that of the index that has one.
    #[test]
    fn an_item_has_no_synthetic_attributes(drafts in drafts(1..3)) {
        let task = drafts[0].task("id");
        let mut expected = dynamo_model::value::to_item(&task).expect("a struct");
        let item = task.to_item().expect("short texts");
        for own in ["PK", "SK", "entityType", "GSI5PK", "GSI5SK"] {
            let value = item.get(own).unwrap_or_else(|| panic!("no {own}")).clone();
            expected.insert(own.to_owned(), value);
        }
        prop_assert_eq!(item, expected);
    }
}
