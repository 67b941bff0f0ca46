//! CodexFlow's one table: users, organizations, memberships, projects, tasks, comments, activities and
//! sessions.
//!
//! The model is in [`Codexflow`] and its entities. [`Seeds`] is the example's data, [`access_patterns`] reads it in every
//! way that the design asks for, [`changes`] shows what writes do, [`Engine`] says where the table lies, and [`report`] shows what came back.

mod changes;
mod engine;
mod ids;
mod model;
mod patterns;
pub mod report;
mod seeds;

pub use changes::{Change, changes};
pub use engine::{Engine, EngineError, Running};
pub use ids::{ActivityId, CommentId, OrganizationId, ProjectId, SessionId, TaskId, UserId};
pub use model::{
    Activity, Codexflow, Comment, Membership, Organization, OrganizationView, Project, ProjectView, Role, Session,
    Status, Task, User,
};
pub use model::{
    ActivityInOrganization, ActivityKey, CommentByAuthor, CommentInProject, CommentKey, MembershipByUser,
    MembershipInOrganization, MembershipKey, OrganizationKey, ProjectByOwner, ProjectInOrganization, ProjectKey,
    SessionByUser, SessionKey, TaskByAssignee, TaskByStatus, TaskInProject, TaskKey, UserKey,
};
pub use patterns::{Answer, Subject, access_patterns};
pub use seeds::{Loaded, SeedError, Seeds};
