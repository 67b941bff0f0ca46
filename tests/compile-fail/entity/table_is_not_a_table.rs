use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{id}", sk = "TASK")]
struct Task {
    id: String,
}

struct Planner;

fn main() {}
