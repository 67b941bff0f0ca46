//! A write with its values, as the library's request.

use dynamo_model::{
    Db, EntityKey as _, Error, Request as _, Transaction,
    op::{Delete, Put, Remove, Update, Upserted},
};

use super::{
    forecast::After,
    modelled::Modelled,
    state::{Place, State, place_of},
    write::Sent,
};
use crate::world::Work;

/// A write with its values.
#[derive(Debug)]
pub(crate) enum Ready<E: Modelled> {
    Create(E),
    Put { value: E, replacing: Option<E>, when: Option<E::When> },
    Update(Changing<E>),
    Delete { of: E, version: Option<u64>, when: Option<E::When>, returning: bool },
    Remove { value: E, when: Option<E::When> },
    Check { of: E, when: Option<E::When> },
}

/// An update with its values.
#[derive(Debug)]
pub(crate) struct Changing<E: Modelled> {
    /// Names the item; what an upsert creates.
    pub(super) of: E,
    /// What is stored, so that the caller can say it.
    pub(super) stored: Option<E>,
    pub(super) changes: Vec<E::Change>,
    pub(super) version: Option<u64>,
    pub(super) when: Option<E::When>,
    pub(super) sent: Sent,
}

/// What a request gives.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer<E> {
    Done,
    Value(E),
    Maybe(Option<E>),
    Upserted(Upserted),
}

impl<E: Modelled> Ready<E> {
    pub(super) fn of(&self) -> &E {
        match self {
            Self::Create(of)
            | Self::Put { value: of, .. }
            | Self::Update(Changing { of, .. })
            | Self::Delete { of, .. }
            | Self::Remove { value: of, .. }
            | Self::Check { of, .. } => of,
        }
    }

    pub(crate) fn place(&self) -> Place {
        place_of(&self.of().key())
    }

    /// What the request gives, if it is done.
    pub(crate) fn answer(&self, state: &State, after: &After<E>) -> Answer<E> {
        let live = state.live::<E>(&self.place()).cloned();
        match (self, after) {
            (Self::Create(_) | Self::Put { .. }, After::Stored(value)) => Answer::Value(value.clone()),
            (Self::Update(update), After::Stored(value)) => match (update.sent, live) {
                (Sent::Upsert, None) => Answer::Upserted(Upserted::Created),
                (Sent::Upsert, Some(_)) => Answer::Upserted(Upserted::Updated),
                (Sent::ReturningOld, Some(live)) if E::RETURNS => Answer::Value(live),
                (Sent::ReturningNew, _) if E::RETURNS => Answer::Value(value.clone()),
                _ => Answer::Done,
            },
            (Self::Delete { returning: true, .. }, _) if E::RETURNS => Answer::Maybe(live),
            _ => Answer::Done,
        }
    }

    pub(crate) async fn send(self, db: &Db<Work>) -> Result<Answer<E>, Error> {
        Ok(match self {
            Self::Create(value) => Answer::Value(value.create().send(db).await?),
            Self::Put { .. } => Answer::Value(self.into_put().send(db).await?),
            Self::Update(update) => return update.send(db).await,
            Self::Delete { returning: true, .. } if E::RETURNS => {
                Answer::Maybe(E::delete_returning(self.into_delete(), db).await?)
            }
            Self::Delete { .. } => {
                self.into_delete().send(db).await?;
                Answer::Done
            }
            Self::Remove { value, when } => {
                removal::<E>(value, when).send(db).await?;
                Answer::Done
            }
            Self::Check { .. } => unreachable!("a condition is no request of its own"),
        })
    }

    /// Adds it to a transaction.
    pub(crate) fn join(self, transaction: Transaction<Work>) -> Transaction<Work> {
        match self {
            Self::Create(value) => transaction.and(value.create()),
            Self::Put { .. } => transaction.and(self.into_put()),
            Self::Update(update) => transaction.and(update.request()),
            Self::Delete { .. } => transaction.and(self.into_delete()),
            Self::Remove { value, when } => transaction.and(removal::<E>(value, when)),
            Self::Check { of, when: None } => transaction.and(of.key().exists()),
            Self::Check { of, when: Some(when) } => {
                transaction.and(of.key().exists().when(|fields| E::condition(&when, fields)))
            }
        }
    }

    fn into_put(self) -> Put<E> {
        let Self::Put { value, replacing, when } = self else { unreachable!("a put") };
        let put = value.put();
        let put = match replacing {
            Some(stored) => put.replacing(stored),
            None => put,
        };
        match when {
            Some(when) => put.when(|fields| E::condition(&when, fields)),
            None => put,
        }
    }

    fn into_delete(self) -> Delete<E> {
        let Self::Delete { of, version, when, .. } = self else { unreachable!("a delete") };
        let delete = of.key().delete();
        let delete = match version {
            Some(version) => E::delete_version(delete, version),
            None => delete,
        };
        match when {
            Some(when) => delete.when(|fields| E::condition(&when, fields)),
            None => delete,
        }
    }
}

fn removal<E: Modelled>(value: E, when: Option<E::When>) -> Remove<E> {
    match when {
        Some(when) => value.remove().when(|fields| E::condition(&when, fields)),
        None => value.remove(),
    }
}

impl<E: Modelled> Changing<E> {
    fn request(self) -> Update<E> {
        let mut update = self.of.key().update();
        for change in &self.changes {
            update = E::set(update, change, self.stored.as_ref());
        }
        if let Some(version) = self.version {
            update = E::update_version(update, version);
        }
        match self.when {
            Some(when) => update.when(|fields| E::condition(&when, fields)),
            None => update,
        }
    }

    async fn send(self, db: &Db<Work>) -> Result<Answer<E>, Error> {
        let (sent, of) = (self.sent, self.of.clone());
        let update = self.request();
        match sent {
            Sent::ReturningOld if E::RETURNS => E::update_returning(update, false, db).await.map(Answer::Value),
            Sent::ReturningNew if E::RETURNS => E::update_returning(update, true, db).await.map(Answer::Value),
            Sent::ExactlyOnce => update.exactly_once().send(db).await.map(|()| Answer::Done),
            Sent::Upsert => update.upsert(of).send(db).await.map(Answer::Upserted),
            _ => update.send(db).await.map(|()| Answer::Done),
        }
    }
}
