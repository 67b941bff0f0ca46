use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner<T> {
    Task(Option<T>),
}

fn main() {}
