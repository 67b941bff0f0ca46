//! What a type is stored as, and the operators that follow from it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, VecDeque},
    marker::PhantomData,
};

use crate::{
    lifecycle::{EpochSeconds, Version},
    timestamp::Timestamp,
};

/// A type that says what it is stored as, so that its fields offer the operators that fit.
///
/// Derive it on newtypes, which are stored as the value inside, on unit enums, which are stored as a string, and on nested
/// structs, whose fields then have typed paths such as `t.address().city()`. A type without it can be compared by `eq` and `ne`, and set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what it is stored as; derive `Attribute` on it",
    label = "compared by `eq` and `ne` only",
    note = "`Attribute` can be derived on newtypes, on structs with named fields and on unit enums"
)]
pub trait Attribute {
    /// What it is stored as: one of the types of [`class`](self).
    type Class;

    /// The least and the largest number that the type holds, where that is less than DynamoDB does.
    #[doc(hidden)]
    const RANGE: Option<(i128, i128)> = None;
}

/// A string (S).
#[derive(Debug, Clone, Copy)]
pub enum Text {}

/// A number (N).
#[derive(Debug, Clone, Copy)]
pub enum Number {}

/// A boolean (BOOL).
#[derive(Debug, Clone, Copy)]
pub enum Boolean {}

/// Binary (B).
#[derive(Debug, Clone, Copy)]
pub enum Binary {}

/// A list (L) of `T`.
#[derive(Debug, Clone, Copy)]
pub struct List<T>(PhantomData<fn() -> T>);

/// A map (M) from text to `T`.
#[derive(Debug, Clone, Copy)]
pub struct Map<T>(PhantomData<fn() -> T>);

/// A map (M) with the fields of a struct.
#[derive(Debug, Clone, Copy)]
pub enum Struct {}

/// A class whose values have an order.
#[diagnostic::on_unimplemented(
    message = "DynamoDB orders strings, numbers and binary, and this field is stored as a `{Self}`; compare it by `eq` or `ne`",
    label = "has no order"
)]
pub trait Ordered {}

/// A class whose values can begin with others.
#[diagnostic::on_unimplemented(
    message = "`begins_with` asks for the beginning of a string, and this field is stored as a `{Self}`; compare it by `eq`, or by `ge` and `lt` where it has an order",
    label = "is no string"
)]
pub trait Prefixed {}

/// A class whose values contain others.
#[diagnostic::on_unimplemented(
    message = "`contains` looks into a string, a list or a set, and this field is stored as a `{Self}`; compare it by `eq`",
    label = "contains nothing"
)]
pub trait Containing {
    /// What can be looked for.
    type Element;
}

/// A class whose values have elements in order.
#[diagnostic::on_unimplemented(
    message = "this is for the elements of a list, and the field is stored as a `{Self}`; name the field as a whole",
    label = "is no list"
)]
pub trait Listed<Element> {}

/// A class whose values have entries under keys of one type.
#[diagnostic::on_unimplemented(
    message = "`key` is for the entries of a map, and this field is stored as a `{Self}`; name the field as a whole",
    label = "is no map",
    note = "the fields of a struct with `#[derive(Attribute)]` are methods: `t.address().city()`"
)]
pub trait Keyed<Entry> {}

/// A class whose values have a size.
#[diagnostic::on_unimplemented(
    message = "`size` measures a string, binary, a list, a map or a set, and this field is stored as a `{Self}`; compare its value",
    label = "has no size"
)]
pub trait Measured {}

/// A class that DynamoDB calculates with.
#[diagnostic::on_unimplemented(
    message = "DynamoDB adds to numbers and sets, and this field is stored as a `{Self}`; write `to(..)`",
    label = "cannot be added to or subtracted from"
)]
pub trait Arithmetic {}

impl Ordered for Text {}
impl Ordered for Number {}
impl Ordered for Binary {}
impl Prefixed for Text {}
impl Containing for Text {
    type Element = String;
}
impl<T> Containing for List<T> {
    type Element = T;
}
impl<T> Listed<T> for List<T> {}
impl<T> Keyed<T> for Map<T> {}
impl Measured for Text {}
impl Measured for Binary {}
impl<T> Measured for List<T> {}
impl<T> Measured for Map<T> {}
impl Measured for Struct {}
impl Arithmetic for Number {}

macro_rules! classes {
    ($($class:ty: $($(#[$meta:meta])* $stored:ty),+;)*) => {$($(
        $(#[$meta])*
        impl Attribute for $stored {
            type Class = $class;
        }
    )+)*};
}

classes! {
    // Each is text that sorts as the value does. The instants of `chrono` and `jiff` are not: serde writes as many
    // digits of a second as it has.
    Text: String, char, Box<str>, Cow<'static, str>, Timestamp,
        #[cfg(feature = "ulid")] ulid::Ulid,
        #[cfg(feature = "uuid")] uuid::Uuid;
    Number: i128, u128, f32, f64, Version;
    Boolean: bool;
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Attribute for $integer {
            type Class = Number;
            #[allow(clippy::cast_lossless, reason = "one line for every width")]
            const RANGE: Option<(i128, i128)> = Some((<$integer>::MIN as i128, <$integer>::MAX as i128));
        }
    )*};
}

integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl Attribute for EpochSeconds {
    type Class = Number;
    const RANGE: Option<(i128, i128)> = <u64 as Attribute>::RANGE;
}

impl<T: Attribute> Attribute for Option<T> {
    type Class = T::Class;
    const RANGE: Option<(i128, i128)> = T::RANGE;
}

impl<T: Attribute> Attribute for Box<T> {
    type Class = T::Class;
    const RANGE: Option<(i128, i128)> = T::RANGE;
}

impl<T> Attribute for Vec<T> {
    type Class = List<T>;
}

impl<T> Attribute for VecDeque<T> {
    type Class = List<T>;
}

impl<T, S> Attribute for HashMap<String, T, S> {
    type Class = Map<T>;
}

impl<T> Attribute for BTreeMap<String, T> {
    type Class = Map<T>;
}
