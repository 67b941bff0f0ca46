//! Reads many items of different entities.

use std::{fmt, num::NonZeroUsize, sync::Arc};

use futures_util::stream::Stream;

use super::{
    Progress, Settings,
    fetch::{Asked, OPERATION, all, lookups},
};
use crate::{
    db::Db,
    entity::{Entity, EntityKey},
    error::Error,
    key::{KeyError, PrimaryKey},
    op::{Context, item::is_expired},
    table::Table,
    value::Item,
};

/// Reads many items by their keys, of whatever entities of a table: a request for each hundred, several at a time.
///
/// What comes out is in the order of the keys, one for each, as the table's enum. As
/// [`BatchGet`](super::BatchGet) in everything else.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetMany<T> {
    keys: Vec<Result<PrimaryKey, KeyError>>,
    consistent: bool,
    settings: Settings,
    db: Db<T>,
}

impl<T: Table> Db<T> {
    /// Reads many items of different entities, 100 a request: `db.get_many().and(task_key).and(user_key).all()`.
    pub fn get_many(&self) -> GetMany<T> {
        GetMany { keys: Vec::new(), consistent: false, settings: Settings::default(), db: self.clone() }
    }
}

impl<T: Table> GetMany<T> {
    /// Adds a key.
    pub fn and<K: EntityKey>(mut self, key: &K) -> Self
    where
        K::Entity: Entity<Table = T>,
    {
        self.keys.push(key.to_primary());
        self
    }

    /// Adds keys of one kind.
    pub fn and_all<'k, K: EntityKey>(self, keys: impl IntoIterator<Item = &'k K>) -> Self
    where
        K::Entity: Entity<Table = T>,
    {
        keys.into_iter().fold(self, Self::and)
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

    /// Reads the items; `None` stands for one that is missing or has expired.
    ///
    /// # Errors
    ///
    /// As [`BatchGet::all`](super::BatchGet::all).
    pub async fn all(self) -> Result<Vec<Option<T>>, Error> {
        let db = self.db.clone();
        all(self.lookups(), None, &db).await
    }

    fn lookups(self) -> impl Stream<Item = Result<super::Lookup<(), T>, Error>> + Send + 'static {
        let Self { keys, consistent, settings, db } = self;
        let keys = keys.into_iter().map(|key| Ok(((), key.map_err(|error| error.during(OPERATION))?)));
        let asked = keys.collect::<Result<Vec<_>, Error>>().map(|keys| Asked {
            keys,
            entity: None,
            places: Vec::new(),
            consistent,
            settings,
        });
        let read = |item: Item, context: &Context| {
            if is_expired(T::SCHEMA, &item, context.now) {
                return Ok(None);
            }
            T::from_item(item).map(Some)
        };
        lookups(asked, read, db)
    }
}

impl<T> fmt::Debug for GetMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetMany").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}
