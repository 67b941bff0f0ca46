use dynamo_model::{Path, prelude::*};

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
    User(User),
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
struct User {
    user_id: String,
    name: String,
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
}

fn caller(name: Path<User, String>) {
    let _ = Task::get("project", "task").project(|_| name);
}

fn main() {}
