//! Reads many items of one entity.

use std::{collections::HashMap, fmt, num::NonZeroUsize, sync::Arc};

use aws_sdk_dynamodb::{operation::batch_get_item::builders::BatchGetItemInputBuilder, types::KeysAndAttributes};
use futures_util::{
    StreamExt as _, TryStreamExt as _,
    stream::{self, Stream},
};

use super::{Progress, Settings};
use crate::{
    db::{Call, Db},
    entity::{Entity, EntityKey as _},
    error::{Error, Operation, UnprocessedError},
    explain::Explanation,
    expr::{Place, Projection, Terms},
    key::PrimaryKey,
    op::{
        Context, SdkRequest as _,
        item::{Met, meet},
        projected::{places, projected, projection},
        write::owner_of,
    },
    table::Table,
    value::{self, Item},
};

const OPERATION: Operation = Operation::BatchGet;

/// DynamoDB's limit of keys in a request.
///
/// Source: `BatchGetItem` in the API reference.
const CHUNK: usize = 100;

/// Reads many items of one entity by their keys: a request for each hundred, several at a time.
///
/// A key that is given twice is read once. What comes out is in the order of the keys, one for each. What DynamoDB
/// leaves unprocessed is asked for again after a while, as the [`Backoff`](crate::db::Backoff) of the `Db` says: it
/// gives up where that many tries in a row bring nothing.
///
/// Eventually consistent unless [`consistent`](Self::consistent) is called.
#[must_use = "a request does nothing until it is sent"]
pub struct BatchGet<E: Entity> {
    keys: Vec<E::Key>,
    consistent: bool,
    settings: Settings,
}

/// What became of one key of a batch.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<K, V> {
    /// The item.
    Found(V),
    /// There is no such item, or it has expired.
    Missing(K),
    /// DynamoDB left it out of every answer: not known.
    Unprocessed(K),
}

impl<E: Entity> BatchGet<E> {
    pub(crate) fn new(keys: impl IntoIterator<Item = E::Key>) -> Self {
        Self { keys: keys.into_iter().collect(), consistent: false, settings: Settings::default() }
    }

    /// Reads what the last successful writes left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
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

    /// Reads only these fields: `.project(|t| (t.title(), t.points()))`. DynamoDB charges for the whole items.
    pub fn project<P: Projection<E>>(self, fields: impl FnOnce(E::Fields) -> P) -> BatchGetFields<E, P> {
        BatchGetFields { fields: Arc::new(fields(E::__fields())), batch: self }
    }

    /// What the first request would ask of DynamoDB; shows the values.
    #[must_use]
    pub fn explain(self) -> Explanation {
        explain(&self, &[])
    }

    /// Reads the items; `None` stands for one that is missing or has expired.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessed`] if DynamoDB left some out of every answer; [`Error::Key`] before anything is sent;
    /// [`Error::Decode`] if an item cannot be read; the failures of the SDK and the service.
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<Option<E>>, Error> {
        all::<E, _>(self.stream(db), db).await
    }

    /// Reads the items, and says of each key what became of it.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all), but for those that were left out.
    pub async fn send(self, db: &Db<E::Table>) -> Result<Vec<Lookup<E::Key, E>>, Error> {
        self.stream(db).try_collect().await
    }

    /// The same as a stream, in the order of the keys.
    pub fn stream(
        self,
        db: &Db<E::Table>,
    ) -> impl Stream<Item = Result<Lookup<E::Key, E>, Error>> + Send + 'static + use<E> {
        let read = |item: Item, context: &Context| match meet(item, context.now, OPERATION)? {
            Met::Entity(entity) => Ok(Some(entity)),
            Met::Expired => Ok(None),
            Met::Other(error) => Err(Error::Decode(error)),
        };
        lookups(self, Vec::new(), read, db.clone())
    }
}

impl<E: Entity> Clone for BatchGet<E> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), consistent: self.consistent, settings: self.settings.clone() }
    }
}

impl<E: Entity> fmt::Debug for BatchGet<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchGet")
            .field("entity", &E::SCHEMA.name)
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

/// A [`BatchGet`] of a few fields.
#[must_use = "a request does nothing until it is sent"]
pub struct BatchGetFields<E: Entity, P> {
    batch: BatchGet<E>,
    fields: Arc<P>,
}

