//! Typed changes from DynamoDB Streams: what became of the table's items, as the table's own enum.
//!
//! A [`Change`] is one record of the table's stream. It comes from a Lambda event (`Changes::from_event`, feature
//! `lambda`), from records that the SDK read ([`Change::from_record`], [`Changes::from_records`]), or from
//! [`Db::follow`](crate::Db::follow), which reads a stream by itself: for local work, tools and tests.
//!
//! # In a Lambda function
//!
//! Records are handled in the stream's order, up to the first that fails. Lambda is told which one that is, and begins
//! there again: `ReportBatchItemFailures` has to be on in the event source mapping.
//!
//! ```
//! # #[cfg(not(feature = "lambda"))] fn main() {}
//! # #[cfg(feature = "lambda")] use lambda::main;
//! # #[cfg(feature = "lambda")]
//! # mod lambda {
//! use aws_lambda_events::event::{dynamodb::Event, streams::DynamoDbEventResponse};
//! use dynamo_model::{Change, change::{Changes, Removed}, prelude::*};
//!
//! #[derive(Debug, Clone, PartialEq, Table)]
//! #[table(name = "work", pk = "PK", sk = "SK", ttl = "expires", stream = "new_and_old_images")]
//! pub enum Work {
//!     Task(Task),
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
//! pub struct Task {
//!     pub project: String,
//!     pub number: u32,
//!     pub done: bool,
//! }
//!
//! /// What `lambda_runtime::service_fn` is given, with `event.payload`.
//! async fn on_event(event: Event) -> Result<DynamoDbEventResponse, std::convert::Infallible> {
//!     let handled = Changes::<Work>::from_event(event).handle(on_change).await;
//!     if let Some(failure) = &handled.failure {
//!         eprintln!("{failure}"); // names the record, and shows no stored value
//!     }
//!     Ok(handled.into())
//! }
//!
//! async fn on_change(change: Change<Work>) -> Result<(), String> {
//!     match change {
//!         Change::Insert { new: Some(Work::Task(task)), .. } => println!("task {} is new", task.number),
//!         Change::Modify { old: Some(Work::Task(old)), new: Some(Work::Task(new)), .. } if !old.done && new.done => {
//!             println!("task {} is done", new.number);
//!         }
//!         Change::Remove { cause: Removed::Expired, .. } => println!("a task has expired"),
//!         _ => {}
//!     }
//!     Ok(())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # pub(crate) async fn main() {
//! let event = serde_json::json!({ "Records": [{
//!     "eventID": "c4ca4238a0b923820dcc509a6f75849b", "eventName": "REMOVE", "awsRegion": "eu-central-1",
//!     "userIdentity": { "type": "Service", "principalId": "dynamodb.amazonaws.com" },
//!     "dynamodb": {
//!         "Keys": { "PK": { "S": "PROJECT#a" }, "SK": { "S": "TASK#0000000001" } },
//!         "SequenceNumber": "4421584500000000017450439091", "SizeBytes": 26,
//!     },
//! }]});
//! let response = on_event(serde_json::from_value(event).unwrap()).await.unwrap();
//! assert!(response.batch_item_failures.is_empty());
//! # }
//! # }
//! ```
//!
//! # What is given, and what is passed over
//!
//! An image is `None` where the stream's view does not carry it: with `keys_only` both are. Items of a type that the
//! table does not have are passed over and counted ([`Skipped`]): a newer program may have written them. So are the
//! items that hold unique values, which are the library's own. Where a record carries no image, only its key tells of what
//! type the item is: such a change is given whatever the type, with `None`.
//!
//! An item of a known type that cannot be read is an [`Error::Change`](crate::Error::Change), which names the record, the
//! entity and the attribute path; the records after it can still be read. The image before a change is left out where it
//! cannot be read and the one after it can, and [`Record::old_unreadable`] says why: a migration may have mended it.
//!
//! A stream keeps a record for 24 hours. It gives each change at least once to whoever reads it, those of one item in
//! order. In a replica of a global table an item that expired in another Region counts as deleted.

mod batch;
mod follow;
mod image;
#[cfg(feature = "lambda")]
mod lambda;
mod record;
mod sdk;

pub use batch::{Changes, Skipped};
pub use follow::{ChangeStream, Follow};
#[cfg(feature = "lambda")]
pub use lambda::{Failure, FailureCause, Handled};

use crate::{key::PrimaryKey, schema::StreamView, timestamp::Timestamp};

