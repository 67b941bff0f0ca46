use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
#[serde(tag = "kind")]
enum Mood {
    Good,
    Bad,
}

fn main() {}
