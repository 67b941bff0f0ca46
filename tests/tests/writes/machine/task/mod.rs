//! Tasks: versioned and stamped; indexes of one field and of several; numbers, sets, lists and maps.

mod change;

use std::collections::{BTreeMap, BTreeSet};

use dynamo_model::{
    Condition, Db, Error, Request as _, Timestamp,
    op::{Delete, Update},
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::select,
};

use self::change::Change;
use super::{
    modelled::{Modelled, text},
    state::{Rows, State},
};
use crate::world::{Status, Task, TaskFields, Work, at, task};

#[derive(Debug, Clone)]
pub(crate) enum When {
    Points(u32),
    Status(Status),
    NotStatus(Status),
    Unassigned,
    Tagged(String),
    Logged(usize),
    Limit(String, i64),
}

fn status() -> impl Strategy<Value = Status> + Clone {
    select(&[Status::Open, Status::Doing, Status::Done][..])
}

fn assignee() -> BoxedStrategy<Option<String>> {
    option::weighted(0.7, text('a', 2)).boxed()
}

fn tags() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(text('g', 3), 0..3)
}

fn votes() -> impl Strategy<Value = BTreeSet<u32>> {
    btree_set(1..4_u32, 0..3)
}

fn log() -> impl Strategy<Value = Vec<String>> {
    vec(text('l', 3), 0..3)
}

fn limits() -> impl Strategy<Value = BTreeMap<String, i64>> {
    btree_map(text('x', 2), -2..3_i64, 0..3)
}

fn rank() -> impl Strategy<Value = Option<u16>> {
    option::weighted(0.7, 0..4_u16)
}

fn due() -> impl Strategy<Value = Timestamp> + Clone {
    (0..4_i64).prop_map(at)
}

impl Modelled for Task {
    const RETURNS: bool = true;

    type Change = Change;
    type When = When;

    fn rows(state: &State) -> &Rows<Self> {
        &state.tasks
    }

    fn rows_mut(state: &mut State) -> &mut Rows<Self> {
        &mut state.tasks
    }

    fn values() -> BoxedStrategy<Self> {
        let keyed = (select(&["p", "q"][..]), 1..3_u32, assignee(), status(), due(), rank());
        let others = (0..5_u32, -2..3_i64, tags(), votes(), log(), limits(), option::of(text('n', 2)));
        (keyed, others)
            .prop_map(|(keyed, others)| {
                let (project, number, assignee, status, due, rank) = keyed;
                let (points, balance, tags, votes, log, limits, note) = others;
                let project = project.to_owned();
                Self {
                    project,
                    assignee,
                    status,
                    due,
                    rank,
                    points,
                    balance,
                    tags,
                    votes,
                    log,
                    limits,
                    note,
                    ..task(number)
                }
            })
            .boxed()
    }

    fn changes() -> BoxedStrategy<Change> {
        change::changes()
    }

    fn whens() -> BoxedStrategy<When> {
        prop_oneof![
            (0..5_u32).prop_map(When::Points),
            status().prop_map(When::Status),
            status().prop_map(When::NotStatus),
            Just(When::Unassigned),
            text('g', 3).prop_map(When::Tagged),
            (0..3_usize).prop_map(When::Logged),
            (text('x', 2), -2..3_i64).prop_map(|(key, limit)| When::Limit(key, limit)),
        ]
        .boxed()
    }

    fn set(update: Update<Self>, change: &Change, stored: Option<&Self>) -> Update<Self> {
        change.set(update, stored)
    }

    fn apply(change: &Change, stored: &Self, after: &mut Self) -> bool {
        change.apply(stored, after)
    }

    fn path(change: &Change) -> Vec<String> {
        change.path()
    }

    /// What several changes of one list's elements leave depends on their order.
    fn stands_alone(change: &Change) -> bool {
        matches!(change, Change::LogAt(..) | Change::RemoveLogAt(_))
    }

    fn condition(when: &When, t: TaskFields) -> Condition<Self> {
        match when {
            When::Points(points) => t.points().ge(points),
            When::Status(status) => t.status().eq(status),
            When::NotStatus(status) => !t.status().eq(status),
            When::Unassigned => t.assignee().is_none(),
            When::Tagged(tag) => t.tags().contains(tag),
            When::Logged(many) => t.log().size().ge(*many),
            When::Limit(key, limit) => t.limits().key(key).le(limit),
        }
    }

    fn holds(when: &When, stored: Option<&Self>) -> bool {
        match when {
            When::Points(points) => stored.is_some_and(|task| task.points >= *points),
            When::Status(status) => stored.is_some_and(|task| task.status == *status),
            When::NotStatus(status) => stored.is_none_or(|task| task.status != *status),
            When::Unassigned => stored.is_none_or(|task| task.assignee.is_none()),
            When::Tagged(tag) => stored.is_some_and(|task| task.tags.contains(tag)),
            When::Logged(many) => stored.is_some_and(|task| task.log.len() >= *many),
            When::Limit(key, limit) => {
                stored.and_then(|task| task.limits.get(key)).is_some_and(|stored| stored <= limit)
            }
        }
    }

    fn mix(&mut self, from: &Self, fields: u32) {
        if fields & 1 != 0 {
            self.assignee.clone_from(&from.assignee);
        }
        if fields & 2 != 0 {
            self.status = from.status;
        }
        if fields & 4 != 0 {
            self.due = from.due;
        }
        if fields & 8 != 0 {
            self.rank = from.rank;
        }
        if fields & 16 != 0 {
            self.points = from.points;
            self.log.clone_from(&from.log);
            self.limits.clone_from(&from.limits);
        }
        if fields & 32 != 0 {
            self.tags.clone_from(&from.tags);
            self.votes.clone_from(&from.votes);
            self.note.clone_from(&from.note);
        }
    }

    fn rekey(&mut self, of: &Self) {
        self.project.clone_from(&of.project);
        self.number = of.number;
    }

    fn move_key(&mut self) {
        self.number += 100;
    }

    fn stamp(&mut self, now: Timestamp, create: bool) {
        self.version = if create { 1.into() } else { self.version.next().expect("few writes") };
        if create || self.created_at == Timestamp::default() {
            self.created_at = now;
        }
        self.updated_at = now;
    }

    fn version(&self) -> Option<u64> {
        Some(self.version.get())
    }

    fn update_version(update: Update<Self>, version: u64) -> Update<Self> {
        update.version(version)
    }

    fn delete_version(delete: Delete<Self>, version: u64) -> Delete<Self> {
        delete.version(version)
    }

    async fn update_returning(update: Update<Self>, new: bool, db: &Db<Work>) -> Result<Self, Error> {
        if new { update.returning_new().send(db).await } else { update.returning_old().send(db).await }
    }

    async fn delete_returning(delete: Delete<Self>, db: &Db<Work>) -> Result<Option<Self>, Error> {
        delete.returning_old().send(db).await
    }
}