impl<E: Entity, P: Projection<E>> BatchGetFields<E, P> {
    /// What the first request would ask of DynamoDB; shows the values.
    #[must_use]
    pub fn explain(self) -> Explanation {
        explain(&self.batch, &places(&*self.fields))
    }

    /// Reads the fields; `None` stands for an item that is missing or has expired.
    ///
    /// # Errors
    ///
    /// As [`BatchGet::all`].
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<Option<P::Output>>, Error> {
        all::<E, _>(self.stream(db), db).await
    }

    /// The same as a stream that says of each key what became of it, in the order of the keys.
    pub fn stream(
        self,
        db: &Db<E::Table>,
    ) -> impl Stream<Item = Result<Lookup<E::Key, P::Output>, Error>> + Send + 'static + use<E, P> {
        let fields = Arc::clone(&self.fields);
        let read = move |item: Item, context: &Context| projected::<E, P>(&fields, &item, context.now, OPERATION);
        lookups(self.batch, places(&*self.fields), read, db.clone())
    }
}

impl<E: Entity, P> fmt::Debug for BatchGetFields<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BatchGetFields").field(&self.batch).finish()
    }
}

fn explain<E: Entity>(batch: &BatchGet<E>, places: &[Place]) -> Explanation {
    let context = Context::of(E::Table::SCHEMA.table);
    match batch.keys.iter().take(CHUNK).map(primary::<E>).collect::<Result<Vec<_>, _>>() {
        Ok(keys) => request(&context.table, asked::<E>(&keys, batch.consistent, places)).explanation(),
        Err(error) => Explanation::refused(BatchGetItemInputBuilder::OPERATION, &error),
    }
}

async fn all<E: Entity, V>(
    lookups: impl Stream<Item = Result<Lookup<E::Key, V>, Error>>,
    db: &Db<E::Table>,
) -> Result<Vec<Option<V>>, Error> {
    let mut lookups = std::pin::pin!(lookups);
    let (mut found, mut left) = (Vec::new(), 0);
    while let Some(lookup) = lookups.next().await {
        match lookup? {
            Lookup::Found(value) => found.push(Some(value)),
            Lookup::Missing(_) => found.push(None),
            Lookup::Unprocessed(_) => left += 1,
        }
    }
    if left > 0 {
        let (entity, table) = (Some(E::SCHEMA.name), db.table_name().to_owned());
        return Err(Error::Unprocessed(UnprocessedError { entity, operation: OPERATION, table, left }));
    }
    Ok(found)
}

/// What a request brought of one key.
#[derive(Clone)]
enum Fetched {
    Item(Item),
    Missing,
    Unprocessed,
}

/// What became of each key, in their order.
fn lookups<E: Entity, V: Send + 'static>(
    batch: BatchGet<E>,
    places: Vec<Place>,
    read: impl Fn(Item, &Context) -> Result<Option<V>, Error> + Send + 'static,
    db: Db<E::Table>,
) -> impl Stream<Item = Result<Lookup<E::Key, V>, Error>> + Send + 'static {
    let BatchGet { keys, consistent, settings } = batch;
    let prepared = prepare::<E>(keys);
    let flow = async move {
        let Prepared { unique, asked_by, positions } = prepared?;
        let total = unique.len();
        let chunks: Vec<Vec<PrimaryKey>> = unique.chunks(CHUNK).map(<[PrimaryKey]>::to_vec).collect();
        let places = Arc::new(places);
        let fetching = db.clone();
        let fetched = stream::iter(chunks)
            .map(move |chunk| fetch::<E>(fetching.clone(), chunk, consistent, Arc::clone(&places)))
            .buffered(settings.concurrency.get());
        let mut ready: HashMap<usize, (Fetched, usize)> = HashMap::new();
        let mut at = 0;
        let mut waiting = positions.into_iter().zip(asked_by.0).peekable();
        let out = fetched.map_ok(move |chunk| {
            for fetched in chunk {
                ready.insert(at, (fetched, asked_by.1[at]));
                at += 1;
            }
            settings.tell(Progress { done: at, total });
            let context = db.context();
            let mut out = Vec::new();
            while let Some((position, key)) = waiting.next_if(|(position, _)| *position < at) {
                let Some((fetched, uses)) = ready.get_mut(&position) else { continue };
                *uses -= 1;
                let fetched = if *uses == 0 {
                    ready.remove(&position).map_or(Fetched::Missing, |(fetched, _)| fetched)
                } else {
                    fetched.clone()
                };
                out.push(match fetched {
                    Fetched::Item(item) => {
                        read(item, &context).map(|found| found.map_or_else(|| Lookup::Missing(key), Lookup::Found))
                    }
                    Fetched::Missing => Ok(Lookup::Missing(key)),
                    Fetched::Unprocessed => Ok(Lookup::Unprocessed(key)),
                });
            }
            stream::iter(out)
        });
        Ok::<_, Error>(out.try_flatten())
    };
    stream::once(flow).try_flatten()
}

