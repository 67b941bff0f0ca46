//! Which periods a query of a time series reads.

use std::ops::{Range, RangeInclusive};

use super::Spread;
use crate::{
    entity::Entity,
    key::{PartText, PeriodKeyPart},
};

/// A condition on the time by which a partition is bucketed: a time (then the next part follows) or a range with both
/// ends (then none does).
///
/// It says which partitions are read, and it is the condition on the sort key in each of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which periods of `{T}` are read; give a range with both ends, `start..end` or `start..=end`",
    label = "expected a range of `{T}` with both ends, or a `{T}`",
    note = "each period is a partition of its own, so a range that is open at one end has no end"
)]
pub trait PeriodCondition<T>: Sized {
    /// The query's next step: `Next` after a value, `End` after a range.
    type Then<Next, End>;

    #[doc(hidden)]
    fn apply<E: Entity, S, Next, End>(
        self,
        spread: Spread<E, S>,
        next: impl FnOnce(Spread<E, S>) -> Next,
        end: impl FnOnce(Spread<E, S>) -> End,
    ) -> Self::Then<Next, End>;
}

macro_rules! time {
    ($($value:ty, |$this:ident| $part:expr;)*) => {$(
        impl<T: PeriodKeyPart> PeriodCondition<T> for $value {
            type Then<Next, End> = Next;

            fn apply<E: Entity, S, Next, End>(
                self,
                spread: Spread<E, S>,
                next: impl FnOnce(Spread<E, S>) -> Next,
                _: impl FnOnce(Spread<E, S>) -> End,
            ) -> Next {
                let $this = self;
                let part: &T = $part;
                next(spread.period(part, part, false).give(part))
            }
        }
    )*};
}

time! {
    T, |this| &this;
    &T, |this| this;
}

macro_rules! range {
    ($($range:ty, |$this:ident| ($low:expr, $high:expr), $excluded:literal;)*) => {$(
        impl<T: PeriodKeyPart> PeriodCondition<T> for $range {
            type Then<Next, End> = End;

            fn apply<E: Entity, S, Next, End>(
                self,
                spread: Spread<E, S>,
                _: impl FnOnce(Spread<E, S>) -> Next,
                end: impl FnOnce(Spread<E, S>) -> End,
            ) -> End {
                let $this = &self;
                let (low, high): (&dyn PartText, &dyn PartText) = ($low, $high);
                let spread = spread.period(low, high, $excluded);
                spread.part::<T, _, _, _>(self, |spread| spread, end)
            }
        }
    )*};
}

range! {
    Range<T>, |range| (&range.start, &range.end), true;
    Range<&T>, |range| (range.start, range.end), true;
    RangeInclusive<T>, |range| (range.start(), range.end()), false;
    RangeInclusive<&T>, |range| (*range.start(), *range.end()), false;
}

/// A step of a query after which it is known which periods are read: the derive implements it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this query does not say which periods it reads; give the first sort-key part first, a range with both ends",
    label = "the periods are not given yet",
    note = "each period is a partition of its own"
)]
pub trait PeriodsGiven {}
