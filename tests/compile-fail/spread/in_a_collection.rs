use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Organization(Organization),
    Activity(Activity),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}", sk = "METADATA")]
struct Organization {
    org: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "ORG#{org}#{id:shard(4)}", sk = "AT#{at}#{id}", name = by_org)]
struct Activity {
    org: String,
    id: String,
    at: Timestamp,
}

#[derive(Collection)]
struct View {
    organization: Organization,
    activities: Vec<Activity>,
}

fn main() {
    let _ = View::get("acme");
}
