//! What a change of several fields knows of each, and what it lacks.

use std::marker::PhantomData;

/// A field whose value is known: a new one, or what it is now.
#[derive(Debug, Clone, Copy)]
pub enum Known {}

/// A field whose value is still to be given; errors show its name.
#[derive(Debug, Clone, Copy)]
pub struct Missing<Field>(PhantomData<fn() -> Field>);

/// Whether the value of a field is known.
pub trait State {
    /// What is missing of this field and of those behind it, of which this is missing.
    type Before<Rest: Lacking>: Lacking;
}

impl State for Known {
    type Before<Rest: Lacking> = Rest;
}

impl<Field: Lacking> State for Missing<Field> {
    type Before<Rest: Lacking> = Rest::And<Field>;
}

/// What a change lacks: nothing, a field, or several in a tuple.
#[doc(hidden)]
pub trait Lacking {
    /// The same, and another field.
    type And<Other: Lacking>: Lacking;
}

impl Lacking for () {
    type And<Other: Lacking> = Other;
}

macro_rules! tuples {
    ($($($field:ident)+ => $and:ty;)*) => {$(
        impl<$($field: Lacking),+> Lacking for ($($field,)+) {
            type And<Other: Lacking> = $and;
        }
    )*};
}

tuples! {
    A B => (Other, A, B);
    A B C => (Other, A, B, C);
    A B C D => (Other, A, B, C, D);
    A B C D E => (Other, A, B, C, D, E);
    // Whoever reads six has the point.
    A B C D E F => Self;
}

/// Of a change nothing is missing, so that all of its keys can be made.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this change does not say `{Self}`, and an index or a unique constraint is made of it; add `.given_..(..)` with what is stored, or `.with_..(..)` with what it becomes",
    label = "`{Self}` is missing in this change",
    note = "a unique value is moved from the old to the new one, so what is stored is always given"
)]
pub trait Complete {}

impl Complete for () {}
