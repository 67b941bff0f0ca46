use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project}", sk = "TASK#{task_id}")]
struct Task {
    #[serde(rename = "PK")]
    project: String,
    task_id: String,
}

fn main() {}
