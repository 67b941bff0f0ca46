use dynamo_model::prelude::*;

#[derive(Table)]
#[table(
    name = "planner",
    pk = "PK",
    sk = "SK",
    lsi(LSI1, sk = "LSI1SK"),
    lsi(LSI2, sk = "LSI2SK"),
    lsi(LSI3, sk = "LSI3SK"),
    lsi(LSI4, sk = "LSI4SK"),
    lsi(LSI5, sk = "LSI5SK"),
    lsi(LSI6, sk = "LSI6SK")
)]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}")]
struct Task {
    project_id: String,
    task_id: String,
}

fn main() {}
