use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    User(User),
}

mod string_set {
    use std::collections::BTreeSet;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub fn serialize<S: Serializer>(set: &BTreeSet<String>, to: S) -> Result<S::Ok, S::Error> {
        set.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<String>, D::Error> {
        BTreeSet::deserialize(from)
    }
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
struct User {
    user_id: String,
    #[serde(with = "string_set")]
    tags: std::collections::BTreeSet<String>,
}

fn main() {}
