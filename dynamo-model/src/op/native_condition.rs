//! What may be said about the next sort attribute of a native index: one value, or a range.

use std::ops::{Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use super::Query;
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

macro_rules! value {
    ($([$($generics:tt)*] $part:ty, $value:ty, |$this:ident| $native:expr;)*) => {$(
        impl<$($generics)*> NativeCondition<$part> for $value {
            type Then<Next, End> = Next;

            fn apply<E: Entity, S, Next, End>(
                self,
                query: Query<E, S>,
                next: impl FnOnce(Query<E, S>) -> Next,
                _: impl FnOnce(Query<E, S>) -> End,
            ) -> Next {
                let $this = self;
                next(query.ask_native(|key| key.give($native)))
            }
        }
    )*};
}

value! {
    [T: NativePart] T, T, |this| &this;
    [T: NativePart] T, &T, |this| this;
    [] String, &str, |this| &this;
}

macro_rules! range {
    ($([$($generics:tt)*] $part:ty, $item:ty, $range:ty;)*) => {$(
        impl<$($generics)*> NativeCondition<$part> for $range {
            type Then<Next, End> = End;

            fn apply<E: Entity, S, Next, End>(
                self,
                query: Query<E, S>,
                _: impl FnOnce(Query<E, S>) -> Next,
                end: impl FnOnce(Query<E, S>) -> End,
            ) -> End {
                end(query.ask_native(|key| {
                    key.range(
                        part(RangeBounds::<$item>::start_bound(&self)),
                        part(RangeBounds::<$item>::end_bound(&self)),
                    )
                }))
            }
        }
    )*};
}

range! {
    [T: OrderedNativePart] T, T, Range<T>;
    [T: OrderedNativePart] T, T, RangeInclusive<T>;
    [T: OrderedNativePart] T, T, RangeFrom<T>;
    [T: OrderedNativePart] T, T, RangeTo<T>;
    [T: OrderedNativePart] T, T, RangeToInclusive<T>;
    [T: OrderedNativePart] T, T, RangeFull;
    [T: OrderedNativePart] T, T, (Bound<T>, Bound<T>);
    [T: OrderedNativePart] T, T, Range<&T>;
    [T: OrderedNativePart] T, T, RangeInclusive<&T>;
    [T: OrderedNativePart] T, T, RangeFrom<&T>;
    [T: OrderedNativePart] T, T, RangeTo<&T>;
    [T: OrderedNativePart] T, T, RangeToInclusive<&T>;
    [T: OrderedNativePart] T, T, (Bound<&T>, Bound<&T>);
    ['a] String, &'a str, Range<&'a str>;
    ['a] String, &'a str, RangeInclusive<&'a str>;
    ['a] String, &'a str, RangeFrom<&'a str>;
    ['a] String, &'a str, RangeTo<&'a str>;
    ['a] String, &'a str, RangeToInclusive<&'a str>;
    ['a] String, &'a str, (Bound<&'a str>, Bound<&'a str>);
}

fn part<T: NativeValue>(bound: Bound<&T>) -> Bound<&dyn NativeValue> {
    match bound {
        Bound::Included(part) => Bound::Included(part),
        Bound::Excluded(part) => Bound::Excluded(part),
        Bound::Unbounded => Bound::Unbounded,
    }
}
