//! Several writes in a transaction, and puts and deletes in a batch.

use std::collections::HashMap;

use dynamo_model::{Db, Entity as _, Error, Table as _, Transaction};
use proptest::prelude::*;

use super::{
    forecast::After,
    kind::{Kind, kind},
    modelled::Modelled,
    state::{Place, State, place_of},
    write::{Write, create, write},
};
use crate::world::{Counter, Session, Task, User, Work};

/// A write of whatever entity.
#[derive(Debug, Clone)]
pub(crate) enum AnyWrite {
    Task(Write<Task>),
    User(Write<User>),
    Session(Write<Session>),
    Counter(Write<Counter>),
}

pub(crate) fn any_write() -> impl Strategy<Value = AnyWrite> + Clone {
    prop_oneof![
        3 => write::<Task>().prop_map(AnyWrite::Task).boxed(),
        3 => write::<User>().prop_map(AnyWrite::User).boxed(),
        3 => write::<Session>().prop_map(AnyWrite::Session).boxed(),
        1 => write::<Counter>().prop_map(AnyWrite::Counter).boxed(),
    ]
    .boxed()
}

/// A create: what a sequence begins with.
pub(crate) fn any_create() -> impl Strategy<Value = AnyWrite> {
    prop_oneof![
        create().prop_map(AnyWrite::Task),
        create().prop_map(AnyWrite::User),
        create().prop_map(AnyWrite::Session),
        create().prop_map(AnyWrite::Counter),
    ]
}

/// A write as a part of a transaction.
struct Part {
    unsendable: bool,
    refused: Option<Kind>,
    touched: Vec<Place>,
    join: Box<dyn FnOnce(Transaction<Work>) -> Transaction<Work>>,
    apply: Apply,
}

/// Does to the model what was done to the table.
type Apply = Box<dyn FnOnce(&mut State)>;

impl AnyWrite {
    fn part(&self, state: &State) -> Part {
        match self {
            Self::Task(write) => part(write, state),
            Self::User(write) => part(write, state),
            Self::Session(write) => part(write, state),
            Self::Counter(write) => part(write, state),
        }
    }
}

fn part<E: Modelled>(write: &Write<E>, state: &State) -> Part {
    let ready = write.settle(state, false);
    let (place, forecast) = (ready.place(), ready.forecast(state));
    let after = forecast.after;
    Part {
        unsendable: forecast.unsendable,
        refused: forecast.refused,
        touched: forecast.touched,
        join: Box::new(|transaction| ready.join(transaction)),
        apply: Box::new(move |state| apply(state, &place, after)),
    }
}

pub(crate) fn apply<E: Modelled>(state: &mut State, place: &Place, after: After<E>) {
    match after {
        After::Same => {}
        After::Stored(value) => state.store(value),
        After::Gone => state.delete::<E>(place),
    }
}

pub(crate) async fn transact(db: &Db<Work>, state: &mut State, writes: &[AnyWrite]) {
    let parts: Vec<Part> = writes.iter().map(|write| write.part(state)).collect();
    let foretold = foretell(&parts);
    let mut transaction = Work::transaction();
    let mut applied: Vec<Apply> = Vec::new();
    for part in parts {
        transaction = (part.join)(transaction);
        applied.push(part.apply);
    }
    let result = transaction.send(db).await;
    if foretold.is_ok() {
        for apply in applied {
            apply(state);
        }
    }
    assert_eq!(result.map_err(|error| kind(&error)), foretold, "{writes:?}");
}

fn foretell(parts: &[Part]) -> Result<(), Kind> {
    if parts.iter().any(|part| part.unsendable) {
        return Err(Kind::Expression);
    }
    let mut seen = HashMap::new();
    for (second, part) in parts.iter().enumerate() {
        for place in &part.touched {
            if let Some(first) = seen.insert(place, second) {
                return Err(Kind::SameItem(first, second));
            }
        }
    }
    if parts.iter().any(|part| part.refused.is_some()) {
        return Err(Kind::Transaction(parts.iter().map(|part| part.refused.clone()).collect()));
    }
    Ok(())
}

/// A write of a batch.
#[derive(Debug, Clone)]
pub(crate) enum Batched {
    Put(Counter),
    Delete(Counter),
    DeleteTask(Task),
}

pub(crate) fn batched() -> impl Strategy<Value = Batched> {
    prop_oneof![
        3 => Counter::values().prop_map(Batched::Put),
        1 => Counter::values().prop_map(Batched::Delete),
        2 => Task::values().prop_map(Batched::DeleteTask),
    ]
}

impl Batched {
    fn place(&self) -> Place {
        match self {
            Self::Put(of) | Self::Delete(of) => place_of(&of.key()),
            Self::DeleteTask(of) => place_of(&of.key()),
        }
    }
}

pub(crate) async fn batch(db: &Db<Work>, state: &mut State, writes: &[Batched]) {
    let mut batch = Work::batch_write();
    for write in writes {
        batch = match write {
            Batched::Put(counter) => batch.put(counter.clone()),
            Batched::Delete(counter) => batch.delete(counter.key()),
            Batched::DeleteTask(task) => batch.delete(task.key()),
        };
    }
    let places: Vec<Place> = writes.iter().map(Batched::place).collect();
    let same = places.iter().enumerate().find_map(|(second, place)| {
        let first = places[..second].iter().position(|other| other == place)?;
        Some(Kind::SameItem(first, second))
    });
    let result = batch.send(db).await;
    if let Err(error) = &result {
        assert_eq!((error.done(), error.left()), (0, writes.len()), "{writes:?}");
    }
    let result = result.map_err(|error| kind(&Error::from(error)));
    assert_eq!(result, same.clone().map_or(Ok(()), Err), "{writes:?}");
    if same.is_some() {
        return;
    }
    for (write, place) in writes.iter().zip(&places) {
        match write {
            Batched::Put(counter) => state.store(counter.clone()),
            Batched::Delete(_) => state.delete::<Counter>(place),
            Batched::DeleteTask(_) => state.delete::<Task>(place),
        }
    }
}
