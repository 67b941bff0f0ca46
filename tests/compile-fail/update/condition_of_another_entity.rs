use dynamo_model::{Condition, prelude::*};

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

fn caller(condition: Condition<User>) {
    let _ = Task::update("project", "task").set(|t| t.title().to("x")).when(|_| condition);
}

fn main() {}
