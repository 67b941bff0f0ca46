use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Activity(Activity),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}", sk = "AT#{at}", name = by_org)]
#[entity(index(GSI1, name = by_id, pk = "ID#{id:shard(4)}", sk = "{at}"))]
struct Activity {
    org: String,
    id: f64,
    at: Timestamp,
}

fn main() {}
