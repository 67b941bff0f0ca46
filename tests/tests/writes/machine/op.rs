//! What can happen to the table.

use proptest::{collection::vec, option, prelude::*};

use super::{
    modify::{Edit, edit},
    queries::{Ask, ask},
    reads::{Read, read},
    together::{AnyWrite, Batched, any_create, any_write, batched},
};
use crate::world::{Counter, Session, Task, User};

/// An operation, and the queries that are asked after it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) op: Op,
    pub(crate) ask: Option<Ask>,
}

#[derive(Debug, Clone)]
pub(crate) enum Op {
    Write(AnyWrite),
    Transact(Vec<AnyWrite>),
    Batch(Vec<Batched>),
    EditTask(Edit<Task>),
    EditUser(Edit<User>),
    EditSession(Edit<Session>),
    EditCounter(Edit<Counter>),
    Read(Read),
    /// So many seconds pass.
    Pass(u8),
}

/// A sequence: a few items, so that there is something to change, and what becomes of them.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let creates = vec(any_create().prop_map(|create| Step { op: Op::Write(create), ask: None }), 2..12);
    (creates, vec(step().boxed(), 1..29)).prop_map(|(creates, steps)| creates.into_iter().chain(steps).collect())
}

fn step() -> impl Strategy<Value = Step> {
    let op = prop_oneof![
        16 => any_write().prop_map(Op::Write).boxed(),
        5 => vec(any_write(), 2..5).prop_map(Op::Transact).boxed(),
        1 => vec(batched(), 1..4).prop_map(Op::Batch).boxed(),
        1 => edit().prop_map(Op::EditTask).boxed(),
        1 => edit().prop_map(Op::EditUser).boxed(),
        1 => edit().prop_map(Op::EditSession).boxed(),
        1 => edit().prop_map(Op::EditCounter).boxed(),
        1 => read().prop_map(Op::Read).boxed(),
        2 => (1..12_u8).prop_map(Op::Pass),
    ];
    (op, option::weighted(0.15, ask())).prop_map(|(op, ask)| Step { op, ask })
}
