use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
struct Point(f64, f64);

fn main() {}
