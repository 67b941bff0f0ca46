use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, native(pk = ("org", "status"), sk = ("due", "number"))))]
enum Planner {
    Task(Task),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
enum Status {
    Open,
    Done,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "TASK#{id}", sk = "TASK")]
#[entity(index(GSI1, name = by_status, native(sk = (due, number))))]
struct Task {
    id: u64,
    org: String,
    status: Status,
    due: Timestamp,
    number: u32,
}

fn main() {}
