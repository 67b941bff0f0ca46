use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK")]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
struct Task {
    project_id: String,
    task_id: String,
    place: Address,
    contact: Option<Contact>,
}

#[derive(Clone, Serialize, Deserialize, Attribute)]
#[serde(into = "String", from = "String")]
struct Address {
    city: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Contact(String);

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.city
    }
}

impl From<String> for Address {
    fn from(city: String) -> Self {
        Self { city }
    }
}

async fn caller(db: Db<Planner>) -> Result<(), dynamo_model::Error> {
    Task::update("project", "task").set(|t| t.place().city().to("x")).when(|t| t.place().size().gt(1)).send(&db).await?;
    Task::scan().filter(|t| t.place().city().begins_with("x") & t.place().lt(Address { city: String::new() }));
    Ok(())
}

fn main() {}
