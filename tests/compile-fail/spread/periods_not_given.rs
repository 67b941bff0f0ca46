use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Metric(Metric),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "METRIC#{name}#{at:day}", sk = "{at}#{id}", name = by_name)]
struct Metric {
    name: String,
    at: Timestamp,
    id: String,
}

fn read(db: &Db<Planner>) {
    drop(Metric::by_name("cpu").all(db));
}

fn main() {}
