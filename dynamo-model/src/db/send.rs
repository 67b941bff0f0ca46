//! Sends a request: counted, measured and traced.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata as _, SdkError};
use tracing::{Instrument as _, Span, field::Empty};

use super::{
    Db,
    attempts::Attempts,
    dispatch::{ConditionalWrite, Dispatch, Obstacle},
};
use crate::{
    error::{Classify, Error, Operation},
    op::SdkRequest,
    table::Table,
    value::Item,
};

/// What is known about a request beside what it asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// The entity, where the request is for one.
    pub(crate) entity: Option<&'static str>,
    pub(crate) index: Option<&'static str>,
    pub(crate) operation: Operation,
    /// Whether doing it twice leaves what doing it once leaves, so that it is repeated after any failure.
    pub(crate) repeats: bool,
}

impl Call {
    pub(crate) fn new(entity: Option<&'static str>, operation: Operation) -> Self {
        Self { entity, index: None, operation, repeats: true }
    }

    pub(crate) fn on(mut self, index: Option<&'static str>) -> Self {
        self.index = index;
        self
    }

    pub(crate) fn repeating(mut self, repeats: bool) -> Self {
        self.repeats = repeats;
        self
    }
}

/// A request that failed, and whether one of its tries may have been done all the same.
#[derive(Debug)]
pub(crate) struct Failed<E> {
    pub(crate) error: SdkError<E>,
    pub(crate) unsure: bool,
}

/// What became of a write that may have a condition.
pub(crate) enum Written<O, E> {
    Done(O),
    /// Its condition did not hold: the item that stood in the way, if there was one.
    Refused {
        item: Option<Item>,
        failed: Box<Failed<E>>,
    },
}

impl<T: Table> Db<T> {
    /// Sends a request; its failure is sorted by what can be done about it.
    pub(crate) async fn send<R: Dispatch>(&self, request: R, call: Call) -> Result<R::Output, Error> {
        self.attempt(request, call).await.map_err(|failed| self.classify(call).error(failed.error))
    }

    /// Sends a write. Where another write or transaction is under way on the item, it is sent again after a while.
    pub(crate) async fn write<R: ConditionalWrite + Clone>(
        &self,
        request: &R,
        call: Call,
    ) -> Result<Written<R::Output, R::Error>, Error> {
        let mut pauses = self.inner.backoff.pauses();
        let mut unsure = false;
        loop {
            let mut failed = match self.attempt(request.clone(), call).await {
                Ok(output) => return Ok(Written::Done(output)),
                Err(failed) => failed,
            };
            unsure |= failed.unsure;
            failed.unsure = unsure;
            if let Some(Obstacle(item)) = failed.error.as_service_error().and_then(R::refused) {
                return Ok(Written::Refused { item, failed: Box::new(failed) });
            }
            let busy = failed.error.as_service_error().and_then(|error| error.code()) == Some(CONFLICT);
            match pauses.next().filter(|_| busy) {
                Some(pause) => self.pause(pause).await,
                None => return Err(self.classify(call).error(failed.error)),
            }
        }
    }

    /// Sends a request once, as the SDK understands it: with its own retries.
    pub(crate) async fn attempt<R: Dispatch>(&self, request: R, call: Call) -> Result<R::Output, Failed<R::Error>> {
        let attempts = Attempts::default();
        let request = if self.inner.meter.is_some() { request.metered() } else { request };
        let span = self.span::<R>(call);
        let sent = request.dispatch(self.client(), attempts.clone(), call.repeats);
        let result = sent.instrument(span.clone()).await;
        span.record("attempts", attempts.count());
        match result {
            Ok(output) => {
                let consumed = R::consumed(&output);
                if let Some(meter) = &self.inner.meter {
                    meter.add(consumed);
                }
                if !span.is_disabled() {
                    let units = consumed.iter().filter_map(|table| table.capacity_units).sum::<f64>();
                    span.record("items", R::items(&output));
                    span.record("capacity", (units > 0.0).then_some(units));
                }
                Ok(output)
            }
            Err(error) => {
                span.record("error", error.as_service_error().and_then(|error| error.code()).unwrap_or("unanswered"));
                Err(Failed { error, unsure: attempts.were_unsure() })
            }
        }
    }

    /// Names and counts only: keys and values are the application's.
    fn span<R: SdkRequest>(&self, call: Call) -> Span {
        tracing::debug_span!(
            "dynamodb",
            request = R::OPERATION,
            operation = %call.operation,
            table = self.table_name(),
            entity = call.entity,
            index = call.index,
            attempts = Empty,
            items = Empty,
            capacity = Empty,
            error = Empty,
        )
    }

    /// Sorts the errors of a call.
    pub(crate) fn classify(&self, call: Call) -> Classify<'_> {
        Classify { entity: call.entity, operation: call.operation, table: self.table_name(), repeats: call.repeats }
    }
}

/// Another transaction is under way on the item; nothing was written.
const CONFLICT: &str = "TransactionConflictException";
