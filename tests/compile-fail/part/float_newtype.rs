use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyPart)]
struct Points(f64);

fn main() {}
