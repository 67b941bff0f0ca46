use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16", "a17", "a18", "a19")))]
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

fn main() {}
