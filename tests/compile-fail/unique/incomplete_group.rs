use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    User(User),
}

#[derive(Clone, Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "PROFILE")]
#[entity(unique(org, handle))]
struct User {
    user_id: String,
    org: String,
    handle: String,
}

fn caller() {
    let _ = User::update("1").set(|u| u.org_and_handle().to("org", "handle").given_org("old"));
}

fn main() {}
