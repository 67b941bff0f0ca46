//! What may be said about the next sort attribute of a native index: one value, or a range.

use std::ops::{Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use super::{Query, condition::conditions};
use crate::{
    entity::Entity,
    native::{NativePart, NativeValue, OrderedNativePart},
};

/// A condition on a native sort attribute of type `T`: a value (then the next attribute follows) or any Rust range (then
/// none does).
///
/// Ranges are offered where `T` is an [`OrderedNativePart`]; `Range`, `RangeInclusive`, `RangeFrom`, `RangeTo`,
/// `RangeToInclusive`, `..` and pairs of [`Bound`]s are exact at both ends.
#[diagnostic::on_unimplemented(
    message = "`{Self}` says nothing about a key attribute of type `{T}`; give a value of that type or a range",
    label = "expected a `{T}`, a reference to one, or a range of them"
)]
pub trait NativeCondition<T>: Sized {
    /// The query's next step: `Next` after a value, `End` after a range.
    type Then<Next, End>;

    #[doc(hidden)]
    fn apply<E: Entity, S, Next, End>(
        self,
        query: Query<E, S>,
        next: impl FnOnce(Query<E, S>) -> Next,
        end: impl FnOnce(Query<E, S>) -> End,
    ) -> Self::Then<Next, End>;
}

conditions!(NativeCondition, NativePart, OrderedNativePart, NativeValue, Query::give_native, Query::range_native);
