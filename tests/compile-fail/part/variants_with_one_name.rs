use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
enum Status {
    Open,
    #[serde(rename = "Open")]
    Opened,
}

fn main() {}
