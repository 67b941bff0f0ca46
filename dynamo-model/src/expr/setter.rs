//! Whether and how a field can be set.

/// A field that must be there, and may be set.
#[derive(Debug, Clone, Copy)]
pub enum Free {}

/// A field that may be set, and removed.
#[derive(Debug, Clone, Copy)]
pub enum Optional {}

/// A field of the primary key: it says which item it is, so it never changes.
#[derive(Debug, Clone, Copy)]
pub enum Key {}

/// A field that the library maintains: a version, a time of a write.
#[derive(Debug, Clone, Copy)]
pub enum Maintained {}

/// A value inside a field that is set as a whole.
#[derive(Debug, Clone, Copy)]
pub enum Fixed {}

/// A field in the key of an index or in a unique constraint, at this position of the struct.
#[derive(Debug, Clone, Copy)]
pub enum Tied<const FIELD: usize> {}

/// What may be done to a value inside a field, given what may be done to the field.
pub trait Setter {
    /// A value inside, which by itself would be `Inside`.
    type Then<Inside: Setter>: Setter;
}

/// A field that is set by itself.
pub trait Settable: Setter {}

impl Settable for Free {}
impl Settable for Optional {}

macro_rules! setters {
    ($([$($generics:tt)*] $setter:ty => $then:ty;)*) => {$(
        impl<$($generics)*> Setter for $setter {
            type Then<Inside: Setter> = $then;
        }
    )*};
}

setters! {
    [] Free => Inside;
    [] Optional => Inside;
    [] Key => Fixed;
    [] Maintained => Fixed;
    [] Fixed => Fixed;
    [const FIELD: usize] Tied<FIELD> => Fixed;
}

macro_rules! refusals {
    ($($trait:ident: $message:literal, $label:literal;)*) => {$(
        /// Nothing implements it: its bound says why there is no setter.
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        pub trait $trait {}
    )*};
}

refusals! {
    KeyIsSettable:
        "a field of the primary key says which item it is, so it is never set; create the item with its new key and delete the old one, in a transaction",
        "is part of the primary key of `{Self}`";
    MaintainedIsSettable:
        "the library sets this field with every write; remove the setter",
        "a version or a time of a write of `{Self}`";
    FixedIsSettable:
        "a value inside a field of a key or an index is not set by itself; set the field as a whole",
        "inside a field of `{Self}` that is set as a whole";
    TiedIsCounted:
        "an index or a unique constraint follows from this field, and its key cannot be made without knowing the value; write `to(..)`",
        "is part of an index or of a unique constraint of `{Self}`";
}
