use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
#[attribute(name = "x")]
struct Name(String);

fn main() {}
