//! What can befall one HTTP attempt.

/// What befalls one HTTP attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: request and response pass unchanged.
    None,
    /// The engine does not see the request. The answer is `ProvisionedThroughputExceededException`: a key or a table
    /// is asked too much.
    Throttle,
    /// The engine does not see the request. The answer is `ThrottlingException`: a table on demand, or the control
    /// plane, is asked too much.
    ThrottleTable,
    /// The engine does not see the request. The answer is `RequestLimitExceeded`: the account asks too much.
    ThrottleAccount,
    /// The engine does not see the request. The answer is HTTP 500, `InternalServerError`.
    InternalError,
    /// The engine does what it is asked, and what it says is replaced by HTTP 500, `InternalServerError`.
    InternalErrorAfter,
    /// The engine does not see the request. The answer is HTTP 503 without a word that DynamoDB knows, as a load
    /// balancer gives it.
    Unavailable,
    /// The engine does what it is asked, and the connection breaks before its response is here.
    LoseResponse,
    /// The engine does what it is asked, and its response comes too late: the HTTP client has given up.
    TimeOut,
    /// The engine does not see the request: the connection is reset.
    Reset,
    /// `BatchWriteItem` and `BatchGetItem`: the engine sees a part of the request, and the rest is reported as
    /// unprocessed beside what the engine itself leaves. The part has at least one element, and lacks at least one if
    /// there are two. The number chooses it.
    ///
    /// The engine checks the part only: a request that it would refuse as a whole may pass.
    Partial(u64),
    /// `BatchWriteItem` and `BatchGetItem`: the engine does not see the request, and all of it is unprocessed.
    Unprocessed,
    /// The engine does not see the request, since a transaction holds an item.
    ///
    /// `TransactWriteItems` and `TransactGetItems`: the answer is `TransactionCanceledException`, and the number
    /// chooses the element whose reason is `TransactionConflict`. `PutItem`, `UpdateItem` and `DeleteItem`: the answer
    /// is `TransactionConflictException`.
    Conflict(u64),
    /// `TransactWriteItems`: the engine does not see the request. The answer is `TransactionInProgressException`: one
    /// with the same token runs already.
    InProgress,
}

impl Fault {
    /// What this fault is to an operation: itself, or [`Fault::None`] where it means nothing.
    #[must_use]
    pub fn on(self, operation: &str) -> Self {
        let meant = match self {
            Self::Partial(_) | Self::Unprocessed => matches!(operation, "BatchWriteItem" | "BatchGetItem"),
            Self::Conflict(_) => {
                matches!(operation, "TransactWriteItems" | "TransactGetItems" | "PutItem" | "UpdateItem" | "DeleteItem")
            }
            Self::InProgress => operation == "TransactWriteItems",
            Self::None
            | Self::Throttle
            | Self::ThrottleTable
            | Self::ThrottleAccount
            | Self::InternalError
            | Self::InternalErrorAfter
            | Self::Unavailable
            | Self::LoseResponse
            | Self::TimeOut
            | Self::Reset => true,
        };
        if meant { self } else { Self::None }
    }
}
