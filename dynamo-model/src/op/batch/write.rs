//! Puts and deletes many items.

use std::{
    collections::HashMap,
    error::Error as StdError,
    fmt,
    marker::PhantomData,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use aws_sdk_dynamodb::{
    operation::batch_write_item::builders::BatchWriteItemInputBuilder,
    types::{DeleteRequest, PutRequest, WriteRequest},
};
use futures_util::{
    StreamExt as _,
    stream::{self, Stream},
};

use super::{Progress, Settings};
use crate::{
    db::{Call, Db},
    entity::{Entity, EntityKey},
    error::{Error, Operation, SameItemError, UnprocessedError},
    explain::Explanation,
    key::PrimaryKey,
    op::{BatchDelete, BatchPut, Context, SdkRequest as _, to_item, write::owner_of},
    schema::TableSchema,
    stamp::Stamp,
    table::{IsTable, Table},
    value::{self, Item},
};

const OPERATION: Operation = Operation::BatchWrite;

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

/// A write, before and after its times are known.
enum Entry {
    Asked(Box<dyn Step>),
    Ready(Ready),
}

trait Step: Send {
    fn ready(self: Box<Self>, context: &Context) -> Result<Ready, Error>;
}

/// A write that can be sent, and sent again.
#[derive(Clone)]
struct Ready {
    entity: &'static str,
    key: PrimaryKey,
    /// `None` deletes.
    item: Option<Item>,
}

struct PutStep<E>(E);

impl<E: Entity> Step for PutStep<E> {
    fn ready(mut self: Box<Self>, context: &Context) -> Result<Ready, Error> {
        self.0.__stamp(&Stamp::put(context.now));
        let item = to_item(&self.0, OPERATION)?;
        let key = self.0.key().to_primary().map_err(|error| error.during(OPERATION))?;
        Ok(Ready { entity: E::SCHEMA.name, key, item: Some(item) })
    }
}

struct DeleteStep<K>(K);

impl<K: EntityKey> Step for DeleteStep<K> {
    fn ready(self: Box<Self>, _: &Context) -> Result<Ready, Error> {
        let key = self.0.to_primary().map_err(|error| error.during(OPERATION))?;
        Ok(Ready { entity: K::Entity::SCHEMA.name, key, item: None })
    }
}

impl Entry {
    fn ready(self, context: &Context) -> Result<Ready, Error> {
        match self {
            Self::Asked(step) => step.ready(context),
            Self::Ready(ready) => Ok(ready),
        }
    }
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
            Ok(ready) => request(&context.table, T::SCHEMA.table, ready.iter().take(CHUNK)).explanation(),
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

/// The attributes of an unprocessed write that hold its key.
fn key_of(write: &WriteRequest) -> Option<Item> {
    match (write.put_request(), write.delete_request()) {
        (Some(put), _) => Some(put.item().clone()),
        (None, Some(delete)) => Some(delete.key().clone()),
        (None, None) => None,
    }
}

/// The writes as they can be sent; where one cannot be, or two are on one item, all the others come back.
fn ready(entries: Vec<Entry>, context: &Context) -> Result<Vec<Ready>, Box<(Error, Vec<Entry>)>> {
    let mut ready: Vec<Ready> = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter();
    let mut seen: HashMap<PrimaryKey, usize> = HashMap::new();
    let back = |ready: Vec<Ready>, entries: std::vec::IntoIter<Entry>| {
        ready.into_iter().map(Entry::Ready).chain(entries).collect::<Vec<_>>()
    };
    while let Some(entry) = entries.next() {
        let write = match entry.ready(context) {
            Ok(write) => write,
            Err(error) => return Err(Box::new((error, back(ready, entries)))),
        };
        let second = ready.len();
        if let Some(&first) = seen.get(&write.key) {
            let name = |write: &Ready| {
                let verb = if write.item.is_some() { Operation::Put } else { Operation::Delete };
                format!("`{}` {verb}", write.entity)
            };
            let operations = [name(&ready[first]), name(&write)];
            let error = SameItemError { operation: OPERATION, table: context.table.clone(), first, second, operations };
            ready.push(write);
            return Err(Box::new((Error::SameItem(error), back(ready, entries))));
        }
        seen.insert(write.key.clone(), second);
        ready.push(write);
    }
    Ok(ready)
}

fn request<'w>(name: &str, table: &TableSchema, writes: impl Iterator<Item = &'w Ready>) -> BatchWriteItemInputBuilder {
    let writes = writes.map(|write| {
        let put = write.item.clone().and_then(|item| PutRequest::builder().set_item(Some(item)).build().ok());
        let delete = put.is_none().then(|| value::key_item(write.key.clone(), table.key));
        let delete = delete.and_then(|key| DeleteRequest::builder().set_key(Some(key)).build().ok());
        WriteRequest::builder().set_put_request(put).set_delete_request(delete).build()
    });
    let items = HashMap::from([(name.to_owned(), writes.collect())]);
    BatchWriteItemInputBuilder::default().set_request_items(Some(items))
}

impl<T> fmt::Debug for BatchWrite<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchWrite").field("writes", &self.entries.len()).finish_non_exhaustive()
    }
}

/// A batch that was not done, or not as a whole.
pub struct BatchWriteError<T> {
    rest: BatchWrite<T>,
    done: usize,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Unprocessed,
    Failed(Error),
}

impl<T: Table> BatchWriteError<T> {
    /// How many writes were done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done
    }

    /// How many were not, or not surely.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// What was not done, to be sent again. Each of its writes can be done twice without harm.
    #[must_use = "the rest is what was not written"]
    pub fn into_rest(self) -> BatchWrite<T> {
        self.rest
    }

    /// The failure; none if DynamoDB left some unprocessed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.cause {
            Cause::Unprocessed => None,
            Cause::Failed(error) => Some(error),
        }
    }
}

impl<T: Table> From<BatchWriteError<T>> for Error {
    fn from(error: BatchWriteError<T>) -> Self {
        let (table, left) = (T::SCHEMA.table.name.to_owned(), error.left());
        match error.cause {
            Cause::Failed(error) => error,
            Cause::Unprocessed => {
                Self::Unprocessed(UnprocessedError { entity: None, operation: OPERATION, table, left })
            }
        }
    }
}

impl<T> fmt::Debug for BatchWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchWriteError")
            .field("done", &self.done)
            .field("left", &self.rest.entries.len())
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Display for BatchWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (done, left) = (self.done, self.rest.entries.len());
        match &self.cause {
            Cause::Unprocessed => write!(
                f,
                "{OPERATION}: {done} writes were done, and DynamoDB left {left} unprocessed; send `into_rest` again later"
            ),
            Cause::Failed(error) => write!(f, "{error}; {done} writes were done, `into_rest` has the other {left}"),
        }
    }
}

impl<T> StdError for BatchWriteError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Unprocessed => None,
            Cause::Failed(error) => Some(error),
        }
    }
}
