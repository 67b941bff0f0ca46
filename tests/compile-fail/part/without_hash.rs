use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, KeyPart)]
struct TaskId(String);

fn main() {}
