//! Keys: how values become the texts of key attributes, in order, and back.

mod part;

pub use part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
