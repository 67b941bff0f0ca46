use dynamo_model::prelude::*;

#[derive(Serialize, Deserialize, Attribute)]
struct Name(#[serde(with = "upper")] String);

mod upper {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&text.to_uppercase())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        Ok(String::deserialize(from)?.to_lowercase())
    }
}

fn main() {}
