//! Sends calls, and sorts what became of them by what the caller is told.

use dynamo_model::error::{Reason, ReasonKind, Refusal};
use dynamo_model::op::Transaction;
use dynamo_model::{Error, prelude::*};

use super::draft::Call;
use super::model::{Act, Given, Guard, Mode, Refused, Why, Write};
use super::world::{Cell, World, of_kind};

/// What the caller was told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Report {
    Done(Given),
    /// Nothing was written, for this reason.
    Refused(Refused),
    /// Nothing was written of a transaction, for these reasons.
    Cancelled(Vec<Option<Refused>>),
    /// Nothing was written.
    Nothing,
    /// Nothing was written, since a transaction cannot be as it was asked for.
    NotSent,
    /// It was done or not.
    Open,
}

pub(crate) async fn perform(db: &Db<World>, call: &Call) -> Result<Report, String> {
    match call {
        Call::One(write) => {
            let sent = of_kind!(write.place.0, E => one::<E>(db, write).await);
            match sent {
                Ok(given) => Ok(Report::Done(given)),
                Err(error) => report(&error, write.is_sure(), std::slice::from_ref(write)),
            }
        }
        Call::All(writes) => {
            let mut transaction = World::transaction();
            for write in writes {
                transaction = of_kind!(write.place.0, E => add::<E>(transaction, write));
            }
            match transaction.send(db).await {
                Ok(()) => Ok(Report::Done(Given::Nothing)),
                Err(error) => report(&error, false, writes),
            }
        }
    }
}

async fn one<E: Cell>(db: &Db<World>, write: &Write) -> Result<Given, Error> {
    let (_, id) = write.place;
    let key = E::key_of(id);
    let row = |entity: &E| Given::Row(Some(entity.row()));
    match write.act.clone() {
        Act::Create(new) => E::of(id, &new).create().send(db).await.map(|written| row(&written)),
        Act::Put(new, guard) => {
            let mut put = E::of(id, &new).put();
            if let Guard::Points(points) = guard {
                put = put.when(|fields| E::points_are(fields, points));
            }
            put.send(db).await.map(|written| row(&written))
        }
        Act::Update(change, guard, mode) => {
            let mut update = E::changed(key.update(), &change);
            update = match guard {
                Guard::None => update,
                Guard::Points(points) => update.when(|fields| E::points_are(fields, points)),
                Guard::Version(version) => E::versioned(update, version),
            };
            match mode {
                Mode::Plain => update.send(db).await.map(|()| Given::Nothing),
                Mode::New => E::returning(update, true, db).await.map(|new| row(&new)),
                Mode::Old => E::returning(update, false, db).await.map(|old| row(&old)),
                Mode::Once => update.exactly_once().send(db).await.map(|()| Given::Nothing),
                Mode::Upsert(initial) => update.upsert(E::of(id, &initial)).send(db).await.map(Given::Upserted),
            }
        }
        Act::Modify(change) => {
            let modify = key.modify(|entity: &mut E| {
                let mut row = entity.row();
                change.apply(&mut row);
                entity.set(&row);
            });
            modify.send(db).await.map(|written| row(&written))
        }
        Act::Delete(guard) => guarded::<E>(&key, guard).send(db).await.map(|()| Given::Nothing),
        Act::DeleteReturning => {
            E::deleted(key.delete(), db).await.map(|deleted| Given::Row(deleted.map(|deleted| deleted.row())))
        }
        Act::Remove(read) => E::of(id, &read).remove().send(db).await.map(|()| Given::Nothing),
        Act::Check => unreachable!("a check stands in a transaction"),
    }
}

fn guarded<E: Cell>(key: &E::Key, guard: Guard) -> dynamo_model::op::Delete<E> {
    match guard {
        Guard::None => key.delete(),
        Guard::Points(points) => key.delete().when(|fields| E::points_are(fields, points)),
        Guard::Version(version) => E::of_version(key.delete(), version),
    }
}

