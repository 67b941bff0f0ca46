use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity, Attribute)]
#[entity(table = Planner, pk = "TASK#{task_id}", sk = "TASK")]
struct Task {
    task_id: String,
}

fn main() {}
