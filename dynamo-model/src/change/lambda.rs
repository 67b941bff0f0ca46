//! Lambda's events, and what is answered to them.

use std::{error::Error as StdError, fmt};

use aws_lambda_events::event::{
    dynamodb::{Event as LambdaEvent, EventRecord, StreamViewType},
    streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse},
};

use super::{
    Change, Changes, Skipped,
    image::Image,
    record::{Event, Raw, removed_by},
};
use crate::{error::Error, schema::StreamView, table::Table, timestamp::Timestamp};

/// What became of the records of a Lambda event.
///
/// [`response`](Self::response) is what the function gives back.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "Lambda takes the whole batch for done unless it is given the response"]
pub struct Handled<E> {
    /// How many changes were handled.
    pub handled: usize,
    /// How many records were passed over, up to the one that failed.
    pub skipped: Skipped,
    /// The record that failed, if one did; no later one was handled.
    pub failure: Option<Failure<E>>,
}

/// A record that could not be handled.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure<E> {
    /// Its place in the stream, where Lambda begins again.
    pub sequence_number: Option<String>,
    /// Why.
    pub cause: FailureCause<E>,
}

/// Why a record could not be handled.
#[derive(Debug)]
pub enum FailureCause<E> {
    /// It cannot be read: [`Error::Change`].
    Unreadable(Error),
    /// The handler failed.
    Handler(E),
}

impl<T: Table> Changes<T> {
    /// The changes that a Lambda event tells of.
    pub fn from_event(event: LambdaEvent) -> Self {
        Self::new(event.records.into_iter().map(Raw::from).collect())
    }

    /// Gives `handler` the changes one after the other, up to the first that fails.
    ///
    /// A record that cannot be read fails too: Lambda tries again from there, as often and as long as the event source
    /// mapping says, and then sends it where failures go. So give the mapping a number of tries and a destination. To go
    /// on behind such a record, iterate over the changes instead.
    ///
    /// Records come at least once: a handler is called again for a change that it has handled, if Lambda is not told in
    /// time.
    pub async fn handle<E, F>(mut self, mut handler: impl FnMut(Change<T>) -> F) -> Handled<E>
    where
        F: Future<Output = Result<(), E>>,
    {
        let mut done = 0;
        let failed = loop {
            let Some(raw) = self.next_raw() else { break None };
            let sequence_number = raw.sequence_number.clone();
            let cause = match raw.decode() {
                Ok(sorted) => match self.skipped_mut().or_change(sorted) {
                    None => continue,
                    Some(change) => match handler(change).await {
                        Ok(()) => {
                            done += 1;
                            continue;
                        }
                        Err(error) => FailureCause::Handler(error),
                    },
                },
                Err(error) => FailureCause::Unreadable(error),
            };
            break Some(Failure { sequence_number, cause });
        };
        Handled { handled: done, skipped: self.skipped(), failure: failed }
    }
}

impl<E> Handled<E> {
    /// Lambda's response: all is done, or all before the record that failed.
    ///
    /// For a record without a sequence number Lambda repeats the whole batch.
    #[must_use]
    pub fn response(&self) -> DynamoDbEventResponse {
        let mut response = DynamoDbEventResponse::default();
        response.batch_item_failures.extend(self.failure.as_ref().map(|failure| {
            let mut failed = DynamoDbBatchItemFailure::default();
            failed.item_identifier.clone_from(&failure.sequence_number);
            failed
        }));
        response
    }
}

impl<E> From<Handled<E>> for DynamoDbEventResponse {
    fn from(handled: Handled<E>) -> Self {
        handled.response()
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            FailureCause::Unreadable(error) => error.fmt(f),
            FailureCause::Handler(error) => {
                let place = self.sequence_number.as_deref().unwrap_or("without a sequence number");
                write!(f, "stream record {place}: {error}")
            }
        }
    }
}

/// The cause's words are part of this one's; its own source is the source.
impl<E: StdError + 'static> StdError for Failure<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            FailureCause::Unreadable(error) => error.source(),
            FailureCause::Handler(error) => error.source(),
        }
    }
}

impl From<EventRecord> for Raw {
    fn from(record: EventRecord) -> Self {
        let user = record.user_identity.as_ref();
        let removed = removed_by(user.map(|user| &*user.type_), user.map(|user| &*user.principal_id));
        let stream = record.change;
        let millis = stream.approximate_creation_date_time.timestamp_millis();
        Self {
            event: Event::of(&record.event_name),
            event_id: Some(record.event_id).filter(|id| !id.is_empty()),
            sequence_number: stream.sequence_number,
            // The crate reads a time that is not there as the epoch.
            created_at: (millis != 0).then(|| Timestamp::clamped(millis)),
            view: stream.stream_view_type.as_ref().and_then(known),
            keys: Image::of(stream.keys.into_inner()),
            old: Image::of(stream.old_image.into_inner()),
            new: Image::of(stream.new_image.into_inner()),
            removed,
        }
    }
}

fn known(view: &StreamViewType) -> Option<StreamView> {
    Some(match view {
        StreamViewType::KeysOnly => StreamView::KeysOnly,
        StreamViewType::NewImage => StreamView::NewImage,
        StreamViewType::OldImage => StreamView::OldImage,
        StreamViewType::NewAndOldImages => StreamView::NewAndOldImages,
        _ => return None,
    })
}
