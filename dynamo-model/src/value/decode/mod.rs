//! Attribute values to Rust values.

mod element;
mod entries;
mod error;
mod key;
mod list;
mod number;
mod value;
mod variant;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

use super::Item;
use super::depth::{Levels, dismantle};
use error::Kind;
use value::ValueDeserializer;

pub use error::DecodeError;

/// Reads a value back from an attribute value.
///
/// ```
/// use aws_sdk_dynamodb::types::AttributeValue;
/// use dynamo_model::value::from_attribute_value;
///
/// let number = AttributeValue::N("42".to_owned());
/// assert_eq!(from_attribute_value::<u32>(number.clone())?, 42);
///
/// let error = from_attribute_value::<String>(number).unwrap_err();
/// assert_eq!(error.to_string(), "expected a string (S), found a number (N)");
/// # Ok::<(), dynamo_model::value::DecodeError>(())
/// ```
///
/// # Errors
///
/// The attribute value is not what the type's `Deserialize` reads, or nests more than 128 levels deep.
pub fn from_attribute_value<T: DeserializeOwned>(value: AttributeValue) -> Result<T, DecodeError> {
    if Levels::ALL.suffice_for(&value) {
        T::deserialize(ValueDeserializer(value))
    } else {
        dismantle(value);
        Err(DecodeError::new(Kind::TooDeep))
    }
}

/// What the functions of `#[serde(deserialize_with = "..")]` read from.
///
/// # Errors
///
/// The value nests more than 128 levels deep.
pub(crate) fn deserializer<'de>(
    value: AttributeValue,
) -> Result<impl serde::Deserializer<'de, Error = DecodeError>, DecodeError> {
    if Levels::ALL.suffice_for(&value) {
        return Ok(ValueDeserializer(value));
    }
    dismantle(value);
    Err(DecodeError::new(Kind::TooDeep))
}

/// Reads a struct, a map, or a variant with fields, back from an item.
///
/// ```
/// use aws_sdk_dynamodb::types::AttributeValue;
/// use dynamo_model::value::{Item, from_item};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct User {
///     name: String,
///     logins: u32,
/// }
///
/// let mut item = Item::from([("name".to_owned(), AttributeValue::S("Alice".to_owned()))]);
/// let error = from_item::<User>(item.clone()).unwrap_err();
/// assert_eq!(error.path(), "logins");
/// assert_eq!(error.to_string(), "`logins` is missing");
///
/// item.insert("logins".to_owned(), AttributeValue::N("3".to_owned()));
/// assert_eq!(from_item::<User>(item)?.logins, 3);
/// # Ok::<(), dynamo_model::value::DecodeError>(())
/// ```
///
/// # Errors
///
/// As for [`from_attribute_value`].
pub fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, DecodeError> {
    decode_skipping(item, &[])
}

/// [`from_item`], as if the attributes named in `hidden` were not in the item: to a type that takes all attributes
/// (`flatten`) or refuses unknown ones (`deny_unknown_fields`), the attributes that the library adds do not exist.
///
/// # Errors
///
/// As for [`from_item`].
pub(crate) fn decode_skipping<T: DeserializeOwned>(mut item: Item, hidden: &[&str]) -> Result<T, DecodeError> {
    let inside = Levels::ALL.enter();
    let fits = item.values().all(|value| inside.is_some_and(|levels| levels.suffice_for(value)));
    if !fits {
        dismantle(AttributeValue::M(item));
        return Err(DecodeError::new(Kind::TooDeep));
    }
    if !hidden.is_empty() {
        item.retain(|name, _| !hidden.contains(&name.as_str()));
    }
    T::deserialize(ValueDeserializer(AttributeValue::M(item)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {
        points: u32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Open {
        points: u32,
        #[serde(flatten)]
        rest: BTreeMap<String, String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Circle { radius: u32 },
    }

    const HIDDEN: &[&str] = &["PK", "SK"];

    fn text(text: &str) -> AttributeValue {
        AttributeValue::S(text.to_owned())
    }

    fn keyed(name: &str, value: AttributeValue) -> Item {
        Item::from([("PK".to_owned(), text("TASK#1")), ("SK".to_owned(), text("TASK#1")), (name.to_owned(), value)])
    }

    #[test]
    fn hidden_attributes_do_not_exist() {
        let points = || keyed("points", AttributeValue::N("3".to_owned()));
        assert_eq!(decode_skipping::<Strict>(points(), HIDDEN).unwrap(), Strict { points: 3 });
        assert_eq!(decode_skipping::<Strict>(points(), &["PK"]).unwrap_err().path(), "SK");

        let open = decode_skipping::<Open>(points(), &["PK"]).unwrap();
        assert_eq!(open.rest, BTreeMap::from([("SK".to_owned(), "TASK#1".to_owned())]));

        let radius = Item::from([("radius".to_owned(), AttributeValue::N("1".to_owned()))]);
        let shape = decode_skipping::<Shape>(keyed("Circle", AttributeValue::M(radius)), HIDDEN).unwrap();
        assert_eq!(shape, Shape::Circle { radius: 1 });
    }

    #[test]
    fn only_the_items_own_attributes_are_hidden() {
        let nested = AttributeValue::M(Item::from([("PK".to_owned(), text("kept"))]));
        let read: BTreeMap<String, BTreeMap<String, String>> = decode_skipping(keyed("inner", nested), HIDDEN).unwrap();
        assert_eq!(read["inner"]["PK"], "kept");
    }

    proptest! {
        #[test]
        fn hiding_equals_removing(
            attributes in proptest::collection::btree_map("[a-e]{1,2}", any::<u32>(), 0..8),
            hidden in proptest::collection::vec("[a-e]{1,2}", 0..8),
        ) {
            let item = crate::value::to_item(&attributes).unwrap();
            let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
            let read: BTreeMap<String, u32> = decode_skipping(item, &hidden).unwrap();
            let kept = attributes.into_iter().filter(|(name, _)| !hidden.contains(&name.as_str()));
            prop_assert_eq!(read, kept.collect());
        }
    }
}
