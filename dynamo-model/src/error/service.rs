//! Failures of the SDK and of DynamoDB, sorted by what the caller can do.

use std::{error::Error as StdError, fmt};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use super::{Error, Operation};

/// A request that the SDK could not send or DynamoDB did not serve.
///
/// Its `Debug` leaves out the SDK's error, which holds the whole reply and with it stored values: that is in the
/// [`source`](StdError::source).
pub struct ServiceError(Box<Inner>);

struct Inner {
    entity: Option<&'static str>,
    operation: Operation,
    table: String,
    code: Option<String>,
    hint: &'static str,
    source: Box<dyn StdError + Send + Sync>,
}

impl ServiceError {
    /// The entity, where the request was for one.
    #[must_use]
    pub fn entity(&self) -> Option<&'static str> {
        self.0.entity
    }

    /// The operation that failed.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// The table's name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.0.table
    }

    /// DynamoDB's error code, such as `ThrottlingException`, if it answered.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { entity, operation, table, code, hint, source: _ } = &*self.0;
        f.debug_struct("ServiceError")
            .field("entity", entity)
            .field("operation", operation)
            .field("table", table)
            .field("code", code)
            .field("hint", hint)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { entity, operation, table, code, hint, .. } = &*self.0;
        if let Some(entity) = entity {
            write!(f, "`{entity}` ")?;
        }
        write!(f, "{operation} on table `{table}`: {hint}")?;
        match code {
            Some(code) => write!(f, " ({code})"),
            None => Ok(()),
        }
    }
}

impl StdError for ServiceError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0.source)
    }
}

/// What is known about a request when the SDK reports an error.
#[derive(Clone, Copy)]
pub(crate) struct Classify<'a> {
    pub(crate) entity: Option<&'static str>,
    pub(crate) operation: Operation,
    pub(crate) table: &'a str,
    /// Whether doing it twice leaves what doing it once leaves.
    pub(crate) repeats: bool,
}

impl Classify<'_> {
    /// Sorts an SDK error by what can be done about it.
    pub(crate) fn error<E>(self, error: SdkError<E>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).map(str::to_owned);
        let unreachable = match &error {
            SdkError::DispatchFailure(failure) => failure.is_io() || failure.is_timeout(),
            SdkError::TimeoutError(_) => true,
            _ => false,
        };
        let unsure = match &error {
            SdkError::ServiceError(answer) => answer.raw().status().is_server_error(),
            SdkError::ConstructionFailure(_) => false,
            _ => true,
        };
        let no_credentials = matches!(error, SdkError::DispatchFailure(_)) && lacks_credentials(&error);
        let source: Box<dyn StdError + Send + Sync> = Box::new(error);
        let (kind, hint): (fn(ServiceError) -> Error, _) = match code.as_deref() {
            None if no_credentials => (
                Error::NoCredentials,
                "the client has no credentials; configure a profile, a role or the AWS_ environment variables",
            ),
            _ if unsure && !self.repeats => (
                Error::OutcomeUnknown,
                "no answer came, so it was done once or not at all; read the item to see, or send it with `exactly_once`",
            ),
            None if unreachable => {
                (Error::Unreachable, "the endpoint did not answer; check the endpoint, the Region and the network")
            }
            Some("ResourceNotFoundException") if self.operation == Operation::Follow => {
                (Error::Service, "there is no such stream or shard here; check the ARN, the Region and the endpoint")
            }
            // More than two readers of a shard.
            Some("LimitExceededException") if self.operation == Operation::Follow => (
                Error::Throttled,
                "throttled more often than the client retries; wait longer between two looks, or have fewer readers",
            ),
            Some("ResourceNotFoundException") => (
                Error::TableNotFound,
                "there is no such table (or index) here; check the name and the Region, or call `create_table`",
            ),
            Some(
                "AccessDeniedException"
                | "UnrecognizedClientException"
                | "InvalidSignatureException"
                | "MissingAuthenticationTokenException"
                | "ExpiredTokenException"
                | "IncompleteSignatureException",
            ) => (Error::AccessDenied, "the credentials are not allowed to do this; check them and the IAM policy"),
            Some("ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded") => {
                (Error::Throttled, "throttled more often than the client retries; slow down or raise the capacity")
            }
            Some("TrimmedDataAccessException") => {
                (Error::Service, "records that were not read yet have left the stream, which keeps them for 24 hours")
            }
            Some("ValidationException") => (
                Error::Service,
                "DynamoDB does not take the request; see whether the table has the schema's keys and indexes (`verify`)",
            ),
            _ => (Error::Service, "the request failed; the source says why"),
        };
        kind(self.failed(code, hint, source))
    }

    /// No answer came to an earlier try, and that this one was refused does not say what became of that.
    pub(crate) fn outcome_unknown<E>(self, error: SdkError<E>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).map(str::to_owned);
        let hint = "no answer came at first, and another write hides whether it was done; read the item to see";
        Error::OutcomeUnknown(self.failed(code, hint, Box::new(error)))
    }

    fn failed(self, code: Option<String>, hint: &'static str, source: Box<dyn StdError + Send + Sync>) -> ServiceError {
        let Self { entity, operation, table, repeats: _ } = self;
        ServiceError(Box::new(Inner { entity, operation, table: table.to_owned(), code, hint, source }))
    }
}

/// Whether a provider of credentials had none to give, or there is no provider.
fn lacks_credentials(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // Where there is no provider, the SDK's error has no public type; a test watches its words.
        if error.is::<CredentialsError>() || error.to_string().contains("Be sure to set an identity") {
            return true;
        }
        cause = error.source();
    }
    false
}
