use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", ttl = "expires", gsi(GSI1, native(pk = "org", sk = "expires")))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
struct Task {
    project: String,
    number: u32,
    org: String,
    #[entity(ttl)]
    expires: EpochSeconds,
}

fn main() {}
