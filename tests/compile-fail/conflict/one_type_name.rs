use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
    Subtask(Subtask),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}")]
struct Task {
    project_id: String,
    task_id: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "SUBTASK#{id}", sk = "SUBTASK", type_name = "Task")]
struct Subtask {
    id: String,
}

fn main() {}
