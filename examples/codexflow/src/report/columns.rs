//! Which attributes of an item its table shows.

use dynamo_model::prelude::*;

use super::grid::Column;
use crate::{Codexflow, Role, Status, UserId};

/// The columns of an entity.
pub(super) fn columns(item: &Codexflow) -> &'static [Column] {
    const fn text(name: &'static str) -> Column {
        Column::text(name)
    }
    match item {
        Codexflow::User(_) => const { &[text("userId"), text("name"), text("email")] },
        Codexflow::Organization(_) => const { &[text("organizationId"), text("name"), text("plan")] },
        Codexflow::Membership(_) => const { &[text("organizationId"), text("userId"), text("role"), text("joinedAt")] },
        Codexflow::Project(_) => const { &[text("projectId"), text("name"), text("owner"), text("organizationId")] },
        Codexflow::Task(_) => {
            const {
                &[
                    text("projectId"),
                    text("taskId"),
                    text("title"),
                    text("status"),
                    text("due"),
                    text("assignee"),
                    Column::number("points"),
                ]
            }
        }
        Codexflow::Comment(_) => const { &[text("taskId"), text("at"), text("author"), text("text")] },
        Codexflow::Activity(_) => const { &[text("at"), text("actor"), text("text")] },
        Codexflow::Session(_) => {
            const { &[text("userId"), text("sessionId"), text("userAgent"), text("createdAt"), text("expiresAt")] }
        }
    }
}

/// The cells of an item, one a column of its entity.
pub(super) fn cells(item: &Codexflow) -> Vec<String> {
    match item {
        Codexflow::User(user) => vec![user.user_id.to_string(), user.name.clone(), user.email.clone()],
        Codexflow::Organization(organization) => {
            vec![organization.organization_id.to_string(), organization.name.clone(), organization.plan.clone()]
        }
        Codexflow::Membership(membership) => vec![
            membership.organization_id.to_string(),
            membership.user_id.to_string(),
            role(membership.role).to_owned(),
            minute(membership.joined_at),
        ],
        Codexflow::Project(project) => vec![
            project.project_id.to_string(),
            project.name.clone(),
            project.owner.to_string(),
            project.organization_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        ],
        Codexflow::Task(task) => vec![
            task.project_id.to_string(),
            task.task_id.to_string(),
            task.title.clone(),
            status(task.status).to_owned(),
            minute(task.due),
            task.assignee.as_ref().map(UserId::to_string).unwrap_or_default(),
            task.points.to_string(),
        ],
        Codexflow::Comment(comment) => {
            vec![comment.task_id.to_string(), minute(comment.at), comment.author.to_string(), comment.text.clone()]
        }
        Codexflow::Activity(activity) => {
            vec![minute(activity.at), activity.actor.to_string(), activity.text.clone()]
        }
        Codexflow::Session(session) => vec![
            session.user_id.to_string(),
            session.session_id.to_string(),
            session.user_agent.clone(),
            minute(session.created_at),
            Timestamp::try_from(session.expires_at).map_or_else(|_| session.expires_at.to_string(), minute),
        ],
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Admin => "admin",
        Role::Member => "member",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Doing => "doing",
        Status::Done => "done",
    }
}

/// The instant without seconds, such as `2025-11-14 17:00`.
fn minute(timestamp: Timestamp) -> String {
    const WITHOUT_SECONDS: usize = "2025-11-14T17:00".len();

    timestamp.to_string().chars().take(WITHOUT_SECONDS).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
