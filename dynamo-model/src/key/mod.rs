//! Keys: how values become the texts of key attributes, in order, and back.
//!
//! Everything here is pure: no I/O, no clock.

mod boolean;
mod bounds;
mod cover;
mod error;
#[cfg(any(feature = "ulid", feature = "uuid"))]
mod ids;
mod in_key;
mod integer;
mod ordered;
mod part;
mod spec;
mod spread;
mod template;
mod text;
mod time;

pub use bounds::SortCondition;
pub(crate) use bounds::{SortPrefix, text_after, text_before};
pub(crate) use cover::covering;
pub use error::{KeyError, KeyErrorKind};
pub use in_key::InKey;
pub use ordered::Newtype;
pub use part::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
pub(crate) use spread::{Beyond, Partitions, Periods, beyond, write as write_part};
pub use spread::{Period, PeriodKeyPart};
pub use template::{
    AttributePattern, Element, PARTITION_KEY_LIMIT, PartText, Parts, Placeholder, SORT_KEY_LIMIT, Template,
};

/// The texts of a primary key's attributes.
///
/// `Debug` shows no value: keys hold ids of people and things.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PrimaryKey {
    /// The partition key.
    pub partition: String,
    /// The sort key, if the table has one.
    pub sort: Option<String>,
}

impl std::fmt::Debug for PrimaryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrimaryKey").finish_non_exhaustive()
    }
}
