//! What a type does to stand in a key placeholder.

use std::{fmt, hash::Hash};

use super::Period;

/// A type that can stand in a placeholder of a key template, such as `{task_id}`.
///
/// Derive it on newtypes (which delegate to their field) and on unit enums (which use serde's variant names);
/// strings, integers, `bool`, [`Timestamp`](crate::Timestamp) and, by feature, the types of `ulid`, `uuid`,
/// `chrono`, `time` and `jiff` implement it already.
///
/// An implementation keeps four promises, and the library's guarantees rest on them: different values have different
/// texts; no text holds a byte from 0x00 to 0x24 (`#` is 0x23) except under [`PartSpec::Raw`], which allows all but
/// `#`; [`decode`](KeyPart::decode) gives back what [`encode`](KeyPart::encode) wrote; the text has the shape that
/// [`KIND`](KeyPart::KIND) states. Where the order of texts is also the order of values, implement
/// [`OrderedKeyPart`] too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a key; derive `KeyPart` on it if it is a newtype or a unit enum of yours",
    label = "not a key part",
    note = "key parts are strings, integers, `bool`, timestamps, ids and types with `#[derive(KeyPart)]`",
    note = "a float has no exact text in order; store a scaled integer or a string"
)]
pub trait KeyPart: Clone + fmt::Debug + Eq + Hash + Sized {
    /// The shape of the text, known at compile time.
    const KIND: PartKind;

    /// Appends the value's text to a key.
    ///
    /// # Errors
    ///
    /// The value does not fit the placeholder: a number wider than its padding, a `#` under `:raw`.
    fn encode(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError>;

    /// Reads the value back from exactly the text that [`encode`](KeyPart::encode) appended.
    ///
    /// # Errors
    ///
    /// The text is not one that `encode` writes.
    fn decode(text: &str, spec: PartSpec) -> Result<Self, PartError>;
}

/// A [`KeyPart`] whose texts sort as its values do, so a query may range over it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in a key, so a query takes no range over it; give one value",
    label = "give one value here, not a range",
    note = "numbers, strings, timestamps and time-ordered ids are ordered; enums and `bool` sort by their text"
)]
pub trait OrderedKeyPart: KeyPart {}

/// How a placeholder asks for its value to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartSpec {
    /// `{field}`: the type's own text.
    Plain,
    /// `{field:lower}`: Unicode lower case; for texts only.
    Lower,
    /// `{field:08}`: zero-padded to this many characters; for integers only.
    Width(u8),
    /// `{field:raw}`: the text without escaping, refused if it holds `#`; for texts only.
    Raw,
    /// `{field:shard(16)}`: one of this many shards, by a hash of the plain text; in partition keys only.
    ///
    /// The template makes it of the plain text: a [`KeyPart`] is not asked for it.
    Shard(u16),
    /// `{field:day}`: the period in which a time lies; in partition keys only.
    ///
    /// The template makes it of the plain text: a [`KeyPart`] is not asked for it.
    Period(Period),
}

impl PartSpec {
    /// Whether it holds less than the value, so that the items of one partition key lie in several partitions.
    #[must_use]
    pub const fn spreads(self) -> bool {
        matches!(self, Self::Shard(_) | Self::Period(_))
    }
}

impl fmt::Display for PartSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Lower => f.write_str(":lower"),
            Self::Width(width) => write!(f, ":0{width}"),
            Self::Raw => f.write_str(":raw"),
            Self::Shard(shards) => write!(f, ":shard({shards})"),
            Self::Period(period) => write!(f, ":{period}"),
        }
    }
}

/// The shape of a key part's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartKind {
    /// Any text, escaped; no fixed width.
    Text,
    /// An unsigned integer, zero-padded to `width` digits.
    Unsigned {
        /// Digits of the type's largest value.
        width: u8,
    },
    /// A signed integer in `width` characters: `0` and digits, or `-` and the nines' complement.
    Signed {
        /// One more than the digits of the type's largest value.
        width: u8,
    },
    /// A text of exactly `width` ASCII characters: a timestamp, a date, an id.
    Fixed {
        /// Characters.
        width: u8,
    },
    /// One of these texts: serde's names of variants, escaped.
    Names(&'static [&'static str]),
}

/// Why a value cannot be written as a key part, or a text not read as one. Holds no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartError {
    reason: String,
}

impl PartError {
    /// An error with a reason that completes the sentence "the part …", such as "is not a whole number".
    ///
    /// Keep the value itself out of it: reasons are logged.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for PartError {}
