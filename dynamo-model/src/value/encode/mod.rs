//! Rust values to attribute values.

mod error;
mod fields;
mod item;
mod key;
mod list;
mod set;
mod value;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use super::Item;
pub use error::EncodeError;
pub(crate) use set::is_empty_set;

/// Writes a value as one attribute value.
///
/// ```
/// use aws_sdk_dynamodb::types::AttributeValue;
/// use dynamo_model::value::to_attribute_value;
///
/// assert_eq!(to_attribute_value(&42)?, AttributeValue::N("42".to_owned()));
/// assert_eq!(to_attribute_value("Alice")?, AttributeValue::S("Alice".to_owned()));
/// # Ok::<(), dynamo_model::value::EncodeError>(())
/// ```
///
/// # Errors
///
/// The value has no form in DynamoDB: a map's key that is no text, a number of more than 38 significant digits, an
/// element that does not fit its set, more than 128 levels of nesting; or its own `Serialize` refuses it.
pub fn to_attribute_value<T: Serialize + ?Sized>(value: &T) -> Result<AttributeValue, EncodeError> {
    value.serialize(value::ValueSerializer::new())
}

/// What [`to_attribute_value`] writes with.
pub(crate) fn serializer() -> impl serde::Serializer<Ok = AttributeValue, Error = EncodeError> {
    value::ValueSerializer::new()
}

/// Writes a struct, a map, or a variant with fields, as an item.
///
/// ```
/// use aws_sdk_dynamodb::types::AttributeValue;
/// use dynamo_model::value::to_item;
///
/// #[derive(serde::Serialize)]
/// struct User<'a> {
///     name: &'a str,
///     logins: u32,
/// }
///
/// let item = to_item(&User { name: "Alice", logins: 3 })?;
/// assert_eq!(item["name"], AttributeValue::S("Alice".to_owned()));
/// assert_eq!(item["logins"], AttributeValue::N("3".to_owned()));
/// # Ok::<(), dynamo_model::value::EncodeError>(())
/// ```
///
/// # Errors
///
/// As for [`to_attribute_value`], and where the value is neither a struct nor a map.
pub fn to_item<T: Serialize + ?Sized>(value: &T) -> Result<Item, EncodeError> {
    let mut item = Item::new();
    encode_into(value, &mut item)?;
    Ok(item)
}

/// Writes a struct's fields or a map's entries into `item`, next to what it holds; an attribute of the same name is
/// replaced.
///
/// An item that was made with room for the attributes to come saves their rehashing.
///
/// # Errors
///
/// As for [`to_item`]. The item may then hold a part of the attributes.
pub(crate) fn encode_into<T: Serialize + ?Sized>(value: &T, item: &mut Item) -> Result<(), EncodeError> {
    value.serialize(item::ItemSerializer::new(item))
}

/// The room made ahead for a container of a stated length. A type may state any length, so the room is bounded.
fn room_for(stated: usize) -> usize {
    stated.min(4096)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_join_those_of_the_item() {
        let mut item = Item::from([
            ("PK".to_owned(), AttributeValue::S("TASK#1".to_owned())),
            ("points".to_owned(), AttributeValue::N("1".to_owned())),
        ]);
        encode_into(&std::collections::BTreeMap::from([("points", 2), ("rank", 3)]), &mut item).unwrap();
        assert_eq!(item.len(), 3);
        assert_eq!(item["PK"], AttributeValue::S("TASK#1".to_owned()));
        assert_eq!(item["points"], AttributeValue::N("2".to_owned()));
        assert_eq!(item["rank"], AttributeValue::N("3".to_owned()));
    }

    #[test]
    fn a_pre_sized_item_is_not_grown() {
        let mut item = Item::with_capacity(20);
        let room = item.capacity();
        let attributes: std::collections::BTreeMap<_, _> = (0..room).map(|n| (n, n)).collect();
        encode_into(&attributes, &mut item).unwrap();
        assert_eq!((item.len(), item.capacity()), (room, room));
    }
}
