//! The attributes that an index carries.

use super::{IndexSchema, KeyPattern, TableSchema, message::equal};

/// The attributes that an index carries, beside its own keys and the table's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexProjection {
    /// Every attribute: `ALL`.
    All,
    /// None: `KEYS_ONLY`.
    KeysOnly,
    /// These: `INCLUDE`. The type attribute and the table's TTL are among them.
    Include(&'static [&'static str]),
}

impl IndexProjection {
    /// Whether it carries an attribute that is no key.
    #[must_use]
    pub const fn includes(&self, attribute: &str) -> bool {
        match self {
            Self::All => true,
            Self::KeysOnly => false,
            Self::Include(attributes) => {
                let mut at = 0;
                while at < attributes.len() {
                    if equal(attributes[at], attribute) {
                        return true;
                    }
                    at += 1;
                }
                false
            }
        }
    }
}

impl IndexSchema {
    /// Whether the index of this table carries the attribute.
    #[must_use]
    pub const fn carries(&self, table: &TableSchema, attribute: &str) -> bool {
        table.key.has(attribute) || self.key.has(attribute) || self.projection.includes(attribute)
    }
}

impl KeyPattern {
    /// Whether what is read by the key holds the attribute: all do on the table itself.
    #[must_use]
    pub(crate) fn carries(&self, table: &TableSchema, attribute: &str) -> bool {
        self.index.is_none_or(|index| index.carries(table, attribute))
    }
}
