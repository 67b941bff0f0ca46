use dynamo_model::key::{PartError, PartKind, PartSpec, PeriodKeyPart};
use dynamo_model::{OrderedKeyPart, prelude::*};

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Metric(Metric),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Date(u32);

impl KeyPart for Date {
    const KIND: PartKind = PartKind::Fixed { width: 10 };

    fn encode(&self, _: PartSpec, _: &mut String) -> Result<(), PartError> {
        Ok(())
    }

    fn decode(_: &str, _: PartSpec) -> Result<Self, PartError> {
        Ok(Self(0))
    }
}

impl OrderedKeyPart for Date {}

impl PeriodKeyPart for Date {}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "METRIC#{name}#{at:hour}", sk = "{at}#{id}", name = by_name)]
struct Metric {
    name: String,
    at: Date,
    id: String,
}

fn main() {}
