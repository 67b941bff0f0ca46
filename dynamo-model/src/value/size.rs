//! How many bytes an item counts for.

use aws_sdk_dynamodb::types::AttributeValue;

use super::Item;

/// The largest item that DynamoDB stores, in bytes: 400 KB, names included.
///
/// Source: "Constraints in Amazon DynamoDB", *Item size*.
pub const ITEM_SIZE_LIMIT: usize = 400 * 1024;

/// The size of an item in bytes, names and values, by the rules of "DynamoDB item sizes and formats" in the Amazon
/// DynamoDB Developer Guide.
///
/// DynamoDB refuses an item of more than 400 KB (409,600 bytes). Every type has an exact rule except numbers, whose size
/// the guide gives as "approximately" one byte for two significant digits and one more; a negative number takes
/// another byte. The 100 bytes that DynamoDB bills for storing each item are not part of its size.
///
/// ```
/// use dynamo_model::value::{Item, item_size};
/// use aws_sdk_dynamodb::types::AttributeValue;
///
/// let item = Item::from([
///     ("PK".to_owned(), AttributeValue::S("TASK#1".to_owned())), // 2 + 6
///     ("points".to_owned(), AttributeValue::N("128".to_owned())), // 6 + 3
/// ]);
/// assert_eq!(item_size(&item), 17);
/// ```
#[must_use]
pub fn item_size(item: &Item) -> usize {
    let mut nested = Vec::new();
    let mut size: usize = item.iter().map(|(name, value)| name.len() + shallow_size(value, &mut nested)).sum();
    while let Some(value) = nested.pop() {
        size += shallow_size(value, &mut nested);
    }
    size
}

/// The size of a value.
pub(crate) fn value_size(value: &AttributeValue) -> usize {
    let mut nested = Vec::new();
    let mut size = shallow_size(value, &mut nested);
    while let Some(value) = nested.pop() {
        size += shallow_size(value, &mut nested);
    }
    size
}

/// What lists and maps need beside their elements.
const CONTAINER: usize = 3;
/// What each element of a list or a map needs beside its name and value.
const ELEMENT: usize = 1;

/// The size of a value without the values in it, which are left in `nested`: no depth of nesting can overflow the stack.
fn shallow_size<'v>(value: &'v AttributeValue, nested: &mut Vec<&'v AttributeValue>) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(text) => number_size(text),
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        AttributeValue::Ss(set) => set.iter().map(String::len).sum(),
        AttributeValue::Ns(set) => set.iter().map(|text| number_size(text)).sum(),
        AttributeValue::Bs(set) => set.iter().map(|blob| blob.as_ref().len()).sum(),
        AttributeValue::L(list) => {
            nested.extend(list);
            CONTAINER + list.len() * ELEMENT
        }
        AttributeValue::M(map) => {
            nested.extend(map.values());
            CONTAINER + map.keys().map(|name| name.len() + ELEMENT).sum::<usize>()
        }
        // A type that the SDK does not know cannot be sent.
        _ => 0,
    }
}

/// The size of a number.
pub(crate) fn number_size(text: &str) -> usize {
    let sign = usize::from(text.starts_with('-'));
    significant_digits(text).div_ceil(2) + 1 + sign
}

/// The digits between the first and the last that is not zero, in plain or scientific notation.
fn significant_digits(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    let (mut counted, mut trailing_zeros) = (0, 0);
    for digit in digits.skip_while(|&digit| digit == b'0') {
        counted += 1;
        trailing_zeros = if digit == b'0' { trailing_zeros + 1 } else { 0 };
    }
    counted - trailing_zeros
}
