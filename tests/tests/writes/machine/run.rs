//! Runs a sequence on the table and on the model, side by side.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use dynamo_model::{Db, ManualClock};

use super::{
    check, kind,
    modelled::Modelled,
    op::{Op, Step},
    queries::Ask,
    state::State,
    together::{AnyWrite, apply, batch, transact},
    write::Write,
};
use crate::world::{Work, at};

pub(crate) async fn run(db: &Db<Work>, clock: &ManualClock, steps: &[Step]) {
    empty(db).await;
    clock.set(at(0));
    let mut state = State::default();
    for Step { op, ask } in steps {
        // Unboxed, the futures of every kind of write and query are more than a test's stack.
        Box::pin(perform(db, clock, &mut state, op)).await;
        check::table(db, &state, op).await;
        if let Some(ask) = ask {
            Box::pin(ask.run(db, &state)).await;
        }
    }
    Box::pin(Ask::run_last(db, &state)).await;
}

async fn perform(db: &Db<Work>, clock: &ManualClock, state: &mut State, op: &Op) {
    match op {
        Op::Write(write) => match write {
            AnyWrite::Task(write) => Box::pin(alone(db, state, write, op)).await,
            AnyWrite::User(write) => Box::pin(alone(db, state, write, op)).await,
            AnyWrite::Session(write) => Box::pin(alone(db, state, write, op)).await,
            AnyWrite::Counter(write) => Box::pin(alone(db, state, write, op)).await,
        },
        Op::Transact(writes) => Box::pin(transact(db, state, writes)).await,
        Op::Batch(writes) => Box::pin(batch(db, state, writes)).await,
        Op::EditTask(edit) => Box::pin(edit.run(db, state)).await,
        Op::EditUser(edit) => Box::pin(edit.run(db, state)).await,
        Op::EditSession(edit) => Box::pin(edit.run(db, state)).await,
        Op::EditCounter(edit) => Box::pin(edit.run(db, state)).await,
        Op::Read(read) => Box::pin(read.run(db, state)).await,
        Op::Pass(seconds) => {
            state.seconds += i64::from(*seconds);
            clock.set(state.now());
        }
    }
}

async fn alone<E: Modelled>(db: &Db<Work>, state: &mut State, write: &Write<E>, op: &Op) {
    if write.is_check() {
        let Op::Write(write) = op else { unreachable!("it is that operation") };
        return transact(db, state, std::slice::from_ref(write)).await;
    }
    let ready = write.settle(state, true);
    let (place, forecast) = (ready.place(), ready.forecast(state));
    let foretold = match (forecast.unsendable, forecast.refused) {
        (true, _) => Err(kind::Kind::Expression),
        (false, Some(refused)) => Err(refused),
        (false, None) => Ok(ready.answer(state, &forecast.after)),
    };
    let live = state.live::<E>(&place).cloned();
    let is_done = foretold.is_ok();
    let what = format!("{ready:?}");
    kind::assert_as_foretold(ready.send(db).await, &foretold, live.as_ref(), &what);
    if is_done {
        apply(state, &place, forecast.after);
    }
}

/// Deletes what an earlier sequence left.
async fn empty(db: &Db<Work>) {
    let deletes: Vec<WriteRequest> = check::scan(db)
        .await
        .into_iter()
        .map(|mut item| {
            let key = ["PK", "SK"].map(|name| (name.to_owned(), item.remove(name).expect("a key")));
            let delete = DeleteRequest::builder().set_key(Some(HashMap::from(key))).build().expect("a key");
            WriteRequest::builder().delete_request(delete).build()
        })
        .collect();
    for chunk in deletes.chunks(25) {
        let output = db.client().batch_write_item().request_items(db.table_name(), chunk.to_vec()).send().await;
        let output = output.expect("the items are deleted");
        assert!(output.unprocessed_items().is_none_or(HashMap::is_empty), "an engine here leaves nothing undone");
    }
}
