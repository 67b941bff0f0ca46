//! CodexFlow's one table: users, organizations, memberships, projects, tasks and sessions.

mod ids;
mod model;

pub use ids::{OrganizationId, ProjectId, SessionId, TaskId, UserId};
pub use model::{Codexflow, Membership, Organization, Project, Role, Session, Status, Task, User};
pub use model::{
    MembershipByUser, MembershipInOrganization, MembershipKey, OrganizationKey, ProjectByOwner, ProjectInOrganization,
    ProjectKey, SessionByUser, SessionKey, TaskByAssignee, TaskByStatus, TaskInProject, TaskKey, UserKey,
};