fn add<E: Cell>(transaction: Transaction<World>, write: &Write) -> Transaction<World> {
    let (_, id) = write.place;
    let key = E::key_of(id);
    match write.act.clone() {
        Act::Create(new) => transaction.and(E::of(id, &new).create()),
        Act::Put(new, Guard::Points(points)) => {
            transaction.and(E::of(id, &new).put().when(|fields| E::points_are(fields, points)))
        }
        Act::Put(new, _) => transaction.and(E::of(id, &new).put()),
        Act::Update(change, guard, _) => {
            let update = E::changed(key.update(), &change);
            transaction.and(match guard {
                Guard::None => update,
                Guard::Points(points) => update.when(|fields| E::points_are(fields, points)),
                Guard::Version(version) => E::versioned(update, version),
            })
        }
        Act::Delete(guard) => transaction.and(guarded::<E>(&key, guard)),
        Act::Remove(read) => transaction.and(E::of(id, &read).remove()),
        Act::Check => transaction.and(key.exists()),
        Act::Modify(_) | Act::DeleteReturning => unreachable!("no part of a transaction"),
    }
}

/// Sorts an error; an error that nothing here explains is one itself.
fn report(error: &Error, is_sure: bool, writes: &[Write]) -> Result<Report, String> {
    if let [write] = writes
        && let Some(refused) = refusal(error, write)?
    {
        return Ok(Report::Refused(refused));
    }
    match error {
        Error::Transaction(cancelled) => {
            let reasons = cancelled.reasons();
            if reasons.len() != writes.len() {
                return Err(format!("{} reasons for {} writes: {error}", reasons.len(), writes.len()));
            }
            let refused = reasons.iter().zip(writes).map(|(reason, write)| reasoned(reason, write));
            let refused = refused.collect::<Result<Vec<_>, _>>()?;
            Ok(if refused.iter().all(Option::is_none) { Report::Nothing } else { Report::Cancelled(refused) })
        }
        Error::SameItem(_) if writes.len() > 1 => Ok(Report::NotSent),
        Error::OutcomeUnknown(_) => Ok(Report::Open),
        error if is_of_the_weather(error) => Ok(if is_sure { Report::Nothing } else { Report::Open }),
        other => Err(format!("{other:?}")),
    }
}

/// Whether an error is what the faults make of a call, and not DynamoDB's word about the request.
pub(crate) fn is_of_the_weather(error: &Error) -> bool {
    match error {
        Error::Unreachable(_) | Error::Throttled(_) => true,
        Error::Service(error) => matches!(
            error.code(),
            None | Some("InternalServerError" | "TransactionConflictException" | "TransactionInProgressException")
        ),
        _ => false,
    }
}

fn reasoned(reason: &Reason, write: &Write) -> Result<Option<Refused>, String> {
    match reason.kind() {
        ReasonKind::Refused(error) => match refusal(error, write)? {
            Some(refused) => Ok(Some(refused)),
            None => Err(format!("{error:?} of {write:?}")),
        },
        ReasonKind::None | ReasonKind::Conflict | ReasonKind::Throttled => Ok(None),
        other => Err(format!("{other:?} of {write:?}")),
    }
}

/// A refusal with the item that stood in the way.
fn refusal(error: &Error, write: &Write) -> Result<Option<Refused>, String> {
    let (why, refusal) = match error {
        Error::AlreadyExists(refusal) => (Why::Exists, refusal),
        Error::NotFound(refusal) => (Why::Missing, refusal),
        Error::VersionConflict(refusal) => (Why::Version, refusal),
        Error::ConditionFailed(refusal) => (Why::Condition, refusal),
        Error::NotUnique(refusal) => (Why::NotUnique, refusal),
        _ => return Ok(None),
    };
    let item = of_kind!(write.place.0, E => stood_in_the_way::<E>(refusal)?);
    if why == Why::NotUnique && refusal.fields() != ["email"] {
        return Err(format!("not unique by {:?}", refusal.fields()));
    }
    Ok(Some(Refused(why, item)))
}

fn stood_in_the_way<E: Cell>(refusal: &Refusal) -> Result<Option<super::world::Row>, String> {
    if refusal.entity() != E::SCHEMA.name {
        return Err(format!("a refusal of `{}` names `{}`", E::SCHEMA.name, refusal.entity()));
    }
    let item = refusal.item::<E>().transpose().map_err(|error| format!("what stood in the way: {error:?}"))?;
    Ok(item.map(|item| item.row()))
}
