//! A few fields in place of the whole item.

use std::marker::PhantomData;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Path, Place, read::Decoded};
use crate::{
    entity::Entity,
    error::{Error, ItemError, ItemErrorKind, Operation},
    key::KeyError,
    projection::Projection,
    value::{DecodeError, Item},
};

/// The fields that a read asks for, one or several in a tuple: `|t| (t.title(), t.points())`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no fields of `{E}`; write `|t| t.title()` or `|t| (t.title(), t.points())`",
    label = "expected fields of `{E}`"
)]
pub trait Selection<E>: Send + Sync + 'static {
    /// The fields' values.
    type Output: Send + 'static;

    #[doc(hidden)]
    fn places(&self, places: &mut Vec<Place>);

    /// A field that is not in the item is read as serde's default says, or as `None` is; one that is no `Option` is an
    /// error.
    #[doc(hidden)]
    fn read(&self, item: &Item) -> Result<Self::Output, Unread>;
}

/// Why what was asked for could not be read.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unread(Reason);

#[derive(Debug)]
enum Reason {
    Field(String, DecodeError),
    Key(KeyError),
    /// Only the places were asked for.
    NoItem,
}

impl Unread {
    pub(crate) fn key(error: KeyError) -> Self {
        Self(Reason::Key(error))
    }

    pub(crate) fn during<E: Entity>(self, operation: Operation) -> Error {
        let kind = match self.0 {
            Reason::Field(path, error) => ItemErrorKind::Field { path, error },
            Reason::Key(error) => return error.during(operation).into(),
            Reason::NoItem => ItemErrorKind::NoType { attribute: "", type_name: None },
        };
        Error::Decode(ItemError::new(E::SCHEMA.name, operation, kind))
    }
}

impl<E, T, S, F> Selection<E> for Path<E, T, S, F>
where
    E: 'static,
    T: Send + 'static,
    S: 'static,
    F: Decoded<T> + Send + Sync + 'static,
{
    type Output = T;

    fn places(&self, places: &mut Vec<Place>) {
        places.push(self.place().clone());
    }

    fn read(&self, item: &Item) -> Result<T, Unread> {
        let null = || AttributeValue::Null(true);
        let value = match self.place().find(item) {
            Some(value) => value.clone(),
            // A default is of a field of what is there.
            None => match self.missing().filter(|_| self.place().is_in_something(item)) {
                Some(value) => return Ok(value),
                None => null(),
            },
        };
        self.decode(value).map_err(|error| Unread(Reason::Field(self.place().to_string(), error)))
    }
}

/// The fields of a struct with `#[derive(Projection)]`.
#[derive(Debug)]
pub struct Projected<P>(PhantomData<fn() -> P>);

impl<P> Default for Projected<P> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<E, P: Projection<E>> Selection<E> for Projected<P> {
    type Output = P;

    fn places(&self, places: &mut Vec<Place>) {
        // It fails for want of an item, having named each place.
        let _ = P::__read(&mut FieldReader(What::Places(places)));
    }

    fn read(&self, item: &Item) -> Result<P, Unread> {
        P::__read(&mut FieldReader(What::Item(item)))
    }
}

/// Reads the fields of a projection, or only asks where they lie.
#[doc(hidden)]
#[derive(Debug)]
pub struct FieldReader<'r>(What<'r>);

#[derive(Debug)]
enum What<'r> {
    Places(&'r mut Vec<Place>),
    Item(&'r Item),
}

impl FieldReader<'_> {
    /// One field, or where it lies.
    pub fn field<E, T, S, F>(&mut self, path: &Path<E, T, S, F>) -> Field<T>
    where
        Path<E, T, S, F>: Selection<E, Output = T>,
    {
        Field(match &mut self.0 {
            What::Places(places) => {
                path.places(places);
                Err(Unread(Reason::NoItem))
            }
            What::Item(item) => path.read(item),
        })
    }
}

/// A field that was read.
#[doc(hidden)]
#[derive(Debug)]
pub struct Field<T>(Result<T, Unread>);

impl<T> Field<T> {
    /// Its value.
    ///
    /// # Errors
    ///
    /// The attribute does not fit the field.
    pub fn value<U: OfField<T>>(self) -> Result<U, Unread> {
        self.0.map(U::of)
    }
}

/// The type of a projection's field is that of the entity's.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this field is a `{Self}` here and a `{T}` in the entity; write `{T}`",
    label = "is a `{T}` in the entity"
)]
pub trait OfField<T> {
    fn of(value: T) -> Self;
}

impl<T> OfField<T> for T {
    fn of(value: T) -> Self {
        value
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<E, $($name: Selection<E>),+> Selection<E> for ($($name,)+) {
            type Output = ($($name::Output,)+);

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn places(&self, places: &mut Vec<Place>) {
                let ($($name,)+) = self;
                $($name.places(places);)+
            }

            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn read(&self, item: &Item) -> Result<Self::Output, Unread> {
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
