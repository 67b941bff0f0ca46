use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI1, name = by_title, pk = "TITLE#{title}", sk = "TASK#{task_id}"))]
struct Task {
    project_id: String,
    task_id: TaskId,
    title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
struct TaskId {
    number: u32,
    letter: char,
}

async fn caller(db: Db<Planner>, task: Task) -> Result<(), dynamo_model::Error> {
    let created = task.create().send(&db).await?;
    let _: Option<Task> = Task::get(&created.project_id, &created.task_id).send(&db).await?;
    let _: Vec<Task> = Task::in_project("project").task_id(created.task_id..).all(&db).await?;
    Ok(())
}

fn main() {}
