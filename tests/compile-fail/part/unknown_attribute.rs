use dynamo_model::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[key_part(krate = dynamo_model)]
struct TaskId(String);

fn main() {}
