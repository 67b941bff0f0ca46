use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart, Attribute)]
struct Place {
    number: u32,
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_place, pk = "PLACE#{place}", sk = "TASK#{task_id}"))]
struct Task {
    project_id: String,
    task_id: String,
    place: Place,
}

fn caller() {
    let _ = Task::update("project", "task").set(|t| t.place().number().to(3));
}

fn main() {}
