//! How often a request was tried, and which failures it is tried again after.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, RuntimeComponents,
        interceptors::{BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef, InterceptorContext},
        retry::{ClassifyRetry, RetryAction},
    },
    error::BoxError,
};

/// Counts the tries of one request, and keeps whether one of them may have been done though it failed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    tries: AtomicU32,
    unsure: AtomicBool,
}

impl Attempts {
    pub(crate) fn count(&self) -> u32 {
        self.0.tries.load(Ordering::Relaxed)
    }

    /// Whether a try failed in a way that leaves open whether it was done.
    pub(crate) fn were_unsure(&self) -> bool {
        self.0.unsure.load(Ordering::Relaxed)
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.tries.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.unsure.fetch_or(is_unsure(context.inner()), Ordering::Relaxed);
        Ok(())
    }
}

/// Whether DynamoDB may have done what was asked, though the try failed.
fn is_unsure(context: &InterceptorContext) -> bool {
    let Some(Err(error)) = context.output_or_error() else { return false };
    let answered = context.response().map(|response| response.status().as_u16());
    // A response that broke off is an error of the connector too.
    error.is_connector_error()
        || error.is_timeout_error()
        || error.is_response_error()
        || answered.is_none_or(|status| status >= 500)
}

/// Forbids to try again where DynamoDB may have done what was asked: where no answer came, or an internal error.
#[derive(Debug)]
pub(crate) struct SureRetries;

impl ClassifyRetry for SureRetries {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        if is_unsure(context) { RetryAction::RetryForbidden } else { RetryAction::NoActionIndicated }
    }

    fn name(&self) -> &'static str {
        "SureRetries"
    }
}
