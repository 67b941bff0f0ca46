use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "P1", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")), gsi(GSI2, pk = "P2", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")), gsi(GSI3, pk = "P3", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")), gsi(GSI4, pk = "P4", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")), gsi(GSI5, pk = "P5", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")), gsi(GSI6, pk = "P6", include("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11", "a12", "a13", "a14", "a15", "a16")))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_status, pk = "PROJECT#{project_id}"))]
#[serde(rename_all = "camelCase")]
struct Task {
    project_id: String,
    number: u32,
    status: String,
    title: String,
    points: u32,
}

fn main() {}
