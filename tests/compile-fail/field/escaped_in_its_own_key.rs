use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "id")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "{id}")]
struct Task {
    id: String,
}

fn main() {}
