//! Images of other crates' types, as the attribute values of this one.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodbstreams::types::AttributeValue as StreamValue;

use crate::value::{DecodeError, Item};

/// The levels of nesting that are converted, the item itself being the first: as many as are decoded.
const LEVELS: u8 = 128;

/// An item as a record carries it.
#[derive(Debug)]
pub(super) struct Image {
    /// What could be converted.
    pub(super) item: Item,
    /// The first attribute that could not. Whether it matters is for the item's type to say.
    pub(super) fault: Option<DecodeError>,
}

/// One level of an attribute value of another crate.
pub(super) enum Level<V> {
    Scalar(AttributeValue),
    List(Vec<V>),
    Map(HashMap<String, V>),
    /// A type that the crate does not know.
    Unknown,
}

/// An attribute value of another crate.
pub(super) trait Foreign: Sized {
    fn open(self) -> Level<Self>;
}

impl Image {
    pub(super) fn new<V: Foreign>(attributes: HashMap<String, V>) -> Self {
        let mut fault = None;
        let mut item = Item::with_capacity(attributes.len());
        for (name, value) in attributes {
            match convert(value, LEVELS - 1) {
                Ok(value) => {
                    item.insert(name, value);
                }
                Err(error) => fault = fault.or(Some(error.within(name))),
            }
        }
        Self { item, fault }
    }

    /// The image, or `None` where the record carries none: an item has its key at least.
    pub(super) fn of<V: Foreign>(attributes: HashMap<String, V>) -> Option<Self> {
        (!attributes.is_empty()).then(|| Self::new(attributes))
    }
}

fn convert<V: Foreign>(value: V, levels: u8) -> Result<AttributeValue, DecodeError> {
    let inside = || levels.checked_sub(1).ok_or_else(DecodeError::too_deep);
    match value.open() {
        Level::Scalar(value) => Ok(value),
        Level::List(list) => {
            let inside = inside()?;
            let list = list.into_iter().enumerate();
            list.map(|(at, value)| convert(value, inside).map_err(|error| error.within(at)))
                .collect::<Result<_, _>>()
                .map(AttributeValue::L)
        }
        Level::Map(map) => {
            let inside = inside()?;
            map.into_iter()
                .map(|(name, value)| match convert(value, inside) {
                    Ok(value) => Ok((name, value)),
                    Err(error) => Err(error.within(name)),
                })
                .collect::<Result<_, _>>()
                .map(AttributeValue::M)
        }
        Level::Unknown => Err(DecodeError::unknown_type()),
    }
}

impl Foreign for StreamValue {
    fn open(self) -> Level<Self> {
        Level::Scalar(match self {
            Self::S(text) => AttributeValue::S(text),
            Self::N(number) => AttributeValue::N(number),
            Self::B(bytes) => AttributeValue::B(bytes),
            Self::Bool(flag) => AttributeValue::Bool(flag),
            Self::Null(null) => AttributeValue::Null(null),
            Self::Ss(texts) => AttributeValue::Ss(texts),
            Self::Ns(numbers) => AttributeValue::Ns(numbers),
            Self::Bs(bytes) => AttributeValue::Bs(bytes),
            Self::L(list) => return Level::List(list),
            Self::M(map) => return Level::Map(map),
            _ => return Level::Unknown,
        })
    }
}

#[cfg(feature = "lambda")]
impl Foreign for serde_dynamo::AttributeValue {
    fn open(self) -> Level<Self> {
        use aws_sdk_dynamodb::primitives::Blob;

        Level::Scalar(match self {
            Self::S(text) => AttributeValue::S(text),
            Self::N(number) => AttributeValue::N(number),
            Self::B(bytes) => AttributeValue::B(Blob::new(bytes)),
            Self::Bool(flag) => AttributeValue::Bool(flag),
            Self::Null(null) => AttributeValue::Null(null),
            Self::Ss(texts) => AttributeValue::Ss(texts),
            Self::Ns(numbers) => AttributeValue::Ns(numbers),
            Self::Bs(bytes) => AttributeValue::Bs(bytes.into_iter().map(Blob::new).collect()),
            Self::L(list) => return Level::List(list),
            Self::M(map) => return Level::Map(map),
        })
    }
}

#[cfg(test)]
mod tests;
