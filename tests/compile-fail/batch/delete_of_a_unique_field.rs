use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    User(User),
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
#[entity(unique(email))]
struct User {
    user_id: String,
    email: String,
}

fn caller(user: UserKey) {
    let _ = Planner::batch_write().delete(user);
}

fn main() {}
