//! What serde does for an entity, as generated code asks for it.
//!
//! Were these supertraits of [`Entity`](crate::Entity), each of its items that is named would ask for them: a struct
//! without `Deserialize` would be an error wherever it is used. So it is one, where `Entity` is derived.

use serde::{Serialize, de::DeserializeOwned};

use crate::value::{self, DecodeError, EncodeError, Item};

/// A type that serde writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an item; derive `Serialize` on it",
    label = "an entity is written by serde"
)]
pub trait Written {
    /// Adds the attributes that serde gives the value.
    ///
    /// # Errors
    ///
    /// A field has no DynamoDB form.
    fn write(&self, item: &mut Item) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Written for T {
    fn write(&self, item: &mut Item) -> Result<(), EncodeError> {
        value::encode_into(self, item)
    }
}

/// A type that serde reads.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an item; derive `Deserialize` on it",
    label = "an entity is read by serde"
)]
pub trait Read: Sized {
    /// Reads an item as if these of its attributes were not there.
    ///
    /// # Errors
    ///
    /// An attribute does not fit its field.
    fn read(item: Item, hidden: &[&str]) -> Result<Self, DecodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Read for T {
    fn read(item: Item, hidden: &[&str]) -> Result<Self, DecodeError> {
        value::decode_skipping(item, hidden)
    }
}
