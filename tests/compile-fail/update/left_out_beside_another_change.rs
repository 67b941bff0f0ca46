use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
enum Status {
    Open,
    Done,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_status, pk = "STATUS#{status}", sk = "DUE#{due}#{task_id}"))]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
    status: Status,
    due: Timestamp,
}

fn caller() {
    let _ = Task::update("project", "task").set(|t| (t.title().to("x"), t.status().to(Status::Done)));
}

fn main() {}
