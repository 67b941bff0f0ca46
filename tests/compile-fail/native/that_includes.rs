use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, native(pk = "org", sk = "due"), include("title")))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_org, native(pk = org, sk = due)))]
struct Task {
    project: String,
    number: u32,
    org: String,
    due: u64,
    title: String,
}

fn main() {}
