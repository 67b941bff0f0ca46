use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
struct Task {
    project_id: String,
    task_id: String,
    done: bool,
}

fn caller() {
    let _ = Task::scan().filter(|t| t.done().lt(true));
}

fn main() {}
