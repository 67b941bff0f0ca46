//! Every access pattern of the design, run on a table.

use std::ops::Range;

use dynamo_model::{
    Error, TimestampError,
    collection::{CollectionGet, Whole},
    db::{Capacity, Meter},
    explain::Explanation,
    op::{Get, WholeSource},
    prelude::*,
};

use crate::{
    Activity, Codexflow, Comment, Membership, Organization, OrganizationId, OrganizationView, Project, ProjectId,
    ProjectView, Session, Status, Task, TaskId, User, UserId,
};

/// The pattern whose answer leaves out what has expired.
pub(crate) const SESSIONS: &str = "List user's sessions";

/// Whom and what the access patterns ask about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// A user's id.
    pub user: UserId,
    /// A user's address.
    pub email: String,
    /// A project's id.
    pub project: ProjectId,
    /// The id of a task in that project.
    pub task: TaskId,
    /// An organization's id.
    pub organization: OrganizationId,
    /// When tasks are due.
    pub sprint: Range<Timestamp>,
}

impl Subject {
    /// The design document's own user, project and task, one of that user's organizations, and a sprint of two weeks.
    ///
    /// # Errors
    ///
    /// The sprint's dates cannot be read.
    pub fn of_the_document() -> Result<Self, TimestampError> {
        Ok(Self {
            user: "123".into(),
            email: "user@example.com".to_owned(),
            project: "456".into(),
            task: "789".into(),
            organization: "brightwater".into(),
            sprint: "2025-11-10T00:00:00Z".parse()?.."2025-11-24T00:00:00Z".parse()?,
        })
    }
}

/// One access pattern, and what it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The pattern's name, as the design document has it.
    pub name: &'static str,
    /// The Rust that asked.
    pub code: &'static str,
    /// What was asked of DynamoDB.
    pub request: Explanation,
    /// What it cost.
    pub cost: Capacity,
    /// What came back, in order.
    pub items: Vec<Codexflow>,
}

/// A request with its name and its source text, which therefore cannot differ from what is run.
macro_rules! pattern {
    ($ask:ident, $db:expr, $name:expr, $request:expr) => {
        $ask($db, $name, stringify!($request), $request).await?
    };
}

/// Runs every access pattern: those of the design document first, in its order.
///
/// # Errors
///
/// A key that cannot be built from the subject; the failures of the SDK and the service.
pub async fn access_patterns(db: &Db<Codexflow>, subject: &Subject) -> Result<Vec<Answer>, Error> {
    let Subject { user, email, project, task, organization, sprint } = subject.clone();
    Ok(vec![
        pattern!(one, db, "Get user by ID", User::get(&user)),
        pattern!(many, db, "Get user by email", User::by_email(&email)),
        pattern!(one, db, "Get project by ID", Project::get(&project)),
        pattern!(many, db, "List user's projects", Project::by_owner(&user)),
        pattern!(one, db, "Get task by ID", Task::get(&project, &task)),
        pattern!(many, db, "List user's tasks", Task::by_assignee(&user)),
        pattern!(many, db, "Get project tasks", Task::in_project(&project)),
        pattern!(many, db, SESSIONS, Session::by_user(&user)),
        pattern!(one, db, "Get organization by ID", Organization::get(&organization)),
        pattern!(many, db, "List organization's members", Membership::in_organization(&organization)),
        pattern!(many, db, "List user's organizations", Membership::by_user(&user)),
        pattern!(many, db, "List organization's projects", Project::in_organization(&organization)),
        pattern!(
            many,
            db,
            "List project's open tasks due in a sprint",
            Task::by_status(&project).status(Status::Open).due(sprint)
        ),
        pattern!(many, db, "List task's comments", Comment::in_project(&project).task_id(&task)),
        pattern!(many, db, "List user's latest comments", Comment::by_author(&user).descending().limit(5)),
        pattern!(whole, db, "Get project with its tasks", ProjectView::get(&project)),
        pattern!(whole, db, "Get organization with its members", OrganizationView::get(&organization)),
        pattern!(
            spread,
            db,
            "Show organization's dashboard: its latest activity",
            Activity::in_organization(&organization).descending().limit(10)
        ),
    ])
}

async fn one<E>(db: &Db<Codexflow>, name: &'static str, code: &'static str, get: Get<E>) -> Result<Answer, Error>
where
    E: Entity<Table = Codexflow> + Clone,
    Codexflow: From<E>,
{
    let request = get.clone().explain_in(&db.context());
    let (found, cost) = get.send_metered(db).await?;
    Ok(Answer { name, code, request, cost, items: found.into_iter().map(Codexflow::from).collect() })
}

async fn whole<C>(
    db: &Db<Codexflow>,
    name: &'static str,
    code: &'static str,
    get: CollectionGet<C>,
) -> Result<Answer, Error>
where
    C: Whole<Table = Codexflow> + Listed,
{
    let request = get.clone().explain_in(&db.context());
    let meter = Meter::default();
    let view = get.send(&db.clone().with_meter(&meter)).await?;
    Ok(Answer { name, code, request, cost: meter.capacity(), items: view.map(C::list).unwrap_or_default() })
}

/// A view as the list of its items.
trait Listed {
    fn list(self) -> Vec<Codexflow>;
}

impl Listed for ProjectView {
    fn list(self) -> Vec<Codexflow> {
        let tasks = self.tasks.into_iter().map(Codexflow::from);
        std::iter::once(self.project.into()).chain(tasks).collect()
    }
}

impl Listed for OrganizationView {
    fn list(self) -> Vec<Codexflow> {
        let members = self.members.into_iter().map(Codexflow::from);
        std::iter::once(self.organization.into()).chain(members).collect()
    }
}

async fn spread<Q>(db: &Db<Codexflow>, name: &'static str, code: &'static str, query: Q) -> Result<Answer, Error>
where
    Q: SpreadRequest<Entity: Entity<Table = Codexflow>> + Clone,
    Codexflow: From<Q::Entity>,
{
    let request = query.clone().explain_in(&db.context());
    let meter = Meter::default();
    let items = query.all(&db.clone().with_meter(&meter)).await?.into_iter().map(Codexflow::from).collect();
    Ok(Answer { name, code, request, cost: meter.capacity(), items })
}

async fn many<Q>(db: &Db<Codexflow>, name: &'static str, code: &'static str, query: Q) -> Result<Answer, Error>
where
    Q: QueryRequest<Entity: Entity<Table = Codexflow>, Source: WholeSource> + Clone,
    Codexflow: From<Q::Entity>,
{
    let request = query.clone().explain_in(&db.context());
    let meter = Meter::default();
    let items = query.all(&db.clone().with_meter(&meter)).await?.into_iter().map(Codexflow::from).collect();
    Ok(Answer { name, code, request, cost: meter.capacity(), items })
}
