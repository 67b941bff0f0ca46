use dynamo_model::prelude::*;

#[derive(Attribute)]
union Number {
    small: u8,
    large: u32,
}

fn main() {}
