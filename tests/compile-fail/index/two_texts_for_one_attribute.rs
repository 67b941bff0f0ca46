use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(Inverted, pk = "SK", sk = "PK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}")]
#[entity(index(Inverted, name = in_projects, pk = "{task_id}", sk = "PROJECT#{project_id}"))]
struct Task {
    project_id: String,
    task_id: String,
}

fn main() {}
