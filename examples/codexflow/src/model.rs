//! The table and its entities.

use dynamo_model::prelude::*;

use crate::ids::{ActivityId, CommentId, OrganizationId, ProjectId, SessionId, TaskId, UserId, user_ref};

/// CodexFlow's one table. The enum is the table: what a scan, a stream record or a seed file holds.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "codexflow-main",
    name_env = "CODEXFLOW_TABLE",
    pk = "PK",
    sk = "SK",
    type_attribute = "entityType",
    ttl = "expiresAt",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK", sk = "GSI2SK"),
    stream = "new_and_old_images",
    point_in_time_recovery,
    deletion_protection
)]
pub enum Codexflow {
    /// A person.
    User(User),
    /// A company or a team.
    Organization(Organization),
    /// A person's place in an organization.
    Membership(Membership),
    /// A project.
    Project(Project),
    /// A unit of work.
    Task(Task),
    /// What somebody says of a task.
    Comment(Comment),
    /// A sign-in.
    Session(Session),
    /// What somebody did.
    Activity(Activity),
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "USER#{user_id}", sk = "PROFILE")]
#[entity(index(GSI1, name = by_email, pk = "EMAIL#{email}", sk = "USER"))]
pub struct User {
    /// The person's id.
    pub user_id: UserId,
    /// The address that the person signs in with.
    pub email: String,
    /// The name that others see.
    pub name: String,
}

/// A company or a team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "ORG#{organization_id}", sk = "METADATA")]
pub struct Organization {
    /// The organization's id.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it pays for.
    pub plan: String,
}

/// A person's place in an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "ORG#{organization_id}", sk = "MEMBER#{user_id}", name = in_organization)]
#[entity(index(GSI1, name = by_user, pk = "MEMBER#{user_id}", sk = "ORG#{organization_id}"))]
pub struct Membership {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The person.
    pub user_id: UserId,
    /// What the person may do.
    pub role: Role,
    /// When the person joined.
    #[entity(created_at)]
    #[serde(default)]
    pub joined_at: Timestamp,
}

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, billing too.
    Owner,
    /// Everything but billing.
    Admin,
    /// Work on projects.
    Member,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "PROJECT#{project_id}", sk = "METADATA")]
#[entity(index(GSI1, name = by_owner, pk = "OWNER#{owner}", sk = "PROJECT#{project_id}"))]
#[entity(index(GSI2, name = in_organization, pk = "ORG#{organization_id}", sk = "PROJECT#{project_id}"))]
pub struct Project {
    /// The project's id.
    pub project_id: ProjectId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    #[serde(with = "user_ref")]
    pub owner: UserId,
    /// The organization that it belongs to; a personal project has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
}

/// A unit of work in a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "TASK#{task_id}"))]
#[entity(index(GSI2, name = by_status, pk = "PROJECT#{project_id}", sk = "STATUS#{status}#DUE#{due}#TASK#{task_id}"))]
pub struct Task {
    /// The project that it belongs to.
    pub project_id: ProjectId,
    /// The task's id.
    pub task_id: TaskId,
    /// What is to be done.
    pub title: String,
    /// Who does it. `None`: the task is absent from GSI1 (a sparse index).
    #[serde(default, with = "user_ref::option", skip_serializing_if = "Option::is_none")]
    pub assignee: Option<UserId>,
    /// How far it is.
    pub status: Status,
    /// When it should be done.
    pub due: Timestamp,
    /// How large it is.
    pub points: u32,
    /// Counts writes; a stale one never wins.
    #[entity(version)]
    #[serde(default)]
    pub version: Version,
    /// When it was written first.
    #[entity(created_at)]
    #[serde(default)]
    pub created_at: Timestamp,
    /// When it was written last.
    #[entity(updated_at)]
    #[serde(default)]
    pub updated_at: Timestamp,
}

/// What somebody says of a task.
///
/// Comments lie in the project's partition, but not among its tasks: a query of the tasks reads none of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "PROJECT#{project_id}", sk = "COMMENT#{task_id}#{at}#{comment_id}", name = in_project)]
#[entity(index(GSI1, name = by_author, pk = "AUTHOR#{author}", sk = "COMMENT#{at}"))]
pub struct Comment {
    /// The project that the task belongs to.
    pub project_id: ProjectId,
    /// The task.
    pub task_id: TaskId,
    /// When it was said.
    pub at: Timestamp,
    /// Tells comments of one instant apart.
    pub comment_id: CommentId,
    /// Who said it.
    #[serde(with = "user_ref")]
    pub author: UserId,
    /// What was said.
    pub text: String,
}

/// A project and its tasks, which share a partition: one query reads both.
#[derive(Debug, Clone, PartialEq, Collection)]
pub struct ProjectView {
    /// The project.
    pub project: Project,
    /// Its tasks, in the order of their ids.
    pub tasks: Vec<Task>,
}

/// An organization and its members, which share a partition too.
#[derive(Debug, Clone, PartialEq, Collection)]
pub struct OrganizationView {
    /// The organization.
    pub organization: Organization,
    /// Its members, in the order of their ids.
    pub members: Vec<Membership>,
}

/// What somebody did in an organization: what its dashboard shows.
///
/// Everything that happens in an organization is written here, more than one partition of DynamoDB takes: eight do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(
    table = Codexflow,
    pk = "ORG#{organization_id}#ACTIVITY#{activity_id:shard(8)}",
    sk = "AT#{at}#{activity_id}",
    name = in_organization
)]
pub struct Activity {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Tells activities of one instant apart.
    pub activity_id: ActivityId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    #[serde(with = "user_ref")]
    pub actor: UserId,
    /// What was done, and to what.
    pub text: String,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody has begun.
    Open,
    /// Somebody works on it.
    Doing,
    /// It is finished.
    Done,
}

/// A sign-in of a user, gone when it expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Codexflow, pk = "USER#{user_id}", sk = "SESSION#{session_id}", name = by_user)]
pub struct Session {
    /// The user who signed in.
    pub user_id: UserId,
    /// The session's id.
    pub session_id: SessionId,
    /// What the user signed in with.
    pub user_agent: String,
    /// When the user signed in.
    #[entity(created_at)]
    #[serde(default)]
    pub created_at: Timestamp,
    /// When the session ends.
    #[entity(ttl)]
    pub expires_at: EpochSeconds,
}
