use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Activity(Activity),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}#{open:shard(4)}", sk = "AT#{at}#{open}", name = by_org)]
struct Activity {
    org: String,
    open: bool,
    at: Timestamp,
}

fn main() {}
