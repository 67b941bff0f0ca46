use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}")]
#[entity(index(GSI1, name = fields, pk = "TITLE#{title}", sk = "TASK#{task_id}"))]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
}

fn main() {}
