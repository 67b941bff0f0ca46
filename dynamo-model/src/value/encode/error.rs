//! Why a value could not be written.

use std::fmt::{self, Debug, Display};

use super::super::depth::MAX_DEPTH;
use super::super::path::{Path, Segment};

/// A Rust value that has no form in DynamoDB, and where in it the fault is.
///
/// Neither `Display` nor `Debug` shows data: what the type's own code said is behind [`reveal`](Self::reveal). The
/// path names attributes and the keys of maps.
pub struct EncodeError(Box<Fault>);

struct Fault {
    path: Path,
    kind: Kind,
}

pub(super) enum Kind {
    NotAnItem { found: &'static str },
    Key { found: &'static str },
    NotASet { set: &'static str, found: &'static str },
    SetElement { set: &'static str, found: &'static str },
    TooManyDigits,
    TooDeep,
    ValueWithoutKey,
    KeyWithoutValue,
    Custom(String),
}

impl EncodeError {
    #[cold]
    pub(super) fn new(kind: Kind) -> Self {
        Self(Box::new(Fault { path: Path::default(), kind }))
    }

    #[cold]
    pub(super) fn within(mut self, segment: impl Into<Segment>) -> Self {
        self.0.path.enter_from(segment.into());
        self
    }

    /// Where the fault is, such as `tasks[3].due`; empty where it is the value as a whole.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// What the type's own `Serialize` said, which may hold data and is for that reason not in the message.
    #[must_use]
    pub fn reveal(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Custom(message) => Some(message),
            _ => None,
        }
    }
}

impl serde::ser::Error for EncodeError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Kind::Custom(message.to_string()))
    }
}

impl std::error::Error for EncodeError {}

impl Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "`{}`: ", self.0.path)?;
        }
        match &self.0.kind {
            Kind::NotAnItem { found } => write!(f, "an item is written from a struct or a map, found {found}"),
            Kind::Key { found } => {
                write!(f, "a map's key must be text, an integer, a boolean or a unit variant, found {found}")
            }
            Kind::NotASet { set, found } => write!(f, "{set} is written from a sequence, found {found}"),
            Kind::SetElement { set, found } => write!(f, "{set} cannot hold {found}"),
            Kind::TooManyDigits => f.write_str("a number has at most 38 significant digits; store it as text"),
            Kind::TooDeep => write!(f, "nested more than {MAX_DEPTH} levels deep; DynamoDB stores 32"),
            Kind::ValueWithoutKey => f.write_str("the type's `Serialize` wrote a map's value before a key"),
            Kind::KeyWithoutValue => {
                f.write_str("the type's `Serialize` wrote two keys of a map without a value between them")
            }
            Kind::Custom(_) => {
                f.write_str("refused by the type's own `Serialize`; `EncodeError::reveal` has the reason")
            }
        }
    }
}

impl Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EncodeError").field(&format_args!("{self}")).finish()
    }
}
