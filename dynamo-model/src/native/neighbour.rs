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
