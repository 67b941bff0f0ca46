use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct ProjectId(String);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct TaskId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
enum Status {
    Open,
    Done,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_status, pk = "PROJECT#{project_id}", sk = "STATUS#{status}#DUE#{due}#URGENT#{urgent}"))]
struct Task {
    project_id: ProjectId,
    task_id: TaskId,
    status: Status,
    urgent: bool,
    due: Timestamp,
}

#[derive(Table)]
#[table(name = "archive", pk = "PK", sk = "SK")]
enum Archive {
    Note(Note),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Archive, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

async fn caller(db: Db<Archive>, project: ProjectId, task: TaskId) {
    let _ = Task::get(&project, &task).send(&db).await;
}

fn main() {}
