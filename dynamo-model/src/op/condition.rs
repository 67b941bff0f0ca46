//! What a condition on a part of a sort key may be, whatever the parts are: a value, or any Rust range.

/// Implements the trait for values and ranges; `give` and `range` say what they do to the query.
macro_rules! conditions {
    ($condition:ident, $part:ident, $ordered:ident, $value:ident, $give:expr, $range:expr) => {
        conditions! {
            @value $condition, $give;
            [T: $part] T, T, |this| &this;
            [T: $part] T, &T, |this| this;
            [] String, &str, |this| &this;
        }

        conditions! {
            @range $condition, $range;
            [T: $ordered] T, T, Range<T>;
            [T: $ordered] T, T, RangeInclusive<T>;
            [T: $ordered] T, T, RangeFrom<T>;
            [T: $ordered] T, T, RangeTo<T>;
            [T: $ordered] T, T, RangeToInclusive<T>;
            [T: $ordered] T, T, RangeFull;
            [T: $ordered] T, T, (Bound<T>, Bound<T>);
            [T: $ordered] T, T, Range<&T>;
            [T: $ordered] T, T, RangeInclusive<&T>;
            [T: $ordered] T, T, RangeFrom<&T>;
            [T: $ordered] T, T, RangeTo<&T>;
            [T: $ordered] T, T, RangeToInclusive<&T>;
            [T: $ordered] T, T, (Bound<&T>, Bound<&T>);
            ['a] String, &'a str, Range<&'a str>;
            ['a] String, &'a str, RangeInclusive<&'a str>;
            ['a] String, &'a str, RangeFrom<&'a str>;
            ['a] String, &'a str, RangeTo<&'a str>;
            ['a] String, &'a str, RangeToInclusive<&'a str>;
            ['a] String, &'a str, (Bound<&'a str>, Bound<&'a str>);
        }

        fn part<T: $value>(bound: Bound<&T>) -> Bound<&dyn $value> {
            match bound {
                Bound::Included(part) => Bound::Included(part),
                Bound::Excluded(part) => Bound::Excluded(part),
                Bound::Unbounded => Bound::Unbounded,
            }
        }
    };
    (@value $condition:ident, $give:expr; $([$($generics:tt)*] $part:ty, $value:ty, |$this:ident| $text:expr;)*) => {$(
        impl<$($generics)*> $condition<$part> for $value {
            type Then<Next, End> = Next;

            fn apply<E: Entity, S, Next, End>(
                self,
                query: Query<E, S>,
                next: impl FnOnce(Query<E, S>) -> Next,
                _: impl FnOnce(Query<E, S>) -> End,
            ) -> Next {
                let $this = self;
                next($give(query, $text))
            }
        }
    )*};
    (@range $condition:ident, $range:expr; $([$($generics:tt)*] $part:ty, $item:ty, $given:ty;)*) => {$(
        impl<$($generics)*> $condition<$part> for $given {
            type Then<Next, End> = End;

            fn apply<E: Entity, S, Next, End>(
                self,
                query: Query<E, S>,
                _: impl FnOnce(Query<E, S>) -> Next,
                end: impl FnOnce(Query<E, S>) -> End,
            ) -> End {
                let low = part(RangeBounds::<$item>::start_bound(&self));
                let high = part(RangeBounds::<$item>::end_bound(&self));
                end($range(query, low, high))
            }
        }
    )*};
}

pub(super) use conditions;
