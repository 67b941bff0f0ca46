//! Why a value could not be read.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::{Error, Expected, Unexpected};

use super::super::depth::MAX_DEPTH;
use super::super::path::{Path, Segment};
#[cfg(feature = "streams")]
use super::super::shape::UNKNOWN;
use super::super::shape::{shape, shape_of_unexpected};

/// An attribute value that is not what a type reads, and where in the item it stands.
///
/// Neither `Display` nor `Debug` shows data: what DynamoDB held, and what the type's own code said about it, is behind
/// [`reveal`](Self::reveal). The path names attributes and the keys of maps.
pub struct DecodeError(Box<Fault>);

struct Fault {
    path: Path,
    kind: Kind,
}

pub(super) enum Kind {
    Type { expected: Cow<'static, str>, found: &'static str },
    Number { expected: &'static str, text: String },
    Key { expected: &'static str },
    Content { found: &'static str, message: String },
    Length { expected: String, found: usize },
    Variants { found: usize },
    UnknownVariant { expected: &'static [&'static str], text: String },
    UnknownField { expected: &'static [&'static str] },
    Missing,
    Duplicate,
    TooDeep,
    ValueBeforeKey,
    Custom(String),
}

impl Kind {
    /// Whether the message says something of the path, rather than of the value there.
    fn is_predicate(&self) -> bool {
        matches!(self, Self::Missing | Self::Duplicate | Self::UnknownField { .. })
    }
}

impl DecodeError {
    #[cold]
    pub(super) fn new(kind: Kind) -> Self {
        Self(Box::new(Fault { path: Path::default(), kind }))
    }

    #[cold]
    pub(super) fn expected(expected: &'static str, found: &AttributeValue) -> Self {
        Self::new(Kind::Type { expected: Cow::Borrowed(expected), found: shape(found) })
    }

    /// A value that only a function of its field's reads.
    #[cold]
    pub(crate) fn unreadable(found: &AttributeValue) -> Self {
        Self::expected("what the field's own function reads, in the whole item", found)
    }

    #[cold]
    pub(crate) fn within(mut self, segment: impl Into<Segment>) -> Self {
        self.0.path.enter_from(segment.into());
        self
    }

    /// A value of a type that the SDK does not know.
    #[cfg(feature = "streams")]
    #[cold]
    pub(crate) fn unknown_type() -> Self {
        Self::new(Kind::Type { expected: Cow::Borrowed("a type of DynamoDB's"), found: UNKNOWN })
    }

    /// A value with more levels than are converted.
    #[cfg(feature = "streams")]
    #[cold]
    pub(crate) fn too_deep() -> Self {
        Self::new(Kind::TooDeep)
    }

    /// Whether the path leads somewhere yet.
    pub(super) fn is_placed(&self) -> bool {
        !self.0.path.is_empty()
    }

    /// Where in the item the fault is, such as `tasks[3].due`; empty where it is the item, or the value, as a whole.
    ///
    /// A key that is no plain identifier is quoted: `["a b"].due`. `*` stands for a key that the type took before its
    /// value was read. Below a field that serde buffers (`flatten`, `untagged`, internally tagged enums) the path ends at
    /// that field, or names the missing field in it.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// The text at fault, or what the type's own `Deserialize` said; it may hold data and is for that reason not in the
    /// message.
    #[must_use]
    pub fn reveal(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Number { text, .. } | Kind::UnknownVariant { text, .. } => Some(text),
            Kind::Content { message, .. } | Kind::Custom(message) => Some(message),
            _ => None,
        }
    }
}

/// serde's own messages quote the value at fault, so each of them is worded anew. What a visitor says that it expects
/// (`expecting`) is kept where the type is wrong: it describes a Rust type.
impl Error for DecodeError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Kind::Custom(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Kind::Type { expected: Cow::Owned(expected.to_string()), found: shape_of_unexpected(&found) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        // Types put the message of their parser into `expected`, and that may quote the text.
        let message = format!("invalid value: {found}, expected {expected}");
        Self::new(Kind::Content { found: shape_of_unexpected(&found), message })
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        Self::new(Kind::Length { expected: expected.to_string(), found })
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownVariant { expected, text: variant.to_owned() })
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::UnknownField { expected }).within(field.to_owned())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Kind::Missing).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Kind::Duplicate).within(field)
    }
}

impl std::error::Error for DecodeError {}

impl Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "`{}`{}", self.0.path, if self.0.kind.is_predicate() { " " } else { ": " })?;
        }
        match &self.0.kind {
            Kind::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Kind::Number { expected, .. } => write!(f, "expected a number (N) that fits `{expected}`, found another"),
            Kind::Key { expected } => write!(f, "expected a key that is {expected}, found another"),
            Kind::Content { found, .. } => {
                write!(f, "found {found} that its type does not accept; `DecodeError::reveal` has the reason")
            }
            Kind::Length { expected, found } => write!(f, "expected {expected}, found a length of {found}"),
            Kind::Variants { found } => {
                write!(f, "expected a map (M) with a variant's name as its only key, found {found} keys")
            }
            Kind::UnknownVariant { expected, .. } => write!(f, "expected {}, found another name", OneOf(expected)),
            Kind::UnknownField { expected } => write!(f, "is not a field of the type; expected {}", OneOf(expected)),
            Kind::Missing => f.write_str("is missing"),
            Kind::Duplicate => f.write_str("is there twice, under a field's name and its alias"),
            Kind::TooDeep => write!(f, "nested more than {MAX_DEPTH} levels deep; DynamoDB stores 32"),
            Kind::ValueBeforeKey => f.write_str("the type's `Deserialize` asked for a map's value before a key"),
            Kind::Custom(_) => {
                f.write_str("refused by the type's own `Deserialize`; `DecodeError::reveal` has the reason")
            }
        }
    }
}

impl Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DecodeError").field(&format_args!("{self}")).finish()
    }
}

/// The names that a type knows.
struct OneOf(&'static [&'static str]);

impl Display for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([first, rest @ ..]) = self else {
            return f.write_str("none");
        };
        write!(f, "`{first}`")?;
        let Some((last, between)) = rest.split_last() else {
            return Ok(());
        };
        between.iter().try_for_each(|name| write!(f, ", `{name}`"))?;
        write!(f, " or `{last}`")
    }
}
