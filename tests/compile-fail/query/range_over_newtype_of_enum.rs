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
#[entity(index(GSI1, name = by_stage, pk = "PROJECT#{project_id}", sk = "STAGE#{stage}"))]
struct Task {
    project_id: ProjectId,
    task_id: TaskId,
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct Stage(Status);

fn caller(project: ProjectId) {
    let _ = Task::by_stage(&project).stage(Stage(Status::Open)..Stage(Status::Done));
}

fn main() {}
