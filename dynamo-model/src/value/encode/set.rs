//! String, number and binary sets, as `serde_dynamo` marks them.

use aws_sdk_dynamodb::types::AttributeValue;

use super::super::shape::{BINARY_SET, NUMBER_SET, STRING_SET, shape};
use super::error::{EncodeError, Kind};

/// What a sequence becomes when it is serialized as a newtype of one of `serde_dynamo`'s reserved names.
#[derive(Clone, Copy)]
pub(super) enum SetKind {
    String,
    Number,
    Binary,
}

/// Whether the value is a set without elements, which DynamoDB does not store.
pub(crate) fn is_empty_set(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::Ss(set) | AttributeValue::Ns(set) => set.is_empty(),
        AttributeValue::Bs(set) => set.is_empty(),
        _ => false,
    }
}

impl SetKind {
    /// The kind that a newtype's name asks for. The names hold U+037E, which no Rust identifier does.
    #[inline]
    pub(super) fn marked_by(name: &str) -> Option<Self> {
        match name {
            "\u{37e}STRINGSET\u{37e}" => Some(Self::String),
            "\u{37e}NUMBERSET\u{37e}" => Some(Self::Number),
            "\u{37e}BYTESSET\u{37e}" => Some(Self::Binary),
            _ => None,
        }
    }

    /// Turns the list that a sequence was written as into the set.
    pub(super) fn collect(self, value: AttributeValue) -> Result<AttributeValue, EncodeError> {
        let list = match value {
            AttributeValue::L(list) => list,
            other => return Err(EncodeError::new(Kind::NotASet { set: self.shape(), found: shape(&other) })),
        };
        match self {
            Self::String => self
                .elements(list, |element| match element {
                    AttributeValue::S(text) => Ok(text),
                    other => Err(other),
                })
                .map(AttributeValue::Ss),
            Self::Number => self
                .elements(list, |element| match element {
                    AttributeValue::N(text) => Ok(text),
                    other => Err(other),
                })
                .map(AttributeValue::Ns),
            Self::Binary => self
                .elements(list, |element| match element {
                    AttributeValue::B(blob) => Ok(blob),
                    other => Err(other),
                })
                .map(AttributeValue::Bs),
        }
    }

    fn elements<T>(
        self,
        list: Vec<AttributeValue>,
        element: impl Fn(AttributeValue) -> Result<T, AttributeValue>,
    ) -> Result<Vec<T>, EncodeError> {
        let elements = list.into_iter().enumerate().map(|(index, value)| {
            element(value).map_err(|other| {
                EncodeError::new(Kind::SetElement { set: self.shape(), found: shape(&other) }).within(index)
            })
        });
        elements.collect()
    }

    pub(super) fn shape(self) -> &'static str {
        match self {
            Self::String => STRING_SET,
            Self::Number => NUMBER_SET,
            Self::Binary => BINARY_SET,
        }
    }
}
