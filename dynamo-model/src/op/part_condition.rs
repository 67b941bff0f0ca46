//! What may be said about the next sort-key part of a query: one value, or a range.

use std::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use super::Query;
use crate::{
    entity::Entity,
    key::{KeyPart, OrderedKeyPart, PartText},
};

/// A condition on a sort-key part of type `T`: a value (then the next part follows) or any Rust range (then none does).
///
/// Ranges are offered where `T` is an [`OrderedKeyPart`]; `Range`, `RangeInclusive`, `RangeFrom`, `RangeTo`,
/// `RangeToInclusive`, `..` and pairs of [`Bound`]s are exact at both ends.
#[diagnostic::on_unimplemented(
    message = "`{Self}` says nothing about a key part of type `{T}`",
    label = "expected a `{T}`, a reference to one, or a range of them"
)]
pub trait PartCondition<T>: Sized {
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
    ($([$($generics:tt)*] $part:ty, $value:ty, |$this:ident| $text:expr;)*) => {$(
        impl<$($generics)*> PartCondition<$part> for $value {
            type Then<Next, End> = Next;

            fn apply<E: Entity, S, Next, End>(
        self,
        query: Query<E, S>,
                next: impl FnOnce(Query<E, S>) -> Next,
                _: impl FnOnce(Query<E, S>) -> End,
            ) -> Next {
                let $this = self;
                next(query.give($text))
            }
        }
    )*};
}

value! {
    [T: KeyPart] T, T, |this| &this;
    [T: KeyPart] T, &T, |this| this;
    [] String, &str, |this| &this;
}

macro_rules! range {
    ($([$($generics:tt)*] $part:ty, $range:ty, |$this:ident| $low:expr, $high:expr;)*) => {$(
        impl<$($generics)*> PartCondition<$part> for $range {
            type Then<Next, End> = End;

            fn apply<E: Entity, S, Next, End>(
        self,
        query: Query<E, S>,
                _: impl FnOnce(Query<E, S>) -> Next,
                end: impl FnOnce(Query<E, S>) -> End,
            ) -> End {
                let $this = self;
                end(query.range($low, $high))
            }
        }
    )*};
}

range! {
    [T: OrderedKeyPart] T, Range<T>, |this| Bound::Included(&this.start), Bound::Excluded(&this.end);
    [T: OrderedKeyPart] T, RangeFrom<T>, |this| Bound::Included(&this.start), Bound::Unbounded;
    [T: OrderedKeyPart] T, RangeTo<T>, |this| Bound::Unbounded, Bound::Excluded(&this.end);
    [T: OrderedKeyPart] T, RangeToInclusive<T>, |this| Bound::Unbounded, Bound::Included(&this.end);
    [T: OrderedKeyPart] T, (Bound<T>, Bound<T>), |this| part(&this.0), part(&this.1);
    [T: OrderedKeyPart] T, Range<&T>, |this| Bound::Included(this.start), Bound::Excluded(this.end);
    [T: OrderedKeyPart] T, RangeFrom<&T>, |this| Bound::Included(this.start), Bound::Unbounded;
    [T: OrderedKeyPart] T, RangeTo<&T>, |this| Bound::Unbounded, Bound::Excluded(this.end);
    [T: OrderedKeyPart] T, RangeToInclusive<&T>, |this| Bound::Unbounded, Bound::Included(this.end);
    [] String, Range<&str>, |this| Bound::Included(&this.start), Bound::Excluded(&this.end);
    [] String, RangeFrom<&str>, |this| Bound::Included(&this.start), Bound::Unbounded;
    [] String, RangeTo<&str>, |this| Bound::Unbounded, Bound::Excluded(&this.end);
    [] String, RangeToInclusive<&str>, |this| Bound::Unbounded, Bound::Included(&this.end);
    [T: OrderedKeyPart] T, RangeInclusive<T>, |this| Bound::Included(this.start()), Bound::Included(this.end());
    [T: OrderedKeyPart] T, RangeInclusive<&T>, |this| Bound::Included(*this.start()), Bound::Included(*this.end());
    [] String, RangeInclusive<&str>, |this| Bound::Included(this.start()), Bound::Included(this.end());
    [T: OrderedKeyPart] T, RangeFull, |_this| Bound::Unbounded, Bound::Unbounded;
}

fn part<T: OrderedKeyPart>(bound: &Bound<T>) -> Bound<&dyn PartText> {
    match bound {
        Bound::Included(part) => Bound::Included(part),
        Bound::Excluded(part) => Bound::Excluded(part),
        Bound::Unbounded => Bound::Unbounded,
    }
}
