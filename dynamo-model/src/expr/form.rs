//! How a field becomes an attribute value: as serde does it, with the field's own attributes.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use crate::value::{EncodeError, is_empty_set, to_attribute_value};

/// How a field of type `T` is written.
///
/// `None` is no attribute at all, as `skip_serializing_if` asks.
pub trait Form<T>: Copy {
    #[doc(hidden)]
    fn encode(&self, value: &T) -> Result<Option<AttributeValue>, EncodeError>;
}

/// As the type's own `Serialize` says.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

/// As the type's own `Serialize` says, but for the values that `skip_serializing_if` leaves out.
#[derive(Debug)]
pub struct Skipping<T>(fn(&T) -> bool);

/// As functions of the user's say (`serialize_with`), so that its type does not tell its operators.
#[derive(Debug)]
pub struct Converted<T>(Encode<T>);

/// A string, number or binary set, through the helpers of `serde_dynamo`.
#[derive(Debug)]
pub struct SetOf<T>(Encode<T>);

type Encode<T> = fn(&T) -> Result<Option<AttributeValue>, EncodeError>;

/// A form that the type tells: the type's operators apply.
#[diagnostic::on_unimplemented(
    message = "serde writes this field by functions of its own (`with`), so its operators are not known; compare it by `eq` or `ne`",
    label = "compared by `eq` and `ne` only"
)]
pub trait Typed {}

impl Typed for Plain {}
impl<T> Typed for Skipping<T> {}

impl<T: Serialize> Form<T> for Plain {
    fn encode(&self, value: &T) -> Result<Option<AttributeValue>, EncodeError> {
        to_attribute_value(value).map(Some)
    }
}

impl<T: Serialize> Form<T> for Skipping<T> {
    fn encode(&self, value: &T) -> Result<Option<AttributeValue>, EncodeError> {
        if (self.0)(value) { Ok(None) } else { to_attribute_value(value).map(Some) }
    }
}

impl<T> Form<T> for Converted<T> {
    fn encode(&self, value: &T) -> Result<Option<AttributeValue>, EncodeError> {
        (self.0)(value)
    }
}

impl<T> Form<T> for SetOf<T> {
    /// An empty set is no attribute: DynamoDB has none.
    fn encode(&self, value: &T) -> Result<Option<AttributeValue>, EncodeError> {
        Ok((self.0)(value)?.filter(|value| !is_empty_set(value)))
    }
}

macro_rules! with_function {
    ($($form:ident($function:ty)),*) => {$(
        impl<T> $form<T> {
            /// The form that the derive found.
            #[doc(hidden)]
            #[must_use]
            pub fn new(function: $function) -> Self {
                Self(function)
            }
        }

        impl<T> Clone for $form<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $form<T> {}
    )*};
}

with_function!(Skipping(fn(&T) -> bool), Converted(Encode<T>), SetOf(Encode<T>));
