use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct Place {
    row: u32,
    column: u32,
}

fn main() {}
