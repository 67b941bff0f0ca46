//! What an update does to one attribute.

use std::{fmt, marker::PhantomData};

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    Changes, Place,
    node::{Operand, Unwritable},
};
use crate::{entity::Entity, value::EncodeError};

/// A change of one field of `E`, or of a value inside one.
#[must_use = "a change does nothing until an update is given it"]
pub struct Action<E> {
    change: Change,
    entity: PhantomData<fn() -> E>,
}

/// A change, whatever it is of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) place: Place,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    Set(Operand),
    Calculated(Calculation, Result<Option<AttributeValue>, Unwritable>, Option<(i128, i128)>),
    Remove,
}

/// A change that needs the value that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calculation {
    IfAbsent,
    Plus,
    Minus,
    Append,
    Prepend,
    Union,
    Difference,
}

impl Change {
    /// Whether doing it twice leaves what doing it once leaves.
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.what {
            What::Set(operand) => matches!(operand, Operand::Value(_)),
            What::Remove => self.place.is_attribute(),
            What::Calculated(calculation, ..) => {
                matches!(calculation, Calculation::IfAbsent | Calculation::Union | Calculation::Difference)
            }
        }
    }
}

impl<E> Action<E> {
    pub(super) fn set(place: Place, value: Operand) -> Self {
        Self::new(place, What::Set(value))
    }

    pub(super) fn remove(place: Place) -> Self {
        Self::new(place, What::Remove)
    }

    pub(super) fn calculated(
        place: Place,
        calculation: Calculation,
        value: Result<Option<AttributeValue>, EncodeError>,
        range: Option<(i128, i128)>,
    ) -> Self {
        Self::new(place, What::Calculated(calculation, value.map_err(Into::into), range))
    }

    fn new(place: Place, what: What) -> Self {
        Self { change: Change { place, what }, entity: PhantomData }
    }
}

impl<E> fmt::Debug for Action<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Action").field(&format_args!("{}", self.change.place)).finish()
    }
}

/// What an update of `E` can be told by `set`: one change, several in a tuple or a `Vec`, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no change of `{E}`; write what the field becomes, such as `t.title().to(..)`",
    label = "no change of `{E}`"
)]
pub trait Assign<E: Entity> {
    #[doc(hidden)]
    fn assign(self, changes: &mut Changes, key: &E::Key);
}

impl<E: Entity> Assign<E> for Action<E> {
    fn assign(self, changes: &mut Changes, _: &E::Key) {
        changes.push(self.change);
    }
}

impl<E: Entity, A: Assign<E>> Assign<E> for Option<A> {
    fn assign(self, changes: &mut Changes, key: &E::Key) {
        if let Some(assignment) = self {
            assignment.assign(changes, key);
        }
    }
}

impl<E: Entity, T: Assign<E>> Assign<E> for Vec<T> {
    fn assign(self, changes: &mut Changes, key: &E::Key) {
        for assignment in self {
            assignment.assign(changes, key);
        }
    }
}

macro_rules! tuples {
    ($($($name:ident)+;)*) => {$(
        impl<E: Entity, $($name: Assign<E>),+> Assign<E> for ($($name,)+) {
            #[allow(non_snake_case, reason = "each value is named like its type")]
            fn assign(self, changes: &mut Changes, key: &E::Key) {
                let ($($name,)+) = self;
                $($name.assign(changes, key);)+
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
