//! Expressions that cannot be sent.

use std::{error::Error as StdError, fmt, sync::Arc};

use crate::{operation::Operation, value::EncodeError};

/// An expression that DynamoDB would refuse, or that says two things about one attribute; nothing was sent.
#[derive(Debug, Clone)]
pub struct ExpressionError {
    entity: &'static str,
    operation: Operation,
    path: Option<String>,
    kind: ExpressionErrorKind,
}

/// What is wrong with an expression.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ExpressionErrorKind {
    /// More than 300 operators and functions.
    TooManyOperators,
    /// More than 4 KB of text.
    TooLong {
        /// Bytes.
        bytes: usize,
    },
    /// A value has no form in DynamoDB.
    Encode(Arc<EncodeError>),
    /// A value that serde leaves out (`skip_serializing_if`) stands where DynamoDB needs one.
    NoValue,
    /// An update says two things about one attribute, about an attribute and one inside it, or about fields that are set
    /// together.
    Twice,
    /// A filter reads a key attribute of what is queried.
    KeyInFilter,
    /// A filter reads an attribute that the index does not carry.
    NotCarried {
        /// The index.
        index: &'static str,
    },
    /// `modify` changed a field of the primary key.
    KeyChanged,
    /// The value that `upsert` would create has another primary key than the update.
    OtherKey,
    /// An update changes the key of an index, and does not know all that the key is made of.
    Unfollowed {
        /// The access pattern that queries the index.
        index: &'static str,
        /// The field that every update changes.
        field: &'static str,
    },
}

impl ExpressionError {
    pub(crate) fn new(entity: &'static str, operation: Operation, kind: ExpressionErrorKind) -> Self {
        Self { entity, operation, path: None, kind }
    }

    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The entity.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        self.entity
    }

    /// The operation that it was for.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The attribute path, such as `address.city`, where one is at fault.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ExpressionErrorKind {
        &self.kind
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entity, operation, path, kind } = self;
        write!(f, "`{entity}` {operation}: ")?;
        if let Some(path) = path {
            write!(f, "`{path}`: ")?;
        }
        match kind {
            ExpressionErrorKind::TooManyOperators => f.write_str(
                "the condition has more than 300 operators, which DynamoDB does not take; split the request, or check in Rust what was read",
            ),
            ExpressionErrorKind::TooLong { bytes } => write!(
                f,
                "the expression has {bytes} bytes and DynamoDB takes 4,096; split the request, or check in Rust what was read"
            ),
            ExpressionErrorKind::Encode(error) => error.fmt(f),
            ExpressionErrorKind::NoValue => f.write_str(
                "serde leaves this value out of an item, so it cannot be compared by order or listed; use `attribute_not_exists`",
            ),
            ExpressionErrorKind::Twice => {
                f.write_str("the update says two things about this attribute, or about one that is set together with it; say it in one change")
            }
            ExpressionErrorKind::KeyInFilter => f.write_str(
                "DynamoDB filters by attributes that are no key of what is queried; give it in the key condition",
            ),
            ExpressionErrorKind::NotCarried { index } => write!(
                f,
                "the index `{index}` does not carry this attribute, so it cannot filter by it; add it to its `include(..)`, or leave items out in Rust, after `hydrate`"
            ),
            ExpressionErrorKind::OtherKey => f.write_str(
                "the value to create has another primary key than the update; give both the same",
            ),
            ExpressionErrorKind::KeyChanged => f.write_str(
                "a field of the primary key was changed, which makes it another item; create that one and delete this, in a transaction",
            ),
            ExpressionErrorKind::Unfollowed { index, field } => write!(
                f,
                "the key of `{index}` is made of `{field}`, which every write changes, and of values that an update does not know; use `modify` or `put`"
            ),
        }
    }
}

impl StdError for ExpressionError {}
