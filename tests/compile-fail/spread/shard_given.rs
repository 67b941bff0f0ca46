use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Activity(Activity),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}#{id:shard(4)}", sk = "AT#{at}#{id}", name = by_org)]
struct Activity {
    org: String,
    id: String,
    at: Timestamp,
}

fn main() {
    let _ = Activity::by_org("acme", "7");
}
