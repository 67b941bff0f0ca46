use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", lsi(LSI1, sk = "LSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{task_id}")]
struct Task {
    project_id: String,
    task_id: String,
}

fn main() {}
