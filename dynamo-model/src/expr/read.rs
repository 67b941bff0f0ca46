//! How a field alone is read: as serde reads it in its struct.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

use super::{Converted, Path, Plain, SetOf, Skipping};
use crate::value::{DecodeError, from_attribute_value};

/// What serde's attributes of a field say about reading it.
pub(super) struct Reader<T> {
    /// `default`
    missing: Option<fn() -> T>,
    /// `deserialize_with`
    decode: Option<fn(AttributeValue) -> Result<T, DecodeError>>,
}

impl<T> Reader<T> {
    pub(super) const PLAIN: Self = Self { missing: None, decode: None };
}

/// A form whose values can be read.
#[doc(hidden)]
pub trait Decoded<T> {
    fn decode(value: AttributeValue) -> Result<T, DecodeError>;
}

impl<T: DeserializeOwned> Decoded<T> for Plain {
    fn decode(value: AttributeValue) -> Result<T, DecodeError> {
        from_attribute_value(value)
    }
}

impl<T: DeserializeOwned> Decoded<T> for Skipping<T> {
    fn decode(value: AttributeValue) -> Result<T, DecodeError> {
        from_attribute_value(value)
    }
}

macro_rules! by_function {
    ($($form:ident),*) => {$(
        impl<T> Decoded<T> for $form<T> {
            fn decode(value: AttributeValue) -> Result<T, DecodeError> {
                Err(DecodeError::unreadable(&value))
            }
        }
    )*};
}

// The derive names the function that reads it, but for a field of a generic type, whose bounds it does not know.
by_function!(Converted, SetOf);

impl<E, T, S, F> Path<E, T, S, F> {
    /// What is not there is this.
    #[doc(hidden)]
    #[must_use]
    pub fn if_missing(mut self, missing: fn() -> T) -> Self {
        self.reader.missing = Some(missing);
        self
    }

    /// This reads it.
    #[doc(hidden)]
    #[must_use]
    pub fn decoded_by(mut self, decode: fn(AttributeValue) -> Result<T, DecodeError>) -> Self {
        self.reader.decode = Some(decode);
        self
    }

    pub(super) fn missing(&self) -> Option<T> {
        self.reader.missing.map(|missing| missing())
    }

    pub(super) fn decode(&self, value: AttributeValue) -> Result<T, DecodeError>
    where
        F: Decoded<T>,
    {
        self.reader.decode.map_or(F::decode as fn(_) -> _, |decode| decode)(value)
    }
}
