//! What an update can say of a task: every action on every kind of field.

use std::collections::{BTreeMap, BTreeSet};

use dynamo_model::{Timestamp, op::Update};
use proptest::{option, prelude::*};

use super::{
    super::modelled::{Given, given, text},
    assignee, due, limits, log, rank, status, tags, votes,
};
use crate::world::{Status, Task, at};

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

pub(super) fn changes() -> BoxedStrategy<Change> {
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

impl Change {
    /// Tells an update of it, for a task of which this is stored.
    pub(super) fn set(&self, update: Update<Task>, stored: Option<&Task>) -> Update<Task> {
        let given_due = |due: &Given<Timestamp>| due.value(stored.map(|task| task.due));
        let given_status = |status: &Given<Status>| status.value(stored.map(|task| task.status));
        match self {
            Self::Title(title) => update.set_if(true, |t| t.title().to(title)).set_if(false, |t| t.points().add(1)),
            Self::TitleIfAbsent(title) => update.set(|t| t.title().to_if_absent(title)),
            Self::Assignee(assignee) => update.set(|t| t.assignee().to(assignee)),
            Self::RemoveAssignee => update.set(|t| t.assignee().remove()),
            Self::ByStatus(status, due) => update.set(|t| t.by_status().to(status, at(*due))),
            Self::Status(status, due) => update.set(|t| t.status().to(status).given_due(given_due(due))),
            Self::Due(due, status) => update.set(|t| t.due().to(at(*due)).given_status(given_status(status))),
            Self::DueWithStatus(due, status) => update.set(|t| t.due().to(at(*due)).with_status(status)),
            Self::StatusOf(to, status, due) => {
                update.set(|t| t.status().to(to).given_status(given_status(status)).given_due(given_due(due)))
            }
            Self::Rank(rank) => update.set(|t| t.rank().to(rank)),
            Self::RemoveRank => update.set(|t| t.rank().remove()),
            Self::Points(points) => update.set(|t| t.points().to(points)),
            Self::AddPoints(points) => update.set(|t| t.points().add(points)),
            Self::SubtractPoints(points) => update.set(|t| t.points().subtract(points)),
            Self::AddBalance(number) => update.set(|t| t.balance().add(number)),
            Self::SubtractBalance(number) => update.set(|t| t.balance().subtract(number)),
            Self::BalanceIfAbsent(number) => update.set(|t| t.balance().to_if_absent(number)),
            Self::Tags(tags) => update.set(|t| t.tags().to(tags)),
            Self::AddTags(tags) => update.set(|t| t.tags().add(tags)),
            Self::DeleteTags(tags) => update.set(|t| t.tags().delete(tags)),
            Self::AddVotes(votes) => update.set(|t| t.votes().add(votes)),
            Self::DeleteVotes(votes) => update.set(|t| t.votes().delete(votes)),
            Self::Log(log) => update.set(|t| t.log().to(log)),
            Self::Append(log) => update.set(|t| t.log().append(log)),
            Self::Prepend(log) => update.set(|t| t.log().prepend(log)),
            Self::LogAt(at, text) => update.set(|t| t.log().at(*at).to(text)),
            Self::RemoveLogAt(at) => update.set(|t| t.log().at(*at).remove()),
            Self::Limits(limits) => update.set(|t| t.limits().to(limits)),
            Self::Limit(key, limit) => update.set(|t| t.limits().key(key).to(limit)),
            Self::AddLimit(key, limit) => update.set(|t| t.limits().key(key).add(limit)),
            Self::SubtractLimit(key, limit) => update.set(|t| t.limits().key(key).subtract(limit)),
            Self::LimitIfAbsent(key, limit) => update.set(|t| t.limits().key(key).to_if_absent(limit)),
            Self::RemoveLimit(key) => update.set(|t| t.limits().key(key).remove()),
            Self::Note(Some(note)) => update.set_opt(Some(note), |t, note| t.note().to(note)),
            Self::Note(None) => update.set(|t| t.note().to(None)),
            Self::NoteIfAbsent(note) => update.set(|t| t.note().to_if_absent(note)),
            Self::RemoveNote => update.set(|t| t.note().remove()),
        }
    }

    /// Does the same to a value; `false` if the update has to be refused.
    #[allow(clippy::too_many_lines, reason = "a line or two for every action")]
    pub(super) fn apply(&self, stored: &Task, after: &mut Task) -> bool {
        match self {
            Self::Title(title) => after.title.clone_from(title),
            Self::TitleIfAbsent(_) | Self::BalanceIfAbsent(_) => {}
            Self::Assignee(assignee) => after.assignee.clone_from(assignee),
            Self::RemoveAssignee => after.assignee = None,
            Self::ByStatus(status, due) | Self::DueWithStatus(due, status) => {
                (after.status, after.due) = (*status, at(*due));
            }
            Self::Status(status, due) => {
                after.status = *status;
                return due.value(Some(stored.due)) == stored.due;
            }
            Self::Due(due, status) => {
                after.due = at(*due);
                return status.value(Some(stored.status)) == stored.status;
            }
            Self::StatusOf(to, status, due) => {
                after.status = *to;
                return status.value(Some(stored.status)) == stored.status && due.value(Some(stored.due)) == stored.due;
            }
            Self::Rank(rank) => after.rank = *rank,
            Self::RemoveRank => after.rank = None,
            Self::Points(points) => after.points = *points,
            Self::AddPoints(points) => after.points = stored.points + points,
            Self::SubtractPoints(points) => match stored.points.checked_sub(*points) {
                Some(points) => after.points = points,
                None => return false,
            },
            Self::AddBalance(number) => after.balance = stored.balance + number,
            Self::SubtractBalance(number) => after.balance = stored.balance - number,
            Self::Tags(tags) => after.tags.clone_from(tags),
            Self::AddTags(tags) => after.tags.extend(tags.iter().cloned()),
            Self::DeleteTags(tags) => after.tags.retain(|tag| !tags.contains(tag)),
            Self::AddVotes(votes) => after.votes.extend(votes),
            Self::DeleteVotes(votes) => after.votes.retain(|vote| !votes.contains(vote)),
            Self::Log(log) => after.log.clone_from(log),
            Self::Append(log) => after.log.extend(log.iter().cloned()),
            Self::Prepend(log) => after.log = log.iter().chain(&stored.log).cloned().collect(),
            // What lies behind the end is put at the end.
            Self::LogAt(at, text) => match after.log.get_mut(*at) {
                Some(place) => place.clone_from(text),
                None => after.log.push(text.clone()),
            },
            Self::RemoveLogAt(at) => {
                if *at < after.log.len() {
                    after.log.remove(*at);
                }
            }
            Self::Limits(limits) => after.limits.clone_from(limits),
            Self::Limit(key, number) => return limit(after, key, |_| Some(*number)),
            Self::AddLimit(key, number) => return limit(after, key, |limit| limit.checked_add(*number)),
            Self::SubtractLimit(key, number) => return limit(after, key, |limit| limit.checked_sub(*number)),
            Self::LimitIfAbsent(key, number) => {
                after.limits.entry(key.clone()).or_insert(*number);
            }
            Self::RemoveLimit(key) => {
                after.limits.remove(key);
            }
            Self::Note(note) => after.note.clone_from(note),
            Self::NoteIfAbsent(note) => {
                after.note.get_or_insert_with(|| note.clone());
            }
            Self::RemoveNote => after.note = None,
        }
        true
    }

    pub(super) fn path(&self) -> Vec<String> {
        let (field, inside) = match self {
            Self::Title(_) | Self::TitleIfAbsent(_) => ("title", None),
            Self::Assignee(_) | Self::RemoveAssignee => ("assignee", None),
            Self::ByStatus(..) | Self::Status(..) | Self::Due(..) | Self::DueWithStatus(..) | Self::StatusOf(..) => {
                ("status and due", None)
            }
            Self::Rank(_) | Self::RemoveRank => ("rank", None),
            Self::Points(_) | Self::AddPoints(_) | Self::SubtractPoints(_) => ("points", None),
            Self::AddBalance(_) | Self::SubtractBalance(_) | Self::BalanceIfAbsent(_) => ("balance", None),
            Self::Tags(_) | Self::AddTags(_) | Self::DeleteTags(_) => ("tags", None),
            Self::AddVotes(_) | Self::DeleteVotes(_) => ("votes", None),
            Self::Log(_) | Self::Append(_) | Self::Prepend(_) => ("log", None),
            Self::LogAt(at, _) | Self::RemoveLogAt(at) => ("log", Some(at.to_string())),
            Self::Limits(_) => ("limits", None),
            Self::Limit(key, _)
            | Self::AddLimit(key, _)
            | Self::SubtractLimit(key, _)
            | Self::LimitIfAbsent(key, _)
            | Self::RemoveLimit(key) => ("limits", Some(key.clone())),
            Self::Note(_) | Self::NoteIfAbsent(_) | Self::RemoveNote => ("note", None),
        };
        std::iter::once(field.to_owned()).chain(inside).collect()
    }
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
