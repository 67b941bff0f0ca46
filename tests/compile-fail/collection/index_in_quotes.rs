use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Project(Project),
    Task(Task),
    User(User),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "METADATA")]
struct Project {
    project_id: String,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "TASK#{number}"))]
struct Task {
    project_id: String,
    number: u32,
    assignee: Option<String>,
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
#[entity(index(GSI1, name = in_org, pk = "ORG#{org}", sk = "USER#{user_id}"))]
struct User {
    user_id: String,
    org: String,
}

#[derive(Collection)]
#[collection(index = "GSI1")]
struct Assigned {
    tasks: Vec<Task>,
}

fn main() {}
