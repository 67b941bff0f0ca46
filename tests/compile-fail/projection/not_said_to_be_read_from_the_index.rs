use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("title")))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_status, pk = "PROJECT#{project_id}", sk = "{status}#{number}"))]
#[serde(rename_all = "camelCase")]
struct Task {
    project_id: String,
    number: u32,
    status: String,
    title: String,
    points: u32,
}

#[derive(Projection)]
#[projection(of = Task)]
struct TaskCard {
    title: String,
}

fn caller(db: &Db<Planner>) {
    let _ = Task::by_status("456").select::<TaskCard>().all(db);
}

fn main() {}
