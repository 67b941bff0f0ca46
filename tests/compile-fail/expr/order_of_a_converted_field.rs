use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

mod upper {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&text.to_uppercase())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        Ok(String::deserialize(from)?.to_lowercase())
    }
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
struct Task {
    project_id: String,
    task_id: String,
    #[serde(with = "upper")]
    title: String,
}

fn caller() {
    let _ = Task::scan().filter(|t| t.title().begins_with("x"));
}

fn main() {}
