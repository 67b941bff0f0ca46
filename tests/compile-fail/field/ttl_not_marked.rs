use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", ttl = "expiresAt")]
enum Planner {
    Session(Session),
}

#[derive(Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Planner, pk = "USER#{user_id}", sk = "SESSION")]
struct Session {
    user_id: String,
    expires_at: EpochSeconds,
}

fn main() {}