/// The keys to ask for, and who asked.
struct Prepared<K> {
    unique: Vec<PrimaryKey>,
    /// The keys as they were given, and how often each of the unique ones was.
    asked_by: (Vec<K>, Vec<usize>),
    /// For each given key the place of the unique one.
    positions: Vec<usize>,
}

fn prepare<E: Entity>(keys: Vec<E::Key>) -> Result<Prepared<E::Key>, Error> {
    let mut known: HashMap<PrimaryKey, usize> = HashMap::new();
    let mut prepared = Prepared { unique: Vec::new(), asked_by: (Vec::new(), Vec::new()), positions: Vec::new() };
    for key in keys {
        let texts = primary::<E>(&key)?;
        let position = *known.entry(texts.clone()).or_insert_with(|| {
            prepared.unique.push(texts);
            prepared.asked_by.1.push(0);
            prepared.unique.len() - 1
        });
        prepared.asked_by.1[position] += 1;
        prepared.positions.push(position);
        prepared.asked_by.0.push(key);
    }
    Ok(prepared)
}

fn primary<E: Entity>(key: &E::Key) -> Result<PrimaryKey, Error> {
    key.to_primary().map_err(|error| error.during(OPERATION).into())
}

/// Reads the items of one chunk, in its order, as long as each try brings some.
async fn fetch<E: Entity>(
    db: Db<E::Table>,
    keys: Vec<PrimaryKey>,
    consistent: bool,
    places: Arc<Vec<Place>>,
) -> Result<Vec<Fetched>, Error> {
    let table = E::Table::SCHEMA.table;
    let mut found: HashMap<PrimaryKey, Fetched> = HashMap::new();
    let mut left = keys.clone();
    let mut pauses = db.backoff().pauses();
    while !left.is_empty() {
        let request = request(db.table_name(), asked::<E>(&left, consistent, &places));
        let output = db.send(request, Call::new(Some(E::SCHEMA.name), OPERATION)).await?;
        let items = output.responses.unwrap_or_default().into_values().flatten();
        let before = found.len();
        found.extend(items.filter_map(|item| Some((owner_of(table, &item)?, Fetched::Item(item)))));
        let unprocessed = output.unprocessed_keys.unwrap_or_default();
        let unprocessed: Vec<PrimaryKey> =
            unprocessed.values().flat_map(KeysAndAttributes::keys).filter_map(|key| owner_of(table, key)).collect();
        let progressed = found.len() > before || unprocessed.len() < left.len();
        left = unprocessed;
        if left.is_empty() {
            break;
        }
        if progressed {
            pauses = db.backoff().pauses();
        }
        match pauses.next() {
            Some(pause) => db.pause(pause).await,
            None => break,
        }
    }
    found.extend(left.into_iter().map(|key| (key, Fetched::Unprocessed)));
    Ok(keys.into_iter().map(|key| found.remove(&key).unwrap_or(Fetched::Missing)).collect())
}

fn asked<E: Entity>(keys: &[PrimaryKey], consistent: bool, places: &[Place]) -> Option<KeysAndAttributes> {
    let table = E::Table::SCHEMA.table;
    let keys = keys.iter().map(|key| value::key_item(key.clone(), table.key)).collect();
    let mut asked = KeysAndAttributes::builder().set_keys(Some(keys)).set_consistent_read(consistent.then_some(true));
    if !places.is_empty() {
        let mut terms = Terms::default();
        let projection = projection(table, places, &mut terms);
        asked = asked.projection_expression(projection).set_expression_attribute_names(terms.names.into_sdk());
    }
    asked.build().ok()
}

fn request(table: &str, asked: Option<KeysAndAttributes>) -> BatchGetItemInputBuilder {
    let asked = asked.into_iter().map(|asked| (table.to_owned(), asked)).collect();
    BatchGetItemInputBuilder::default().set_request_items(Some(asked))
}
