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
/// DynamoDB refuses an item of more than 400 KB (409,600 bytes). The guide gives the size of a number as "approximately"
/// one byte for two significant digits and one more; here it is what DynamoDB was seen to count: a byte for every two
/// significant digits before the decimal point and for every two after it, one more, and another if the number is
/// negative. The 100 bytes that DynamoDB bills for storing each item are not part of its size.
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

/// A byte for two digits before the point and for two after it, one more, and one for a minus sign.
pub(crate) fn number_size(text: &str) -> usize {
    let (sign, text) = text.strip_prefix('-').map_or((0, text.trim_start_matches('+')), |text| (1, text));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    let leading = digits().take_while(|&digit| digit == b'0').count();
    let Some((last, _)) = digits().enumerate().filter(|(_, digit)| *digit != b'0').last() else { return 1 };
    let significant = last + 1 - leading;
    let exponent = exponent.parse::<isize>().unwrap_or_default();
    let point = whole.len().saturating_add_signed(exponent);
    let before = point.saturating_sub(leading).min(significant);
    before.div_ceil(2) + (significant - before).div_ceil(2) + 1 + sign
}
