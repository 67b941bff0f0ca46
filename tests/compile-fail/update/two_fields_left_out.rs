use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "DUE#{due}#{created_at}"))]
struct Task {
    project_id: String,
    task_id: String,
    assignee: String,
    due: Timestamp,
    #[entity(created_at)]
    created_at: Timestamp,
}

fn caller() {
    let _ = Task::update("project", "task").set(|t| t.assignee().to("ann"));
}

fn main() {}
