//! The task that is encoded and decoded: ten attributes, two indexes.

use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "bench",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK", sk = "GSI2SK")
)]
pub(crate) enum Bench {
    Task(Task),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Bench, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "TASK#{task_id}"))]
#[entity(index(GSI2, name = by_status, pk = "PROJECT#{project_id}", sk = "STATUS#{status}#DUE#{due}#TASK#{task_id}"))]
pub(crate) struct Task {
    pub(crate) project_id: String,
    pub(crate) task_id: String,
    pub(crate) title: String,
    pub(crate) assignee: Option<String>,
    pub(crate) status: Status,
    pub(crate) due: Timestamp,
    pub(crate) points: u32,
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Open,
    Done,
}

pub(crate) fn task() -> Task {
    let due = Timestamp::from_secs(1_762_300_800).unwrap_or_default();
    Task {
        project_id: "01JBX4T4V5R5SAVZ5WQ5S0P2ZK".to_owned(),
        task_id: "01JBX4T4V5R5SAVZ5WQ5S0P2ZM".to_owned(),
        title: "Implement login with single sign-on".to_owned(),
        assignee: Some("01JBX4T4V5R5SAVZ5WQ5S0P2ZN".to_owned()),
        status: Status::Open,
        due,
        points: 3,
        version: 7,
        created_at: due,
        updated_at: due,
    }
}
