//! Why a key cannot be built or read.

use std::fmt;

use crate::operation::Operation;

/// A key that cannot be built from its values, or a text that is not a key of the entity.
///
/// Names the entity, the key attribute and, where one is guilty, the field. It holds no value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyError {
    entity: &'static str,
    operation: Option<Operation>,
    attribute: &'static str,
    /// The native index whose key the attribute is of.
    index: Option<&'static str>,
    field: Option<&'static str>,
    reason: KeyErrorKind,
}

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyErrorKind {
    /// A part is the empty string.
    EmptyPart,
    /// The text is longer than DynamoDB takes: 2,048 bytes for a partition key, 1,024 for a sort key.
    TooLong {
        /// Bytes of the text.
        bytes: usize,
        /// DynamoDB's limit in bytes.
        limit: usize,
    },
    /// The value does not fit its placeholder; the reason completes "the part …".
    Part(String),
    /// The text does not have the shape of the template.
    Shape {
        /// The template, as the entity states it.
        template: &'static str,
    },
    /// Two places of one field hold different values.
    Disagreement,
    /// A query's range holds no value, so there is nothing to ask DynamoDB; sending the query gives no items.
    EmptyRange,
}

impl KeyError {
    pub(crate) const fn new(
        entity: &'static str,
        attribute: &'static str,
        field: Option<&'static str>,
        reason: KeyErrorKind,
    ) -> Self {
        Self { entity, operation: None, attribute, index: None, field, reason }
    }

    /// Says which native index the attribute is of.
    pub(crate) fn on_index(mut self, index: &'static str) -> Self {
        self.index = Some(index);
        self
    }

    /// Says which operation the key was for.
    pub(crate) fn during(mut self, operation: Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// The entity whose key it is.
    #[must_use]
    pub const fn entity(&self) -> &'static str {
        self.entity
    }

    /// The operation that the key was for; none if the key was built or read by itself.
    #[must_use]
    pub const fn operation(&self) -> Option<Operation> {
        self.operation
    }

    /// The key attribute, such as `PK` or `GSI1SK`.
    #[must_use]
    pub const fn attribute(&self) -> &'static str {
        self.attribute
    }

    /// The index, where the attribute is a field that is in the key of a native one.
    #[must_use]
    pub const fn index(&self) -> Option<&'static str> {
        self.index
    }

    /// The guilty field, where there is one.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> &KeyErrorKind {
        &self.reason
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entity, operation, attribute, index, field, reason } = self;
        write!(f, "`{entity}` ")?;
        if let Some(operation) = operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "key attribute `{attribute}`")?;
        if let Some(index) = index {
            write!(f, " of index `{index}`")?;
        }
        f.write_str(": ")?;
        if let Some(field) = field {
            write!(f, "`{field}` ")?;
        }
        match reason {
            KeyErrorKind::EmptyPart => f.write_str("is empty; a key part holds at least one character"),
            KeyErrorKind::TooLong { bytes, limit } => {
                if field.is_some() {
                    f.write_str("makes it too long: ")?;
                }
                write!(f, "{bytes} bytes, DynamoDB takes at most {limit}; shorten the values or store a hash of them")
            }
            KeyErrorKind::Part(reason) => f.write_str(reason),
            KeyErrorKind::Shape { template } => write!(f, "the text does not fit the template `{template}`"),
            KeyErrorKind::EmptyRange => f.write_str("the range is empty, so there is nothing to send"),
            KeyErrorKind::Disagreement => f.write_str(
                "stands in the key more than once, with different values; the key was not written by this template",
            ),
        }
    }
}

impl std::error::Error for KeyError {}
