//! Updates that create what is missing.

use std::fmt;

use super::{OPERATION, Update};
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    expr::{ExpressionError, ExpressionErrorKind},
    op::{Create, Request as _},
};

/// An [`Update`] that creates the item where there is none.
///
/// Two requests where there is none, one where there is. An item that comes or goes between them is met by another try.
#[must_use = "a request does nothing until it is sent"]
pub struct Upsert<E: Entity> {
    update: Update<E>,
    initial: E,
}

impl<E: Entity> fmt::Debug for Upsert<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upsert").field("entity", &E::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<E: Entity> Upsert<E> {
    pub(super) fn new(update: Update<E>, initial: E) -> Self {
        Self { update, initial }
    }

    /// Changes the item, or creates it; says which.
    ///
    /// # Errors
    ///
    /// [`Error::Expression`] if the value to create has another primary key than the update: nothing was sent then.
    /// Those of the update but [`Error::NotFound`], and those of the creation but [`Error::AlreadyExists`], unless the
    /// item comes and goes at every try.
    pub async fn send(self, db: &Db<E::Table>) -> Result<Upserted, Error>
    where
        E: Clone,
    {
        if self.initial.key() != *self.update.key() {
            let kind = ExpressionErrorKind::OtherKey;
            return Err(ExpressionError::new(E::SCHEMA.name, OPERATION, kind).into());
        }
        let mut pauses = db.backoff().pauses();
        loop {
            match self.update.clone().send(db).await {
                Ok(()) => return Ok(Upserted::Updated),
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
            match Create::new(self.initial.clone()).send(db).await {
                Ok(_) => return Ok(Upserted::Created),
                Err(Error::AlreadyExists(refusal)) => match pauses.next() {
                    Some(pause) => db.pause(pause).await,
                    None => return Err(Error::AlreadyExists(refusal)),
                },
                Err(error) => return Err(error),
            }
        }
    }
}

/// What an [`Upsert`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upserted {
    /// The item was there, and was changed.
    Updated,
    /// There was no item, and the initial one was created.
    Created,
}
