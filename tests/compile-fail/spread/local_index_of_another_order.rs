use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", lsi(LSI1, sk = "LSI1SK"))]
enum Planner {
    Metric(Metric),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "METRIC#{name}#{at:day}", sk = "{at}#{id}", name = by_name)]
#[entity(index(LSI1, name = by_id, sk = "{id}"))]
struct Metric {
    name: String,
    at: Timestamp,
    id: String,
}

fn main() {}
