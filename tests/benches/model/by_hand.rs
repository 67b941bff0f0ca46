//! What one would write against the plain SDK.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue::{self, N, S};
use dynamo_model::{Timestamp, value::Item};

use crate::task::{Status, Task};

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Done => "done",
    }
}

pub(crate) fn attributes(task: &Task, room: usize) -> Item {
    let mut item = HashMap::with_capacity(room);
    item.insert("projectId".to_owned(), S(task.project_id.clone()));
    item.insert("taskId".to_owned(), S(task.task_id.clone()));
    item.insert("title".to_owned(), S(task.title.clone()));
    if let Some(assignee) = &task.assignee {
        item.insert("assignee".to_owned(), S(assignee.clone()));
    }
    item.insert("status".to_owned(), S(status(task.status).to_owned()));
    item.insert("due".to_owned(), S(task.due.to_string()));
    item.insert("points".to_owned(), N(task.points.to_string()));
    item.insert("version".to_owned(), N(task.version.to_string()));
    item.insert("createdAt".to_owned(), S(task.created_at.to_string()));
    item.insert("updatedAt".to_owned(), S(task.updated_at.to_string()));
    item
}

pub(crate) fn add_keys(task: &Task, item: &mut Item) {
    item.insert("PK".to_owned(), S(format!("PROJECT#{}", task.project_id)));
    item.insert("SK".to_owned(), S(format!("TASK#{}", task.task_id)));
    if let Some(assignee) = &task.assignee {
        item.insert("GSI1PK".to_owned(), S(format!("ASSIGNEE#{assignee}")));
        item.insert("GSI1SK".to_owned(), S(format!("TASK#{}", task.task_id)));
    }
    item.insert("GSI2PK".to_owned(), S(format!("PROJECT#{}", task.project_id)));
    let sort = format!("STATUS#{}#DUE#{}#TASK#{}", status(task.status), task.due, task.task_id);
    item.insert("GSI2SK".to_owned(), S(sort));
    item.insert("entityType".to_owned(), S("Task".to_owned()));
}

pub(crate) fn decode(mut item: Item) -> Option<Task> {
    let mut take = |name: &str| item.remove(name);
    Some(Task {
        project_id: text(take("projectId")?)?,
        task_id: text(take("taskId")?)?,
        title: text(take("title")?)?,
        assignee: take("assignee").and_then(text),
        status: match text(take("status")?)?.as_str() {
            "open" => Status::Open,
            "done" => Status::Done,
            _ => return None,
        },
        due: time(take("due")?)?,
        points: number(take("points")?)?,
        version: number(take("version")?)?,
        created_at: time(take("createdAt")?)?,
        updated_at: time(take("updatedAt")?)?,
    })
}

fn text(value: AttributeValue) -> Option<String> {
    match value {
        S(text) => Some(text),
        _ => None,
    }
}

fn number<T: std::str::FromStr>(value: AttributeValue) -> Option<T> {
    match value {
        N(number) => number.parse().ok(),
        _ => None,
    }
}

fn time(value: AttributeValue) -> Option<Timestamp> {
    text(value)?.parse().ok()
}
