use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", lsi(LSI1, sk = "LSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}")]
#[entity(index(LSI1, name = by_title, pk = "TITLE#{title}", sk = "TASK#{task_id}"))]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
}

fn main() {}
