use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
#[serde(untagged)]
enum Contact {
    Mail(String),
    Number(u32),
}

fn main() {}
