use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
struct Nothing;

fn main() {}
