use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{id}", sk = "TASK")]
enum Task {
    Open { id: String },
    Done { id: String },
}

fn main() {}
