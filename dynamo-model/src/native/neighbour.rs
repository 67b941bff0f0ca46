//! What lies next to a stored value: an excluded end of a range becomes an included one.
//!
//! DynamoDB takes one condition on an attribute, and of those with two ends only `BETWEEN`, which includes both.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};

use super::number;
use crate::{
    key::{SORT_KEY_LIMIT, text_after, text_before},
    schema::NativeForm,
};

/// The first value above this one that an attribute of the form can hold, or one below it and above this one; `None` if
/// there is none.
pub(super) fn after(value: &AttributeValue, form: NativeForm) -> Option<AttributeValue> {
    match value {
        AttributeValue::S(text) => text_after(text, SORT_KEY_LIMIT).map(AttributeValue::S),
        AttributeValue::N(text) => number_beside(text, form, true),
        AttributeValue::B(bytes) => bytes_after(bytes.as_ref()),
        _ => None,
    }
}

/// The last value below this one that an attribute of the form can hold, or one above it and below this one; `None` if
/// there is none.
pub(super) fn before(value: &AttributeValue, form: NativeForm) -> Option<AttributeValue> {
    match value {
        AttributeValue::S(text) => {
            let is_fixed = matches!(form, NativeForm::Fixed { width } if text.len() == usize::from(width));
            text_before(text, is_fixed, SORT_KEY_LIMIT).map(AttributeValue::S)
        }
        AttributeValue::N(text) => number_beside(text, form, false),
        AttributeValue::B(bytes) => bytes_before(bytes.as_ref()),
        _ => None,
    }
}

fn number_beside(text: &str, form: NativeForm, up: bool) -> Option<AttributeValue> {
    let whole = if form == NativeForm::Whole { number::whole_beside(text, up) } else { None };
    whole.or_else(|| number::beside(text, up)).map(AttributeValue::N)
}

fn bytes_after(bytes: &[u8]) -> Option<AttributeValue> {
    let mut bytes = bytes.to_vec();
    if bytes.len() < SORT_KEY_LIMIT {
        bytes.push(0);
        return Some(AttributeValue::B(Blob::new(bytes)));
    }
    while let Some(end) = bytes.pop() {
        if let Some(next) = end.checked_add(1) {
            bytes.push(next);
            return Some(AttributeValue::B(Blob::new(bytes)));
        }
    }
    None
}

fn bytes_before(bytes: &[u8]) -> Option<AttributeValue> {
    let mut bytes = bytes.to_vec();
    let end = bytes.pop()?;
    if let Some(previous) = end.checked_sub(1) {
        bytes.push(previous);
        bytes.resize(SORT_KEY_LIMIT, u8::MAX);
    }
    // No attribute of a key is empty.
    (!bytes.is_empty()).then(|| AttributeValue::B(Blob::new(bytes)))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::value::compare_values;

    fn text() -> impl Strategy<Value = String> {
        let few =
            vec(select(&['\0', '\u{1}', 'a', 'b', '\u{7f}', '\u{80}', '\u{d7ff}', '\u{e000}', '\u{10ffff}'][..]), 1..4);
        few.prop_map(String::from_iter)
    }

    fn pair() -> impl Strategy<Value = (NativeForm, AttributeValue, AttributeValue)> {
        let fixed = || vec(select(&['0', '1', '8', '9', 'A', 'Z'][..]), 3).prop_map(String::from_iter);
        let number =
            || prop_oneof![-3..3_i128, any::<i64>().prop_map(i128::from), 10_i128.pow(37) - 2..10_i128.pow(37) + 2];
        let decimal = || (number(), 0..3_u32).prop_map(|(number, places)| format!("{number}E-{places}"));
        let bytes = || vec(select(&[0_u8, 1, 2, 127, 254, 255][..]), 1..4);
        let texts = move |(a, b)| (AttributeValue::S(a), AttributeValue::S(b));
        let numbers = |(a, b)| (AttributeValue::N(a), AttributeValue::N(b));
        prop_oneof![
            (text(), text()).prop_map(texts).prop_map(|(a, b)| (NativeForm::Text, a, b)),
            (fixed(), fixed()).prop_map(texts).prop_map(|(a, b)| (NativeForm::Fixed { width: 3 }, a, b)),
            (number(), number()).prop_map(|(a, b)| {
                let number = |number: i128| AttributeValue::N(number.to_string());
                (NativeForm::Whole, number(a), number(b))
            }),
            (decimal(), decimal()).prop_map(numbers).prop_map(|(a, b)| (NativeForm::Decimal, a, b)),
            (bytes(), bytes())
                .prop_map(|(a, b)| (AttributeValue::B(Blob::new(a)), AttributeValue::B(Blob::new(b))))
                .prop_map(|(a, b)| (NativeForm::Bytes, a, b)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// No value of the form lies between one and its neighbour.
        #[test]
        fn neighbours_leave_out_one_value((form, value, other) in pair()) {
            let order = |a: &AttributeValue, b: &AttributeValue| compare_values(a, b).expect("of one type");
            let is_below = order(&other, &value) == Ordering::Less;
            let below = before(&value, form).is_some_and(|end| order(&other, &end) != Ordering::Greater);
            prop_assert_eq!(is_below, below, "{:?} {:?}", other, before(&value, form));
            let is_above = order(&other, &value) == Ordering::Greater;
            let above = after(&value, form).is_some_and(|end| order(&other, &end) != Ordering::Less);
            prop_assert_eq!(is_above, above, "{:?} {:?}", other, after(&value, form));
        }
    }

    /// What fills an attribute has neighbours too.
    #[test]
    fn the_longest_values_have_neighbours() {
        let text = |text: String| AttributeValue::S(text);
        let full = "b".repeat(SORT_KEY_LIMIT);
        let next = format!("{}c", "b".repeat(SORT_KEY_LIMIT - 1));
        assert_eq!(after(&text(full.clone()), NativeForm::Text), Some(text(next.clone())));
        assert_eq!(before(&text(next), NativeForm::Text), Some(text(full)));
        assert_eq!(before(&text("\0".to_owned()), NativeForm::Text), None);
        let bytes = |bytes: Vec<u8>| AttributeValue::B(Blob::new(bytes));
        assert_eq!(after(&bytes(vec![255; SORT_KEY_LIMIT]), NativeForm::Bytes), None);
        assert_eq!(before(&bytes(vec![0]), NativeForm::Bytes), None);
        assert_eq!(before(&bytes(vec![1, 0]), NativeForm::Bytes), Some(bytes(vec![1])));
    }
}
