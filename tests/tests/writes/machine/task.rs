//! Tasks: versioned and stamped; indexes of one field and of several; numbers, sets, lists and maps.

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

use super::{
    modelled::{Given, Modelled, given, text},
    state::{Rows, State},
};
use crate::world::{Status, Task, TaskFields, Work, at, task};

type Texts = BTreeSet<String>;
type Numbers = BTreeSet<u32>;

#[derive(Debug, Clone)]
pub(crate) enum Change {
    Title(String),
    TitleIfAbsent(String),
    Assignee(Option<String>),
    RemoveAssignee,
    ByStatus(Status, i64),
    Status(Status, Given<Timestamp>),
    Due(i64, Given<Status>),
    DueWithStatus(i64, Status),
    StatusOf(Status, Given<Status>, Given<Timestamp>),
    Rank(Option<u16>),
    RemoveRank,
    Points(u32),
    AddPoints(u32),
    SubtractPoints(u32),
    AddBalance(i64),
    SubtractBalance(i64),
    BalanceIfAbsent(i64),
    Tags(Texts),
    AddTags(Texts),
    DeleteTags(Texts),
    AddVotes(Numbers),
    DeleteVotes(Numbers),
    Log(Vec<String>),
    Append(Vec<String>),
    Prepend(Vec<String>),
    LogAt(usize, String),
    RemoveLogAt(usize),
    Limits(BTreeMap<String, i64>),
    Limit(String, i64),
    AddLimit(String, i64),
    SubtractLimit(String, i64),
    LimitIfAbsent(String, i64),
    RemoveLimit(String),
    Note(Option<String>),
    NoteIfAbsent(String),
    RemoveNote,
}

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

fn tags() -> impl Strategy<Value = Texts> {
    btree_set(text('g', 3), 0..3)
}

