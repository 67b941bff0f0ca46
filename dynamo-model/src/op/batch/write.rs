//! Puts and deletes many items.

use std::{
    fmt,
    marker::PhantomData,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use aws_sdk_dynamodb::operation::batch_write_item::builders::BatchWriteItemInputBuilder;
use futures_util::{
    StreamExt as _,
    stream::{self, Stream},
};

use super::{
    Progress, Settings,
    entry::{DeleteStep, Entry, PutStep, Ready, key_of, ready, request},
    undone::{BatchWriteError, Cause},
};
use crate::{
    db::{Call, Db},
    entity::EntityKey,
    error::{Error, Operation},
    explain::Explanation,
    key::PrimaryKey,
    op::{BatchDelete, BatchPut, Context, SdkRequest as _, write::owner_of},
    table::{IsTable, Table},
};

pub(super) const OPERATION: Operation = Operation::BatchWrite;

/// DynamoDB's limit of writes in a request. 25 items of 400 KB are below its limit of 16 MB.
///
/// Source: `BatchWriteItem` in the API reference.
const CHUNK: usize = 25;

/// Puts and deletes many items, of whatever entities of a table: a request for each 25, several at a time.
///
/// Each item is written by itself, in no order, and without conditions: a put replaces what is there. What DynamoDB
/// leaves unprocessed is sent again after a while, as the [`Backoff`](crate::db::Backoff) of the `Db` says: it gives up
/// where that many tries in a row write nothing, and gives the rest back.
#[must_use = "a batch does nothing until it is sent"]
pub struct BatchWrite<T> {
    entries: Vec<Entry>,
    settings: Settings,
    table: PhantomData<fn() -> T>,
}

impl<T: Table> BatchWrite<T> {
    pub(crate) fn new() -> Self {
        Self { entries: Vec::new(), settings: Settings::default(), table: PhantomData }
    }

    /// Puts a value, in place of the item that may be there.
    pub fn put<E: BatchPut<Table: IsTable<T, E>>>(mut self, entity: E) -> Self {
        self.entries.push(Entry::Asked(Box::new(PutStep(entity))));
        self
    }

    /// Puts values.
    pub fn put_all<E: BatchPut<Table: IsTable<T, E>>>(self, entities: impl IntoIterator<Item = E>) -> Self {
        entities.into_iter().fold(self, Self::put)
    }

    /// Deletes an item by its key.
    pub fn delete<K: EntityKey>(mut self, key: K) -> Self
    where
        K::Entity: BatchDelete<Table: IsTable<T, K::Entity>>,
    {
        self.entries.push(Entry::Asked(Box::new(DeleteStep(key))));
        self
    }

    /// Deletes items by their keys.
    pub fn delete_all<K: EntityKey>(self, keys: impl IntoIterator<Item = K>) -> Self
    where
        K::Entity: BatchDelete<Table: IsTable<T, K::Entity>>,
    {
        keys.into_iter().fold(self, Self::delete)
    }

    /// Has this many requests under way at once; 4 if not said.
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.settings.concurrency = requests;
        self
    }

    /// Tells how far it is, after each request.
    pub fn observe(mut self, observer: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// How many writes it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the first request would ask of DynamoDB; shows the values.
    #[must_use]
    pub fn explain(self) -> Explanation {
        let context = Context::of(T::SCHEMA.table);
        match ready(self.entries, &context) {
            Ok(ready) => {
                request(&context.table, T::SCHEMA.table, ready.iter().take(CHUNK)).explanation().on(T::SCHEMA.table)
            }
            Err(refused) => Explanation::refused(BatchWriteItemInputBuilder::OPERATION, &refused.0),
        }
    }

    /// Does all of it, or gives back what was not done.
    ///
    /// # Errors
    ///
    /// The error holds the rest, which can be sent again: what DynamoDB left unprocessed, or what a failure kept from
    /// being done (of those that were under way then, some may have been). [`Error::SameItem`] if two writes are on one
    /// item, and [`Error::Key`] or [`Error::Encode`] if one cannot be written: nothing was sent then.
    pub async fn send(self, db: &Db<T>) -> Result<(), BatchWriteError<T>> {
        let mut stream = std::pin::pin!(self.stream(db));
        while let Some(step) = stream.next().await {
            step?;
        }
        Ok(())
    }

    /// The same as a stream that tells how far it is after each request, and ends with what was not done, if anything.
    pub fn stream(
        self,
        db: &Db<T>,
    ) -> impl Stream<Item = Result<Progress, BatchWriteError<T>>> + Send + 'static + use<T> {
        let db = db.clone();
        let Self { entries, settings, .. } = self;
        let flow = async move {
            let ready = match ready(entries, &db.context()) {
                Ok(ready) => ready,
                Err(refused) => {
                    let (error, entries) = *refused;
                    let rest = Self { entries, settings, table: PhantomData };
                    return stream::iter([Err(BatchWriteError { rest, done: 0, cause: Cause::Failed(error) })]).boxed();
                }
            };
            let total = ready.len();
            let stopped = Arc::new(AtomicBool::new(false));
            let chunks: Vec<Vec<Ready>> = ready.chunks(CHUNK).map(<[Ready]>::to_vec).collect();
            let writing = stream::iter(chunks)
                .map(move |chunk| write(db.clone(), chunk, Arc::clone(&stopped)))
                .buffer_unordered(settings.concurrency.get());
            let state = State { settings, total, done: 0, rest: Vec::new(), error: None };
            let steps = stream::unfold(Some((Box::pin(writing), state)), async |flow| {
                let (mut writing, mut state) = flow?;
                match writing.next().await {
                    Some(chunk) => {
                        let progress = state.take(chunk);
                        Some((Ok(progress), Some((writing, state))))
                    }
                    None => state.finish().map(|error| (Err(error), None)),
                }
            });
            steps.boxed()
        };
        stream::once(flow).flatten()
    }
}

