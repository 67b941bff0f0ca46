//! What writes do to a task's index keys, from its creation to its end.

use std::time::Duration;

use dynamo_model::{
    Error,
    db::{Capacity, Meter},
    explain::Explanation,
    prelude::*,
};

use crate::{Codexflow, Project, ProjectId, Status, Task, TaskId, UserId};

/// The attributes that the example shows after each write.
const SHOWN: [&str; 3] = ["GSI1PK", "GSI2SK", "version"];

/// One write, and what it left.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is for.
    pub name: &'static str,
    /// The Rust that asked.
    pub code: &'static str,
    /// What was asked of DynamoDB.
    pub request: Explanation,
    /// What it cost.
    pub cost: Capacity,
    /// Attributes of the task afterwards, with their texts; none if it is gone.
    pub left: Vec<(&'static str, String)>,
}

/// A request with its source text, which therefore cannot differ from what is run.
macro_rules! change {
    ($db:expr, $key:expr, $name:expr, $request:expr) => {{
        let request = $request.explain_in(&$db.context());
        let (_, cost) = $request.send_metered($db).await?;
        Change { name: $name, code: stringify!($request), request, cost, left: left($db, $key).await? }
    }};
}

/// Creates a project and a task, changes the task in several ways and removes both: the table is as before.
///
/// # Errors
///
/// The failures of the SDK and the service.
pub async fn changes(db: &Db<Codexflow>) -> Result<Vec<Change>, Error> {
    let (project, task) = (ProjectId::from("scratch"), TaskId::from("1"));
    let (ada, bob) = (UserId::from("ada"), UserId::from("bob"));
    let due = db.context().now + Duration::from_hours(24);
    let home =
        Project { project_id: project.clone(), name: "Scratch".to_owned(), owner: ada.clone(), organization_id: None };
    home.clone().put().send(db).await?;
    // What an earlier run that was stopped may have left.
    Task::delete(&project, &task).send(db).await?;
    let new = Task {
        project_id: project.clone(),
        task_id: task.clone(),
        title: "Try it".to_owned(),
        assignee: Some(ada),
        status: Status::Open,
        due,
        points: 3,
        version: Version::default(),
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    };
    let key = &new.key();
    let mut changes = vec![change!(db, key, "Create a task", new.clone().create())];
    changes.push(change!(
        db,
        key,
        "Give it to somebody else: its index key follows",
        Task::update(&project, &task).set(|t| t.assignee().to(&bob)).when(|t| t.status().ne(Status::Done))
    ));
    changes.push(change!(
        db,
        key,
        "Finish it: the key has `due` too, so the write asks that it still is so",
        Task::update(&project, &task).set(|t| (t.status().to(Status::Done).given_due(due), t.points().add(2)))
    ));
    changes.push(change!(
        db,
        key,
        "Take it from everybody: it leaves the sparse index",
        Task::update(&project, &task).set(|t| t.assignee().to(None))
    ));
    let done = Task::get(&project, &task).consistent().send(db).await?;
    let together = || Codexflow::transaction().and(home.clone().remove()).and_all(done.clone().map(Task::remove));
    let request = together().build(&db.context())?;
    let meter = Meter::default();
    together().send(&db.clone().with_meter(&meter)).await?;
    changes.push(Change {
        name: "Remove the project with its task, if nobody has changed it",
        code: "Codexflow::transaction().and(home.remove()).and(done.remove())",
        request: dynamo_model::op::SdkRequest::explanation(&request),
        cost: meter.capacity(),
        left: left(db, key).await?,
    });
    Ok(changes)
}

/// What the task's item shows.
async fn left(db: &Db<Codexflow>, key: &crate::TaskKey) -> Result<Vec<(&'static str, String)>, Error> {
    let Some(task) = key.get().consistent().send(db).await? else { return Ok(Vec::new()) };
    let item = task.to_item()?;
    let text = |name| {
        let value = item.get(name)?;
        Some((name, value.as_s().or_else(|_| value.as_n()).ok()?.clone()))
    };
    Ok(SHOWN.into_iter().filter_map(text).collect())
}
