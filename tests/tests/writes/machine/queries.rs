//! Every access pattern gives what a filter over the model's items gives, in order.

use std::fmt::Debug;

use dynamo_model::{Db, QueryRequest, op::WholeSource};
use proptest::{prelude::*, sample::select};

use super::{modelled::Modelled, state::State};
use crate::world::{Session, Status, Task, User, Work, at};

/// The values that queries are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    project: &'static str,
    digit: u8,
    status: Status,
    low: i64,
    high: i64,
    points: u32,
    user: u32,
}

pub(crate) fn ask() -> impl Strategy<Value = Ask> {
    let status = select(&[Status::Open, Status::Doing, Status::Done][..]);
    (select(&["p", "q"][..]), 0..4_u8, status, 0..4_i64, 0..4_i64, 0..5_u32, 1..3_u32).prop_map(
        |(project, digit, status, low, high, points, user)| Ask { project, digit, status, low, high, points, user },
    )
}

impl Ask {
    /// What is asked at the end of a sequence: a bit of everything.
    pub(crate) async fn run_last(db: &Db<Work>, state: &State) {
        for (digit, project, status) in [(0, "p", Status::Open), (1, "q", Status::Doing)] {
            let ask = Self { project, digit, status, low: 1, high: 3, points: 2, user: u32::from(digit) + 1 };
            Box::pin(ask.run(db, state)).await;
        }
    }

    pub(crate) async fn run(&self, db: &Db<Work>, state: &State) {
        let Self { project, digit, status, low, high, points, user } = *self;
        let of_project = |task: &Task| task.project == project;
        let rank = |task: &Task| task.rank;

        let assignee = format!("a{digit}");
        let is_assigned = |task: &Task| task.assignee.as_ref() == Some(&assignee);
        Box::pin(same(Task::by_assignee(&assignee), db, state, is_assigned, |task| task.number)).await;

        let by_due = |task: &Task| (name(task.status), task.due, task.number);
        Box::pin(same(Task::by_status(project), db, state, of_project, by_due)).await;
        let in_status = |task: &Task| of_project(task) && task.status == status;
        Box::pin(same(Task::by_status(project).status(status), db, state, in_status, by_due)).await;
        let (low, high) = (at(low), at(high));
        let is_due = |task: &Task| in_status(task) && low <= task.due && task.due < high;
        Box::pin(same(Task::by_status(project).status(status).due(low..high), db, state, is_due, by_due)).await;
        let is_due = |task: &Task| in_status(task) && task.due == low;
        Box::pin(same(Task::by_status(project).status(status).due(low), db, state, is_due, by_due)).await;

        Box::pin(same(Task::by_rank(project), db, state, |task| of_project(task) && task.rank.is_some(), rank)).await;
        let least = u16::from(digit);
        let is_ranked = |task: &Task| of_project(task) && task.rank.is_some_and(|rank| rank >= least);
        Box::pin(same(Task::by_rank(project).rank(least..).consistent(), db, state, is_ranked, rank)).await;

        let number = |task: &Task| task.number;
        Box::pin(same(Task::in_project(project), db, state, of_project, number)).await;
        let filter = |task: &Task| of_project(task) && (task.points >= points || task.note.is_none());
        let filtered = Task::in_project(project).filter(|t| t.points().ge(points).or(t.note().is_none()));
        Box::pin(same(filtered.clone(), db, state, filter, number)).await;
        let many = state.all::<Task>().filter(|task| filter(task)).count();
        assert_eq!(filtered.count(db).await.expect("counted"), many as u64);

        let email = format!("e{digit}");
        Box::pin(same(User::by_email(&email), db, state, |user| user.email == email, |user| user.id)).await;
        let device = format!("d{digit}");
        let is_of = |session: &Session| session.device.as_ref() == Some(&device);
        Box::pin(same(Session::by_device(&device), db, state, is_of, |session| session.session)).await;
        Box::pin(same(Session::of_user(&user), db, state, |session| session.user == user, |session| session.session))
            .await;
    }
}

/// The order of a key is its text's.
fn name(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Doing => "doing",
        Status::Done => "done",
    }
}

/// The same items in the same order; those with one sort key may come in any.
async fn same<E: Modelled, K: Ord + Debug>(
    query: impl QueryRequest<Entity = E, Source: WholeSource> + Clone,
    db: &Db<Work>,
    state: &State,
    filter: impl Fn(&E) -> bool,
    key: impl Fn(&E) -> K,
) {
    let what = query.clone().explain_in(&db.context()).to_string();
    let found = query.all(db).await.unwrap_or_else(|error| panic!("{error}: {what}"));
    let mut expected: Vec<&E> = state.all::<E>().filter(|value| filter(value)).collect();
    expected.sort_by_key(|value| key(value));
    let (keys, right): (Vec<K>, Vec<K>) =
        (found.iter().map(&key).collect(), expected.iter().map(|one| key(one)).collect());
    assert_eq!(keys, right, "{what}\n found {found:?}\n expected {expected:?}");
    for value in expected {
        assert!(found.contains(value), "{what}\n lacks {value:?}\n found {found:?}");
    }
}