/// What is known while chunks are written.
struct State {
    settings: Settings,
    total: usize,
    done: usize,
    rest: Vec<Ready>,
    error: Option<Error>,
}

impl State {
    fn take(&mut self, chunk: Chunk) -> Progress {
        self.done += chunk.done;
        self.rest.extend(chunk.rest);
        if let Some(error) = chunk.error {
            self.error.get_or_insert(error);
        }
        let progress = Progress { done: self.done, total: self.total };
        self.settings.tell(progress);
        progress
    }

    fn finish<T: Table>(self) -> Option<BatchWriteError<T>> {
        if self.rest.is_empty() {
            return None;
        }
        let cause = self.error.map_or(Cause::Unprocessed, Cause::Failed);
        let entries = self.rest.into_iter().map(Entry::Ready).collect();
        Some(BatchWriteError {
            rest: BatchWrite { entries, settings: self.settings, table: PhantomData },
            done: self.done,
            cause,
        })
    }
}

/// What became of one chunk.
struct Chunk {
    done: usize,
    rest: Vec<Ready>,
    error: Option<Error>,
}

/// Writes one chunk, as long as each try writes some.
async fn write<T: Table>(db: Db<T>, chunk: Vec<Ready>, stopped: Arc<AtomicBool>) -> Chunk {
    let table = T::SCHEMA.table;
    let size = chunk.len();
    let mut left = chunk;
    let mut pauses = db.backoff().pauses();
    let mut error = None;
    // After a failure no further request begins: what is not sent is surely not done.
    while !left.is_empty() && !stopped.load(Ordering::Relaxed) {
        let request = request(db.table_name(), table, left.iter());
        let output = match db.send(request, Call::new(None, OPERATION)).await {
            Ok(output) => output,
            Err(failed) => {
                stopped.store(true, Ordering::Relaxed);
                error = Some(failed);
                break;
            }
        };
        let unprocessed = output.unprocessed_items.unwrap_or_default();
        let unprocessed: Vec<PrimaryKey> =
            unprocessed.values().flatten().filter_map(|write| owner_of(table, &key_of(write)?)).collect();
        let before = left.len();
        left.retain(|write| unprocessed.contains(&write.key));
        if left.is_empty() {
            break;
        }
        if left.len() < before {
            pauses = db.backoff().pauses();
        }
        match pauses.next() {
            Some(pause) => db.pause(pause).await,
            None => break,
        }
    }
    Chunk { done: size - left.len(), rest: left, error }
}

impl<T> BatchWrite<T> {
    pub(super) fn entries(&self) -> usize {
        self.entries.len()
    }
}

impl<T> fmt::Debug for BatchWrite<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchWrite").field("writes", &self.entries.len()).finish_non_exhaustive()
    }
}
