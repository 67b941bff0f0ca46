use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Reading(Reading<f64>),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "SENSOR#{sensor}", sk = "VALUE#{value}")]
struct Reading<T: Serialize + for<'any> Deserialize<'any> + Send + Sync + 'static> {
    sensor: String,
    value: T,
}

fn main() {}
