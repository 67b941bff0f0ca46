use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Activity(Activity),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}", sk = "{id}", name = by_org)]
#[entity(index(GSI1, name = by_actor, pk = "ACTOR#{actor}#{id:shard(4)}", sk = "{at}"))]
struct Activity {
    org: String,
    id: String,
    actor: String,
    at: Timestamp,
}

fn main() {
    let _ = Activity::by_actor("ada").consistent();
}
