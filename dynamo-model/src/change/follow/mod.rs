//! Reads a stream by itself, shard after shard.

mod reader;
mod shards;

use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use aws_sdk_dynamodbstreams::Client;
use futures_util::stream::{BoxStream, Stream, StreamExt as _, unfold};

use self::reader::Reader;
use super::{Change, Skipped};
use crate::{db::Db, error::Error, table::Table};

/// Between two looks at shards that had nothing new: seldom enough for a stream that others read too.
const PAUSE: Duration = Duration::from_millis(250);

/// Reads a table's stream from its oldest record on, or from now on: for local work, tools and tests.
///
/// It keeps no record of how far it came, and is one reader for all shards: in production a Lambda function reads
/// streams. DynamoDB Local writes an empty map in an image as `{}`, and the SDK cannot read an answer that holds one.
#[derive(Clone)]
#[must_use = "nothing is read until it is started"]
pub struct Follow<T> {
    db: Db<T>,
    client: Client,
    arn: Option<String>,
    latest: bool,
    pause: Duration,
    idle: Option<Duration>,
}

/// The changes of a stream that is followed.
///
/// A [`Stream`], which ends if [`until_idle`](Follow::until_idle) was asked for, once a stream that was switched off is
/// read to its end, and after a request that failed. A record that cannot be read is [`Error::Change`]; those after it
/// follow.
#[must_use = "nothing is read until it is polled"]
pub struct ChangeStream<T> {
    changes: BoxStream<'static, Result<Change<T>, Error>>,
    skipped: Arc<Counts>,
}

/// What was passed over, counted where the stream is read.
#[derive(Debug, Default)]
struct Counts {
    unknown: AtomicUsize,
    held: AtomicUsize,
}

impl Counts {
    fn add(&self, skipped: Skipped) {
        self.unknown.fetch_add(skipped.unknown, Ordering::Relaxed);
        self.held.fetch_add(skipped.held, Ordering::Relaxed);
    }
}

impl<T: Table> Db<T> {
    /// Reads the table's stream by itself, from its oldest record on.
    ///
    /// ```
    /// # #[cfg(not(feature = "embedded"))] fn main() {}
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use dynamo_model::prelude::*;
    /// # #[derive(Debug, Clone, PartialEq, Table)]
    /// # #[table(name = "work", pk = "PK", sk = "SK", stream = "new_and_old_images")]
    /// # pub enum Work { Task(Task) }
    /// # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
    /// # pub struct Task { project: String, number: u32 }
    /// use std::time::Duration;
    /// use dynamo_model::{Change, engine::Embedded};
    /// use futures_util::TryStreamExt;
    ///
    /// let engine = Embedded::memory()?;
    /// let db = Work::db(engine.client());
    /// db.create_table().await?;
    /// Task { project: "a".to_owned(), number: 1 }.create().send(&db).await?;
    /// Task::delete("a", &1).send(&db).await?;
    ///
    /// let changes = db.follow(&engine.streams_client()).until_idle(Duration::ZERO).start().await?;
    /// let changes: Vec<_> = changes.try_collect().await?;
    /// assert!(matches!(changes[..], [Change::Insert { .. }, Change::Remove { .. }]));
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self, client: &Client) -> Follow<T> {
        Follow { db: self.clone(), client: client.clone(), arn: None, latest: false, pause: PAUSE, idle: None }
    }
}

impl<T: Table> Follow<T> {
    /// Reads this stream: one that the table had before, or the table's own without asking for its ARN.
    pub fn arn(mut self, arn: impl Into<String>) -> Self {
        self.arn = Some(arn.into());
        self
    }

    /// Passes over what the stream holds already: gives what is written after [`start`](Self::start).
    pub fn from_latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// Waits this long between two looks that find nothing new; 250 milliseconds if not given.
    pub fn every(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Ends once nothing new was found for this long, summed over the pauses; zero ends at the first such look.
    ///
    /// DynamoDB may answer with no records where there are some further on, and gives a record some time after its
    /// write. An engine on this machine does neither.
    pub fn until_idle(mut self, idle: Duration) -> Self {
        self.idle = Some(idle);
        self
    }

    /// Finds the stream and its shards; what is written from then on is given.
    ///
    /// # Errors
    ///
    /// [`Error::Table`] if the table has no stream; [`Error::TableNotFound`] if there is no table; the failures of the
    /// SDK and the service.
    pub async fn start(self) -> Result<ChangeStream<T>, Error> {
        let skipped = Arc::<Counts>::default();
        let reader = Reader::start(self, Arc::clone(&skipped)).await?;
        let changes = unfold(reader, async |mut reader| {
            let change = reader.next().await?;
            Some((change, reader))
        });
        Ok(ChangeStream { changes: changes.boxed(), skipped })
    }
}

impl<T> ChangeStream<T> {
    /// How many records were passed over so far.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        let Counts { unknown, held } = &*self.skipped;
        Skipped { unknown: unknown.load(Ordering::Relaxed), held: held.load(Ordering::Relaxed) }
    }
}

impl<T> Stream for ChangeStream<T> {
    type Item = Result<Change<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.changes.as_mut().poll_next(cx)
    }
}

impl<T: Table> fmt::Debug for Follow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follow")
            .field("table", &self.db.table_name())
            .field("arn", &self.arn)
            .field("latest", &self.latest)
            .field("pause", &self.pause)
            .field("idle", &self.idle)
            .finish_non_exhaustive()
    }
}

impl<T: Table> fmt::Debug for ChangeStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangeStream").field("skipped", &self.skipped()).finish_non_exhaustive()
    }
}
