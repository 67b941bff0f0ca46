//! What can be given for a field's value.

use super::{Form, Path, node};

/// A value for a field of type `T`: a `T`, a reference to one, `&str` for a `String`, and each without the `Some` for an
/// `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of type `{T}`; give a `{T}` or a reference to one",
    label = "expected a `{T}`"
)]
pub trait IntoValue<T> {
    /// The value.
    fn into_value(self) -> T;
}

impl<T> IntoValue<T> for T {
    fn into_value(self) -> T {
        self
    }
}

impl<T: Clone> IntoValue<T> for &T {
    fn into_value(self) -> T {
        self.clone()
    }
}

impl<T> IntoValue<Option<T>> for T {
    fn into_value(self) -> Option<T> {
        Some(self)
    }
}

impl<T: Clone> IntoValue<Option<T>> for &T {
    fn into_value(self) -> Option<T> {
        Some(self.clone())
    }
}

impl IntoValue<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

impl IntoValue<Option<String>> for &str {
    fn into_value(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl<T, const N: usize> IntoValue<Vec<T>> for [T; N] {
    fn into_value(self) -> Vec<T> {
        self.into()
    }
}

/// A type that has a value for "none".
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `None`, so a field of this type is always there; make the field an `Option`",
    label = "is always there"
)]
pub trait Nullable {
    #[doc(hidden)]
    fn null() -> Self;
}

impl<T> Nullable for Option<T> {
    fn null() -> Self {
        None
    }
}

/// What a field of type `T` of an entity `E` is compared with or set to: a value, or another field of that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for a field of type `{T}`; give a `{T}`, a reference to one, or a field of that type",
    label = "expected a `{T}`"
)]
pub trait Operand<E, T, F> {
    #[doc(hidden)]
    fn into_operand(self, form: &F) -> node::Operand;
}

macro_rules! operands {
    ($([$($generics:tt)*] $value:ty => $field:ty;)*) => {$(
        impl<E, F: Form<$field>, $($generics)*> Operand<E, $field, F> for $value {
            fn into_operand(self, form: &F) -> node::Operand {
                node::Operand::Value(form.encode(&self.into_value()).map_err(Into::into))
            }
        }
    )*};
}

// As `IntoValue`; one implementation for all of it could not tell a path from a value.
operands! {
    [T] T => T;
    [T: Clone] &T => T;
    [T] T => Option<T>;
    [T: Clone] &T => Option<T>;
    [] &str => String;
    [] &str => Option<String>;
    [T, const N: usize] [T; N] => Vec<T>;
}

impl<E, T, S, F, G> Operand<E, T, F> for Path<E, T, S, G> {
    fn into_operand(self, _: &F) -> node::Operand {
        node::Operand::Path(self.into_place())
    }
}
