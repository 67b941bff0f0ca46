//! What a type does to be an attribute of a native key.

use std::{borrow::Cow, num::NonZero};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use crate::{
    key::Newtype,
    lifecycle::Version,
    schema::NativeForm,
    timestamp::Timestamp,
    value::{EncodeError, to_attribute_value},
};

/// A type whose values can be attributes of a native key: serde writes each as a string (S), a number (N) or binary (B).
///
/// Strings, integers, [`Timestamp`], ids and dates implement it, and so do newtypes and unit enums with
/// `#[derive(KeyPart)]` that serde writes as their derive says. Implement it by hand for a type that serde writes
/// otherwise: the stored value is always what serde makes of it, [`FORM`](Self::FORM) says of what form that is, and a
/// value of another form is refused before anything is sent. Where the order of the stored values is also that of the
/// values, implement [`OrderedNativePart`] too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no attribute of a native index, whose key attributes are strings, numbers or binary; derive `KeyPart` on it if it is a newtype or a unit enum of yours",
    label = "not stored as a string, a number or binary, as far as its type tells",
    note = "strings, integers, `Timestamp`, ids, dates and types with `#[derive(KeyPart)]` are; a float, a `bool` and a `Vec` are not",
    note = "serde's `from`, `into` and `with` hide what a newtype is stored as; implement `NativePart` on it to say so"
)]
pub trait NativePart: Serialize {
    /// What serde writes.
    const FORM: NativeForm;

    #[doc(hidden)]
    fn as_native(&self) -> &dyn NativeValue
    where
        Self: Sized,
    {
        self
    }
}

/// A [`NativePart`] whose stored values sort as the values do, so a query may range over it.
///
/// DynamoDB sorts strings by their UTF-8 bytes, numbers by their value and binary by its unsigned bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in a native index, so a query takes no range over it; give one value",
    label = "give one value here, not a range",
    note = "numbers, strings, `Timestamp`, dates and ids are ordered; enums sort by their names, and the instants of `chrono` and `jiff` are stored with as many digits as they need"
)]
pub trait OrderedNativePart: NativePart {}

/// A value on its way into a native key: any [`NativePart`], and `&str` where the field is a `String`.
#[doc(hidden)]
pub trait NativeValue {
    /// What serde writes.
    fn to_value(&self) -> Result<AttributeValue, EncodeError>;
}

impl<T: NativePart> NativeValue for T {
    fn to_value(&self) -> Result<AttributeValue, EncodeError> {
        to_attribute_value(self)
    }
}

impl NativeValue for &str {
    fn to_value(&self) -> Result<AttributeValue, EncodeError> {
        Ok(AttributeValue::S((*self).to_owned()))
    }
}

/// A type with `#[derive(KeyPart)]` that serde writes as `Form` is written.
#[doc(hidden)]
pub trait StoredAs {
    type Form;
}

/// The name of a unit variant.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Name;

impl NativePart for Name {
    const FORM: NativeForm = NativeForm::Text;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + StoredAs<Form: NativePart>> NativePart for T {
    const FORM: NativeForm = <T::Form as NativePart>::FORM;
}

/// A newtype sorts as what is inside.
#[diagnostic::do_not_recommend]
impl<T: NativePart + StoredAs + Newtype<Inner: OrderedNativePart>> OrderedNativePart for T {}

macro_rules! ordered {
    ($($form:expr => $($(#[$meta:meta])* $part:ty),+;)*) => {$($(
        $(#[$meta])*
        impl NativePart for $part {
            const FORM: NativeForm = $form;
        }

        $(#[$meta])*
        impl OrderedNativePart for $part {}
    )+)*};
}

// The crate `time` is not among them: serde writes its types as lists, unless its features say otherwise.
ordered! {
    NativeForm::Text => String, Box<str>, Cow<'static, str>, char;
    NativeForm::Whole => i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize,
        NonZero<i8>, NonZero<i16>, NonZero<i32>, NonZero<i64>, NonZero<i128>,
        NonZero<u8>, NonZero<u16>, NonZero<u32>, NonZero<u64>, NonZero<u128>, Version;
    NativeForm::Fixed { width: 24 } => Timestamp;
    NativeForm::Fixed { width: 26 } => #[cfg(feature = "ulid")] ulid::Ulid;
    NativeForm::Fixed { width: 36 } => #[cfg(feature = "uuid")] uuid::Uuid;
    // Years outside 0000 to 9999 take more characters, and are refused.
    NativeForm::Fixed { width: 10 } => #[cfg(feature = "chrono")] chrono::NaiveDate,
        #[cfg(feature = "jiff")] jiff::civil::Date;
}

/// Equal instants are equal texts, which do not sort as time does.
#[cfg(feature = "chrono")]
impl NativePart for chrono::DateTime<chrono::Utc> {
    const FORM: NativeForm = NativeForm::Text;
}

/// Equal instants are equal texts, which do not sort as time does.
#[cfg(feature = "jiff")]
impl NativePart for jiff::Timestamp {
    const FORM: NativeForm = NativeForm::Text;
}
