//! Reads by keys: alone, in batches, in transactions.

use dynamo_model::{Db, Entity as _, EntityKey, Request as _, Table as _};
use proptest::{collection::vec, prelude::*};

use super::{
    kind::{Kind, kind},
    modelled::Modelled,
    state::{State, place_of},
};
use crate::world::{Counter, Session, Task, User, Work};

/// Reads to come, of the items with these values' keys.
#[derive(Debug, Clone)]
pub(crate) enum Read {
    Tasks(Vec<Task>),
    Sessions(Vec<Session>),
    Together(Box<(Task, User, Session, Counter)>),
    AtOnce(Vec<Session>),
}

pub(crate) fn read() -> impl Strategy<Value = Read> {
    prop_oneof![
        vec(Task::values(), 1..6).prop_map(Read::Tasks),
        vec(Session::values(), 1..6).prop_map(Read::Sessions),
        (Task::values(), User::values(), Session::values(), Counter::values())
            .prop_map(|of| Read::Together(Box::new(of))),
        vec(Session::values(), 1..4).prop_map(Read::AtOnce),
    ]
}

fn live<E: Modelled>(state: &State, of: &E) -> Option<E> {
    state.live::<E>(&place_of(&of.key())).cloned()
}

async fn batch<E: Modelled>(db: &Db<Work>, state: &State, of: &[E]) {
    let found = E::batch_get(of.iter().map(E::key)).consistent().all(db).await.expect("the items are read");
    let expected: Vec<Option<E>> = of.iter().map(|of| live(state, of)).collect();
    assert_eq!(found, expected);
    for of in of {
        let exists = of.key().exists().consistent().send(db).await.expect("the item is read");
        assert_eq!(exists, live(state, of).is_some(), "{of:?}");
    }
}

impl Read {
    pub(crate) async fn run(&self, db: &Db<Work>, state: &State) {
        match self {
            Self::Tasks(of) => batch(db, state, of).await,
            Self::Sessions(of) => batch(db, state, of).await,
            Self::Together(of) => {
                let (task, user, session, counter) = &**of;
                let gets = (task.key().get(), user.key().get(), session.key().get(), counter.key().get());
                let found = Work::transact_get(gets).send(db).await.expect("the items are read");
                let expected = (live(state, task), live(state, user), live(state, session), live(state, counter));
                assert_eq!(found, expected);
            }
            Self::AtOnce(of) => {
                let keys: Vec<_> = of.iter().map(Session::key).collect();
                let same = keys.iter().enumerate().find_map(|(second, key)| {
                    let first = keys[..second].iter().position(|other| other == key)?;
                    Some(Kind::SameItem(first, second))
                });
                let gets: Vec<_> = keys.iter().map(EntityKey::get).collect();
                let found = Work::transact_get(gets).send(db).await.map_err(|error| kind(&error));
                let expected = of.iter().map(|of| live(state, of)).collect();
                assert_eq!(found, same.map_or(Ok(expected), Err));
            }
        }
    }
}
