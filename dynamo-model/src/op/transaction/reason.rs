//! Why DynamoDB cancels a transaction.

use aws_sdk_dynamodb::types::CancellationReason;

use crate::error::ReasonKind;

/// Whether the reason passes by itself.
pub(super) fn passes(reason: &CancellationReason) -> bool {
    matches!(unconditional(reason.code()), ReasonKind::None | ReasonKind::Conflict | ReasonKind::Throttled)
}

/// What is to be said of a reason that is no condition's.
///
/// Source: "Transaction API error handling" in the Amazon DynamoDB Developer Guide.
pub(super) fn unconditional(code: Option<&str>) -> ReasonKind {
    match code {
        None | Some("None") => ReasonKind::None,
        Some("TransactionConflict") => ReasonKind::Conflict,
        Some("ThrottlingError" | "ProvisionedThroughputExceeded") => ReasonKind::Throttled,
        Some("ItemCollectionSizeLimitExceeded") => ReasonKind::TooLarge,
        Some(code) => ReasonKind::Other(code.to_owned()),
    }
}
