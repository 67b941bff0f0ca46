//! Reads many items of one entity.

use std::{fmt, num::NonZeroUsize, sync::Arc};

use aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemInputBuilder;
use futures_util::{TryStreamExt as _, stream::Stream};

use super::{
    Progress, Settings,
    fetch::{Asked, CHUNK, OPERATION, all, lookups, request},
};
use crate::{
    db::Db,
    entity::{Entity, EntityKey as _},
    error::Error,
    explain::Explanation,
    expr::{Place, Selection},
    key::PrimaryKey,
    op::{
        Context, SdkRequest as _,
        item::{Met, meet},
        projected::{places, projected},
    },
    projection::Projection,
    table::Table,
    value::Item,
};

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
    pub fn project<P: Selection<E>>(self, fields: impl FnOnce(E::Fields) -> P) -> BatchGetFields<E, P> {
        BatchGetFields { fields: Arc::new(fields(E::__fields())), batch: self }
    }

    /// Reads only the fields of this struct, which has `#[derive(Projection)]`. DynamoDB charges for the whole items.
    pub fn select<P: Projection<E>>(self) -> BatchGetFields<E, P::Fields> {
        BatchGetFields { fields: Arc::new(P::Fields::default()), batch: self }
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
        all(self.stream(db), Some(E::SCHEMA.name), db).await
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
        lookups(self.asked(Vec::new()), read, db.clone())
    }
}

impl<E: Entity> BatchGet<E> {
    fn asked(self, places: Vec<Place>) -> Result<Asked<E::Key>, Error> {
        let Self { keys, consistent, settings } = self;
        let keys = keys.into_iter().map(|key| primary::<E>(&key).map(|texts| (key, texts)));
        Ok(Asked { keys: keys.collect::<Result<_, _>>()?, entity: Some(E::SCHEMA.name), places, consistent, settings })
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

impl<E: Entity, P: Selection<E>> BatchGetFields<E, P> {
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
        all(self.stream(db), Some(E::SCHEMA.name), db).await
    }

    /// The same as a stream that says of each key what became of it, in the order of the keys.
    pub fn stream(
        self,
        db: &Db<E::Table>,
    ) -> impl Stream<Item = Result<Lookup<E::Key, P::Output>, Error>> + Send + 'static + use<E, P> {
        let fields = Arc::clone(&self.fields);
        let read = move |item: Item, context: &Context| projected::<E, P>(&fields, &item, context.now, OPERATION);
        lookups(self.batch.asked(places(&*self.fields)), read, db.clone())
    }
}

impl<E: Entity, P> fmt::Debug for BatchGetFields<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BatchGetFields").field(&self.batch).finish()
    }
}

fn explain<E: Entity>(batch: &BatchGet<E>, places: &[Place]) -> Explanation {
    let table = E::Table::SCHEMA.table;
    let keys = batch.keys.iter().take(CHUNK).map(primary::<E>).collect::<Result<Vec<_>, _>>();
    match keys {
        Ok(keys) => request(table.name, table, &keys, batch.consistent, places).explanation(),
        Err(error) => Explanation::refused(BatchGetItemInputBuilder::OPERATION, &error),
    }
}

fn primary<E: Entity>(key: &E::Key) -> Result<PrimaryKey, Error> {
    key.to_primary().map_err(|error| error.during(OPERATION).into())
}
