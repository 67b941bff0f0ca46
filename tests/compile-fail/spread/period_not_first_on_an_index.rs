use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Metric(Metric),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "METRIC#{name}", sk = "{id}", name = by_name)]
#[entity(index(GSI1, name = by_host, pk = "HOST#{at:day}", sk = "ID#{id}"))]
struct Metric {
    name: String,
    at: Timestamp,
    id: String,
}

fn main() {}
