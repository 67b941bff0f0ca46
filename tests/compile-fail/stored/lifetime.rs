use dynamo_model::prelude::*;

#[derive(Serialize, Attribute)]
struct Name<'a> {
    first: &'a str,
}

fn main() {}
