use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{id}", sk = "TASK")]
struct Task {
    id: String,
}

fn main() {}
