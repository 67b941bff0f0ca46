use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", ttl = "expires", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", projection = "keys_only"))]
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
    #[entity(ttl)]
    expires: EpochSeconds,
}

fn main() {}
