use dynamo_model::prelude::*;

#[derive(Table)]
#[table(name = "planner", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
enum Planner {
    Task(Task),
}

#[derive(Serialize, Deserialize, Entity)]
#[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{task_id}", name = in_project)]
#[entity(index(GSI2, name = by_title, pk = "TITLE#{title}", sk = "TASK#{task_id}"))]
struct Task {
    project_id: String,
    task_id: String,
    title: String,
}

async fn caller(db: Db<Planner>, task: Task) -> Result<usize, dynamo_model::Error> {
    let key: TaskKey = task.key();
    let created = task.create().send(&db).await?;
    let read = Task::get(&created.project_id, &created.task_id).consistent().send(&db).await?;
    let title = read.map_or(key.task_id, |task| task.title);
    let step: TaskByTitle = Task::by_title(&title);
    for task in step.task_id("a".to_owned().."b".to_owned()).limit(3).all(&db).await? {
        Task::delete("project", &task.task_id).send(&db).await?;
    }
    Task::update("project", "task").set(|t| t.title().to("x")).when(|t| t.title().ne("y")).send(&db).await?;
    let change = Task::update("project", "task").set_opt(Some("x"), |t, title| (t.title().to(title), t.by_title().to(title)));
    Planner::transaction().and(change).and(Task::exists("project", "task")).send(&db).await?;
    Task::modify("project", "task", |task| task.title.clear()).send(&db).await?;
    Planner::batch_write().delete(created.key()).send(&db).await.map_err(dynamo_model::Error::from)?;
    Ok(Task::in_project("project").descending().page(&db).await?.items.len())
}

fn main() {}
