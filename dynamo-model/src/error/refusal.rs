//! Writes whose condition did not hold.

use std::{borrow::Cow, error::Error as StdError, fmt};

use super::{Error, Operation};
use crate::{entity::Entity, schema::EntitySchema, value::Item};

/// A write whose condition did not hold; nothing was written.
///
/// Neither `Display` nor `Debug` shows the item that stood in the way; [`item`](Self::item) decodes it.
pub struct Refusal(Box<Inner>);

struct Inner {
    entity: &'static EntitySchema,
    operation: Operation,
    advice: Cow<'static, str>,
    fields: &'static [&'static str],
    item: Option<Item>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Refusal {
    pub(crate) fn new(
        entity: &'static EntitySchema,
        operation: Operation,
        advice: Cow<'static, str>,
        item: Option<Item>,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(Box::new(Inner { entity, operation, advice, fields: &[], item, source }))
    }

    /// The entity.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.0.entity.name
    }

    /// The operation that was refused.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// The fields whose values another item has, where the write would have made them not unique.
    #[must_use]
    pub fn fields(&self) -> &'static [&'static str] {
        self.0.fields
    }

    /// The item that stood in the way, decoded; `None` if there was none, or it is not known.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it cannot be read as an `E`.
    #[must_use]
    pub fn item<E: Entity>(&self) -> Option<Result<E, Error>> {
        let item = self.0.item.clone()?;
        Some(crate::op::from_item(item, self.0.operation))
    }

    /// The same as DynamoDB stores it.
    #[must_use]
    pub fn raw_item(&self) -> Option<&Item> {
        self.0.item.as_ref()
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("entity", &self.0.entity.name)
            .field("operation", &self.0.operation)
            .field("advice", &self.0.advice)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}: {}", self.entity(), self.0.operation, self.0.advice)
    }
}

impl StdError for Refusal {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// What a failed condition means.
#[derive(Clone, Copy)]
pub(crate) enum Refused {
    Exists,
    Missing,
    Version,
    Condition,
    NotUnique(&'static [&'static str]),
}

impl Refused {
    pub(crate) fn advice(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Exists => "an item with this key exists already; use `put` to replace it",
            Self::Missing => "there is no such item; use `create`, or `upsert` to create it where it is missing",
            Self::Version => "the stored item has another version; read it again and repeat the change",
            Self::Condition => {
                "the condition does not hold, or a number that was added to would leave its type; \
                 `Refusal::item` has the item that stands in the way"
            }
            Self::NotUnique(fields) => {
                let fields = fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" and ");
                return Cow::Owned(format!("another item has this {fields}; choose another value"));
            }
        })
    }

    pub(crate) fn error(self, mut refusal: Refusal) -> Error {
        match self {
            Self::Exists => Error::AlreadyExists(refusal),
            Self::Missing => Error::NotFound(refusal),
            Self::Version => Error::VersionConflict(refusal),
            Self::Condition => Error::ConditionFailed(refusal),
            Self::NotUnique(fields) => {
                refusal.0.fields = fields;
                Error::NotUnique(refusal)
            }
        }
    }
}
