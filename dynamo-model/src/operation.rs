//! What was being done when something went wrong.

use std::fmt;

/// The operation that failed, in the library's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `create`
    Create,
    /// `put`
    Put,
    /// `get`
    Get,
    /// `exists`
    Exists,
    /// `delete`
    Delete,
    /// `update`
    Update,
    /// `modify`
    Modify,
    /// `transaction`
    Transaction,
    /// `transact_get`
    TransactGet,
    /// `batch_get`
    BatchGet,
    /// `batch_write`
    BatchWrite,
    /// `query`
    Query,
    /// `scan`
    Scan,
    /// `to_item`
    Encode,
    /// `from_item`
    Decode,
    /// `create_table`
    CreateTable,
    /// `verify`
    Verify,
    /// `stream_arn`
    StreamArn,
    /// `follow`
    Follow,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Put => "put",
            Self::Get => "get",
            Self::Exists => "exists",
            Self::Delete => "delete",
            Self::Update => "update",
            Self::Modify => "modify",
            Self::Transaction => "transaction",
            Self::TransactGet => "transact_get",
            Self::BatchGet => "batch_get",
            Self::BatchWrite => "batch_write",
            Self::Query => "query",
            Self::Scan => "scan",
            Self::Encode => "to_item",
            Self::Decode => "from_item",
            Self::CreateTable => "create_table",
            Self::Verify => "verify",
            Self::StreamArn => "stream_arn",
            Self::Follow => "follow",
        })
    }
}