/// What became of one item: a record of the table's stream.
///
/// ```
/// use dynamo_model::{Change, change::Record, key::PrimaryKey};
///
/// /// Counts what there is.
/// fn count<T>(change: &Change<T>, count: &mut i64) {
///     match change {
///         Change::Insert { .. } => *count += 1,
///         Change::Modify { .. } => {}
///         Change::Remove { .. } => *count -= 1,
///     }
/// }
///
/// let key = PrimaryKey { partition: "PROJECT#a".to_owned(), sort: Some("METADATA".to_owned()) };
/// let change = Change::Insert { new: Some("a project"), record: Record::new("4421584500000000017450439091", key) };
/// let mut projects = 0;
/// count(&change, &mut projects);
/// assert_eq!((projects, change.new_image()), (1, Some(&"a project")));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Change<T> {
    /// An item was created.
    Insert {
        /// The item.
        new: Option<T>,
        /// Which record says so.
        record: Record,
    },
    /// An item was changed, or replaced.
    ///
    /// DynamoDB gives no record of a write that changes nothing; an engine on this machine may.
    Modify {
        /// The item before; `None` also where it was of a type that the table does not have, or
        /// [cannot be read](Record::old_unreadable).
        old: Option<T>,
        /// The item after; `None` also where it is of a type that the table does not have.
        new: Option<T>,
        /// Which record says so.
        record: Record,
    },
    /// An item was removed.
    Remove {
        /// The item that was.
        old: Option<T>,
        /// Who removed it.
        cause: Removed,
        /// Which record says so.
        record: Record,
    },
}

/// Who removed an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Removed {
    /// Somebody deleted it.
    Deleted,
    /// DynamoDB did, since its TTL had passed.
    Expired,
}

/// What a stream's record says beside the item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The event's id, unique among all records: what a handler that must not act twice remembers.
    pub event_id: Option<String>,
    /// The place in the stream, a number of up to 40 digits. Of two records of one item the later has the greater one:
    /// see [`is_later_than`](Self::is_later_than).
    pub sequence_number: Option<String>,
    /// When the change was made, to about a second.
    pub created_at: Option<Timestamp>,
    /// The texts of the item's primary key; `parse_key` reads them back.
    pub key: PrimaryKey,
    /// What the stream's records carry: tells why an image is not there.
    pub view: Option<StreamView>,
    /// Why the image before the change is not given, where the one after it could be read and that one not.
    pub old_unreadable: Option<String>,
}

impl Record {
    /// A record of this place and key, and nothing else: for tests of what handles changes.
    #[must_use]
    pub fn new(sequence_number: impl Into<String>, key: PrimaryKey) -> Self {
        Self {
            event_id: None,
            sequence_number: Some(sequence_number.into()),
            created_at: None,
            key,
            view: None,
            old_unreadable: None,
        }
    }

    /// Whether this record's sequence number is the greater of two; it says nothing of records of different items.
    ///
    /// ```
    /// use dynamo_model::{change::Record, key::PrimaryKey};
    ///
    /// let record = |number: &str| Record::new(number, PrimaryKey { partition: "A".to_owned(), sort: None });
    /// assert!(record("1000000000000000000000").is_later_than(&record("999999999999999999999")));
    /// ```
    #[must_use]
    pub fn is_later_than(&self, other: &Self) -> bool {
        let number = |record: &Self| {
            let digits = record.sequence_number.as_deref().unwrap_or_default().trim_start_matches('0').to_owned();
            (digits.len(), digits)
        };
        number(self) > number(other)
    }
}

impl<T> Change<T> {
    /// The item after the change, if there is one and the record carries it.
    #[must_use]
    pub fn new_image(&self) -> Option<&T> {
        match self {
            Self::Insert { new, .. } | Self::Modify { new, .. } => new.as_ref(),
            Self::Remove { .. } => None,
        }
    }

    /// The item before the change, if there was one and the record carries it.
    #[must_use]
    pub fn old_image(&self) -> Option<&T> {
        match self {
            Self::Modify { old, .. } | Self::Remove { old, .. } => old.as_ref(),
            Self::Insert { .. } => None,
        }
    }

    /// Which record of the stream it is.
    #[must_use]
    pub fn record(&self) -> &Record {
        match self {
            Self::Insert { record, .. } | Self::Modify { record, .. } | Self::Remove { record, .. } => record,
        }
    }

    /// The texts of the item's primary key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        &self.record().key
    }
}
