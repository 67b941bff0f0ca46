use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", ttl = "ttl")]
enum Planner {
    User(User),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
#[entity(unique(email))]
struct User {
    user_id: String,
    email: String,
}

fn caller() {
    let _ = User::update("1").set(|u| u.email().to("new@example.org"));
}

fn main() {}
