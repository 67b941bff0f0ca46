//! Asks for many items: what all batches of reads have in common.

use std::{collections::HashMap, sync::Arc};

use aws_sdk_dynamodb::{operation::batch_get_item::builders::BatchGetItemInputBuilder, types::KeysAndAttributes};
use futures_util::{
    StreamExt as _, TryStreamExt as _,
    stream::{self, Stream},
};

use super::{Lookup, Progress, Settings};
use crate::{
    db::{Call, Db},
    error::{Error, Operation, UnprocessedError},
    expr::{Place, Terms},
    key::PrimaryKey,
    op::{Context, projected::projection, write::owner_of},
    schema::TableSchema,
    table::Table,
    value::{self, Item},
};

pub(super) const OPERATION: Operation = Operation::BatchGet;

/// DynamoDB's limit of keys in a request.
///
/// Source: `BatchGetItem` in the API reference.
pub(super) const CHUNK: usize = 100;

/// What is asked for.
pub(super) struct Asked<K> {
    /// The keys as the caller has them, and as texts.
    pub(super) keys: Vec<(K, PrimaryKey)>,
    /// The entity, where all are of one.
    pub(super) entity: Option<&'static str>,
    /// Only these; all if there are none.
    pub(super) places: Vec<Place>,
    pub(super) consistent: bool,
    pub(super) settings: Settings,
}

/// What a request brought of one key.
#[derive(Clone)]
enum Fetched {
    Item(Item),
    Missing,
    Unprocessed,
}

/// What became of each key, in their order.
pub(super) fn lookups<T: Table, K: Send + 'static, V: Send + 'static>(
    asked: Result<Asked<K>, Error>,
    read: impl Fn(Item, &Context) -> Result<Option<V>, Error> + Send + 'static,
    db: Db<T>,
) -> impl Stream<Item = Result<Lookup<K, V>, Error>> + Send + 'static {
    let flow = async move {
        let Asked { keys, entity, places, consistent, settings } = asked?;
        let Prepared { unique, uses, positions } = prepare(&keys);
        let total = unique.len();
        let chunks: Vec<Vec<PrimaryKey>> = unique.chunks(CHUNK).map(<[PrimaryKey]>::to_vec).collect();
        let places: Arc<[Place]> = places.into();
        let fetching = db.clone();
        let fetched = stream::iter(chunks)
            .map(move |chunk| fetch(fetching.clone(), entity, chunk, consistent, Arc::clone(&places)))
            .buffered(settings.concurrency.get());
        let mut ready: HashMap<usize, (Fetched, usize)> = HashMap::new();
        let mut at = 0;
        let mut waiting = positions.into_iter().zip(keys).peekable();
        let out = fetched.map_ok(move |chunk| {
            for fetched in chunk {
                ready.insert(at, (fetched, uses[at]));
                at += 1;
            }
            settings.tell(Progress { done: at, total });
            let context = db.context();
            let mut out = Vec::new();
            while let Some((position, (key, _))) = waiting.next_if(|(position, _)| *position < at) {
                out.push(match take(&mut ready, position) {
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

/// All values; an error if any key was left unprocessed.
pub(super) async fn all<T: Table, K, V>(
    lookups: impl Stream<Item = Result<Lookup<K, V>, Error>>,
    entity: Option<&'static str>,
    db: &Db<T>,
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
        let table = db.table_name().to_owned();
        return Err(Error::Unprocessed(UnprocessedError { entity, operation: OPERATION, table, left }));
    }
    Ok(found)
}

/// What was fetched for a key, as often as it was given.
fn take(ready: &mut HashMap<usize, (Fetched, usize)>, position: usize) -> Fetched {
    match ready.get_mut(&position) {
        Some((fetched, uses)) if *uses > 1 => {
            *uses -= 1;
            fetched.clone()
        }
        _ => ready.remove(&position).map_or(Fetched::Missing, |(fetched, _)| fetched),
    }
}

/// The keys to ask for.
struct Prepared {
    unique: Vec<PrimaryKey>,
    /// How often each of the unique ones was given.
    uses: Vec<usize>,
    /// For each given key the place of the unique one.
    positions: Vec<usize>,
}

fn prepare<K>(keys: &[(K, PrimaryKey)]) -> Prepared {
    let mut known: HashMap<&PrimaryKey, usize> = HashMap::new();
    let mut prepared = Prepared { unique: Vec::new(), uses: Vec::new(), positions: Vec::new() };
    for (_, texts) in keys {
        let position = *known.entry(texts).or_insert_with(|| {
            prepared.unique.push(texts.clone());
            prepared.uses.push(0);
            prepared.unique.len() - 1
        });
        prepared.uses[position] += 1;
        prepared.positions.push(position);
    }
    prepared
}

/// Reads the items of one chunk, in its order, as long as each try brings some.
async fn fetch<T: Table>(
    db: Db<T>,
    entity: Option<&'static str>,
    keys: Vec<PrimaryKey>,
    consistent: bool,
    places: Arc<[Place]>,
) -> Result<Vec<Fetched>, Error> {
    let table = T::SCHEMA.table;
    let mut found: HashMap<PrimaryKey, Fetched> = HashMap::new();
    let mut left = keys.clone();
    let mut pauses = db.backoff().pauses();
    while !left.is_empty() {
        let request = request(db.table_name(), table, &left, consistent, &places);
        let output = db.send(request, Call::new(entity, OPERATION)).await?;
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

/// One request, of at most a hundred keys.
pub(super) fn request(
    name: &str,
    table: &TableSchema,
    keys: &[PrimaryKey],
    consistent: bool,
    places: &[Place],
) -> BatchGetItemInputBuilder {
    let keys = keys.iter().map(|key| value::key_item(key.clone(), table.key)).collect();
    let mut asked = KeysAndAttributes::builder().set_keys(Some(keys)).set_consistent_read(consistent.then_some(true));
    if !places.is_empty() {
        let mut terms = Terms::default();
        let projection = projection(table, places, &mut terms);
        asked = asked.projection_expression(projection).set_expression_attribute_names(terms.names.into_sdk());
    }
    let asked = asked.build().ok().map(|asked| (name.to_owned(), asked));
    BatchGetItemInputBuilder::default().set_request_items(Some(asked.into_iter().collect()))
}
