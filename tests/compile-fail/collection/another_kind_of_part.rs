use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Log(Log),
    Entry(Entry),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "LOG#{id}", sk = "METADATA")]
struct Log {
    id: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "LOG#{id}", sk = "ENTRY#{number}")]
struct Entry {
    id: u32,
    number: u32,
}

#[derive(Collection)]
enum InProject {
    Log(Log),
    Entry(Entry),
}

fn main() {}
