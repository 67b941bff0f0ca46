use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{task_id}", sk = "METADATA", name = by_id)]
struct Task {
    task_id: String,
}

fn main() {}
