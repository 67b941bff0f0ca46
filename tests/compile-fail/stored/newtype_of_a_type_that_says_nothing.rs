use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize)]
struct Inner(u32);

#[derive(Serialize, Deserialize, Attribute)]
struct Outer(Inner);

fn main() {}