fn votes() -> impl Strategy<Value = Numbers> {
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

/// Changes what is stored under a key of a map.
fn limit(after: &mut Task, key: &str, change: impl FnOnce(i64) -> Option<i64>) -> bool {
    match change(after.limits.get(key).copied().unwrap_or_default()) {
        Some(changed) => {
            after.limits.insert(key.to_owned(), changed);
            true
        }
        None => false,
    }
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
        let keyed = prop_oneof![
            assignee().prop_map(Change::Assignee),
            Just(Change::RemoveAssignee),
            (status(), 0..4_i64).prop_map(|(status, due)| Change::ByStatus(status, due)),
            (status(), given(due())).prop_map(|(status, due)| Change::Status(status, due)),
            (0..4_i64, given(status())).prop_map(|(due, status)| Change::Due(due, status)),
            (0..4_i64, status()).prop_map(|(due, status)| Change::DueWithStatus(due, status)),
            (status(), given(status()), given(due())).prop_map(|(to, status, due)| Change::StatusOf(to, status, due)),
            rank().prop_map(Change::Rank),
            Just(Change::RemoveRank),
        ];
        let numbers = prop_oneof![
            (0..5_u32).prop_map(Change::Points),
            (0..3_u32).prop_map(Change::AddPoints),
            (0..3_u32).prop_map(Change::SubtractPoints),
            (-2..3_i64).prop_map(Change::AddBalance),
            (-2..3_i64).prop_map(Change::SubtractBalance),
            (-2..3_i64).prop_map(Change::BalanceIfAbsent),
        ];
        let sets = prop_oneof![
            tags().prop_map(Change::Tags),
            tags().prop_map(Change::AddTags),
            tags().prop_map(Change::DeleteTags),
            votes().prop_map(Change::AddVotes),
            votes().prop_map(Change::DeleteVotes),
        ];
        let lists = prop_oneof![
            log().prop_map(Change::Log),
            log().prop_map(Change::Append),
            log().prop_map(Change::Prepend),
            (0..3_usize, text('l', 3)).prop_map(|(at, text)| Change::LogAt(at, text)),
            (0..3_usize).prop_map(Change::RemoveLogAt),
        ];
        let key = || text('x', 2);
        let maps = prop_oneof![
            limits().prop_map(Change::Limits),
            (key(), -2..3_i64).prop_map(|(key, limit)| Change::Limit(key, limit)),
            (key(), -2..3_i64).prop_map(|(key, limit)| Change::AddLimit(key, limit)),
            (key(), -2..3_i64).prop_map(|(key, limit)| Change::SubtractLimit(key, limit)),
            (key(), -2..3_i64).prop_map(|(key, limit)| Change::LimitIfAbsent(key, limit)),
            key().prop_map(Change::RemoveLimit),
        ];
        let texts = prop_oneof![
            text('t', 2).prop_map(Change::Title),
            text('t', 2).prop_map(Change::TitleIfAbsent),
            option::of(text('n', 2)).prop_map(Change::Note),
            text('n', 2).prop_map(Change::NoteIfAbsent),
            Just(Change::RemoveNote),
        ];
        prop_oneof![4 => keyed, 2 => numbers, 2 => sets, 2 => lists, 2 => maps, 2 => texts].boxed()
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
        let given_due = |due: &Given<Timestamp>| due.value(stored.map(|task| task.due));
        let given_status = |status: &Given<Status>| status.value(stored.map(|task| task.status));
        match change {
            Change::Title(title) => update.set_if(true, |t| t.title().to(title)).set_if(false, |t| t.points().add(1)),
            Change::TitleIfAbsent(title) => update.set(|t| t.title().to_if_absent(title)),
            Change::Assignee(assignee) => update.set(|t| t.assignee().to(assignee)),
            Change::RemoveAssignee => update.set(|t| t.assignee().remove()),
            Change::ByStatus(status, due) => update.set(|t| t.by_status().to(status, at(*due))),
            Change::Status(status, due) => update.set(|t| t.status().to(status).given_due(given_due(due))),
            Change::Due(due, status) => update.set(|t| t.due().to(at(*due)).given_status(given_status(status))),
            Change::DueWithStatus(due, status) => update.set(|t| t.due().to(at(*due)).with_status(status)),
            Change::StatusOf(to, status, due) => {
                update.set(|t| t.status().to(to).given_status(given_status(status)).given_due(given_due(due)))
            }
            Change::Rank(rank) => update.set(|t| t.rank().to(rank)),
            Change::RemoveRank => update.set(|t| t.rank().remove()),
            Change::Points(points) => update.set(|t| t.points().to(points)),
            Change::AddPoints(points) => update.set(|t| t.points().add(points)),
            Change::SubtractPoints(points) => update.set(|t| t.points().subtract(points)),
            Change::AddBalance(number) => update.set(|t| t.balance().add(number)),
            Change::SubtractBalance(number) => update.set(|t| t.balance().subtract(number)),
            Change::BalanceIfAbsent(number) => update.set(|t| t.balance().to_if_absent(number)),
            Change::Tags(tags) => update.set(|t| t.tags().to(tags)),
            Change::AddTags(tags) => update.set(|t| t.tags().add(tags)),
            Change::DeleteTags(tags) => update.set(|t| t.tags().delete(tags)),
            Change::AddVotes(votes) => update.set(|t| t.votes().add(votes)),
            Change::DeleteVotes(votes) => update.set(|t| t.votes().delete(votes)),
            Change::Log(log) => update.set(|t| t.log().to(log)),
            Change::Append(log) => update.set(|t| t.log().append(log)),
            Change::Prepend(log) => update.set(|t| t.log().prepend(log)),
            Change::LogAt(at, text) => update.set(|t| t.log().at(*at).to(text)),
            Change::RemoveLogAt(at) => update.set(|t| t.log().at(*at).remove()),
            Change::Limits(limits) => update.set(|t| t.limits().to(limits)),
            Change::Limit(key, limit) => update.set(|t| t.limits().key(key).to(limit)),
            Change::AddLimit(key, limit) => update.set(|t| t.limits().key(key).add(limit)),
            Change::SubtractLimit(key, limit) => update.set(|t| t.limits().key(key).subtract(limit)),
            Change::LimitIfAbsent(key, limit) => update.set(|t| t.limits().key(key).to_if_absent(limit)),
            Change::RemoveLimit(key) => update.set(|t| t.limits().key(key).remove()),
            Change::Note(Some(note)) => update.set_opt(Some(note), |t, note| t.note().to(note)),
            Change::Note(None) => update.set(|t| t.note().to(None)),
            Change::NoteIfAbsent(note) => update.set(|t| t.note().to_if_absent(note)),
            Change::RemoveNote => update.set(|t| t.note().remove()),
        }
    }

    #[allow(clippy::too_many_lines, reason = "a line or two for every action")]
    fn apply(change: &Change, stored: &Self, after: &mut Self) -> bool {
        match change {
            Change::Title(title) => after.title.clone_from(title),
            Change::TitleIfAbsent(_) | Change::BalanceIfAbsent(_) => {}
            Change::Assignee(assignee) => after.assignee.clone_from(assignee),
            Change::RemoveAssignee => after.assignee = None,
            Change::ByStatus(status, due) | Change::DueWithStatus(due, status) => {
                (after.status, after.due) = (*status, at(*due));
            }
            Change::Status(status, due) => {
                after.status = *status;
                return due.value(Some(stored.due)) == stored.due;
            }
            Change::Due(due, status) => {
                after.due = at(*due);
                return status.value(Some(stored.status)) == stored.status;
            }
            Change::StatusOf(to, status, due) => {
                after.status = *to;
                return status.value(Some(stored.status)) == stored.status && due.value(Some(stored.due)) == stored.due;
            }
            Change::Rank(rank) => after.rank = *rank,
            Change::RemoveRank => after.rank = None,
            Change::Points(points) => after.points = *points,
            Change::AddPoints(points) => after.points = stored.points + points,
            Change::SubtractPoints(points) => match stored.points.checked_sub(*points) {
                Some(points) => after.points = points,
                None => return false,
            },
            Change::AddBalance(number) => after.balance = stored.balance + number,
            Change::SubtractBalance(number) => after.balance = stored.balance - number,
            Change::Tags(tags) => after.tags.clone_from(tags),
            Change::AddTags(tags) => after.tags.extend(tags.iter().cloned()),
            Change::DeleteTags(tags) => after.tags.retain(|tag| !tags.contains(tag)),
            Change::AddVotes(votes) => after.votes.extend(votes),
            Change::DeleteVotes(votes) => after.votes.retain(|vote| !votes.contains(vote)),
            Change::Log(log) => after.log.clone_from(log),
            Change::Append(log) => after.log.extend(log.iter().cloned()),
            Change::Prepend(log) => after.log = log.iter().chain(&stored.log).cloned().collect(),
            // What lies behind the end is put at the end.
            Change::LogAt(at, text) => match after.log.get_mut(*at) {
                Some(place) => place.clone_from(text),
                None => after.log.push(text.clone()),
            },
            Change::RemoveLogAt(at) => {
                if *at < after.log.len() {
                    after.log.remove(*at);
                }
            }
            Change::Limits(limits) => after.limits.clone_from(limits),
            Change::Limit(key, number) => return limit(after, key, |_| Some(*number)),
            Change::AddLimit(key, number) => return limit(after, key, |limit| limit.checked_add(*number)),
            Change::SubtractLimit(key, number) => return limit(after, key, |limit| limit.checked_sub(*number)),
            Change::LimitIfAbsent(key, number) => {
                after.limits.entry(key.clone()).or_insert(*number);
            }
            Change::RemoveLimit(key) => {
                after.limits.remove(key);
            }
            Change::Note(note) => after.note.clone_from(note),
            Change::NoteIfAbsent(note) => {
                after.note.get_or_insert_with(|| note.clone());
            }
            Change::RemoveNote => after.note = None,
        }
        true
    }

    fn path(change: &Change) -> Vec<String> {
        let (field, inside) = match change {
            Change::Title(_) | Change::TitleIfAbsent(_) => ("title", None),
            Change::Assignee(_) | Change::RemoveAssignee => ("assignee", None),
            Change::ByStatus(..)
            | Change::Status(..)
            | Change::Due(..)
            | Change::DueWithStatus(..)
            | Change::StatusOf(..) => ("status and due", None),
            Change::Rank(_) | Change::RemoveRank => ("rank", None),
            Change::Points(_) | Change::AddPoints(_) | Change::SubtractPoints(_) => ("points", None),
            Change::AddBalance(_) | Change::SubtractBalance(_) | Change::BalanceIfAbsent(_) => ("balance", None),
            Change::Tags(_) | Change::AddTags(_) | Change::DeleteTags(_) => ("tags", None),
            Change::AddVotes(_) | Change::DeleteVotes(_) => ("votes", None),
            Change::Log(_) | Change::Append(_) | Change::Prepend(_) => ("log", None),
            Change::LogAt(at, _) | Change::RemoveLogAt(at) => ("log", Some(at.to_string())),
            Change::Limits(_) => ("limits", None),
            Change::Limit(key, _)
            | Change::AddLimit(key, _)
            | Change::SubtractLimit(key, _)
            | Change::LimitIfAbsent(key, _)
            | Change::RemoveLimit(key) => ("limits", Some(key.clone())),
            Change::Note(_) | Change::NoteIfAbsent(_) | Change::RemoveNote => ("note", None),
        };
        std::iter::once(field.to_owned()).chain(inside).collect()
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
