use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
enum Contact {
    Mail(String),
    None,
}

fn main() {}
