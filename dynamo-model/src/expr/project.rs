//! A few fields in place of the whole item.

use serde::de::DeserializeOwned;

use super::{Path, Place, Typed};
use crate::value::{DecodeError, Item, from_attribute_value};

/// The fields that a read asks for, one or several in a tuple: `|t| (t.title(), t.points())`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no fields of `{E}`; write `|t| t.title()` or `|t| (t.title(), t.points())`",
    label = "expected fields of `{E}`"
)]
pub trait Projection<E>: Send + Sync + 'static {
    /// The fields' values.
    type Output: Send + 'static;

    #[doc(hidden)]
    fn places(&self, places: &mut Vec<Place>);

    /// A field that is not in the item is read as `None` is; one that is no `Option` is an error.
    #[doc(hidden)]
    fn read(&self, item: &Item) -> Result<Self::Output, (String, DecodeError)>;
}

impl<E, T, S, F> Projection<E> for Path<E, T, S, F>
where
    E: 'static,
    T: DeserializeOwned + Send + 'static,
    S: 'static,
    F: Typed + Send + Sync + 'static,
{
    type Output = T;

    fn places(&self, places: &mut Vec<Place>) {
        places.push(self.place().clone());
    }

    fn read(&self, item: &Item) -> Result<T, (String, DecodeError)> {
        let null = || aws_sdk_dynamodb::types::AttributeValue::Null(true);
        let value = self.place().find(item).cloned().unwrap_or_else(null);
        from_attribute_value(value).map_err(|error| (self.place().to_string(), error))
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<E, $($name: Projection<E>),+> Projection<E> for ($($name,)+) {
            type Output = ($($name::Output,)+);

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn places(&self, places: &mut Vec<Place>) {
                let ($($name,)+) = self;
                $($name.places(places);)+
            }

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn read(&self, item: &Item) -> Result<Self::Output, (String, DecodeError)> {
                let ($($name,)+) = self;
                Ok(($($name.read(item)?,)+))
            }
        }
    )*};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D F;
    A B C D F G;
    A B C D F G H;
    A B C D F G H I;
}
