//! What says which partition of a collection is read.

use std::borrow::Cow;

use crate::key::KeyError;

/// An entity whose partition key is made of `P`: a reference to its one part, or a tuple of references to its parts.
///
/// Implemented by `#[derive(Entity)]` for the primary key and each index, which `INDEX` is a number for.
#[diagnostic::on_unimplemented(
    message = "`{P}` does not say which partition of `{Self}` is meant; give a reference to its partition key's part, or a tuple of them if there are several",
    label = "not the partition key of `{Self}`"
)]
pub trait InPartition<P, const INDEX: u64> {
    /// Where the partition is read: [`Local`](crate::op::Local) or [`Global`](crate::op::Global).
    type Source: Send + Sync + 'static;

    #[doc(hidden)]
    fn partition(parts: P) -> Result<String, KeyError>;
}

/// What may be given for a part that is a `String`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no text, of which this part of the partition key is made; give a `&str`",
    label = "not a text"
)]
pub trait AsText {
    fn as_text(&self) -> &str;
}

impl AsText for str {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for String {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for Box<str> {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for Cow<'_, str> {
    fn as_text(&self) -> &str {
        self
    }
}

impl<T: AsText + ?Sized> AsText for &T {
    fn as_text(&self) -> &str {
        (*self).as_text()
    }
}
