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
#[entity(index(GSI1, name = by_status, native(pk = (org, status), sk = (due, number))))]
struct Task {
    id: u64,
    org: String,
    status: Status,
    #[serde(with = "seconds")]
    due: Timestamp,
    number: u32,
}

mod seconds {
    use dynamo_model::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(_: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        Timestamp::deserialize(deserializer)
    }
}

fn main() {}
