//! x
use codexflow::*;
use dynamo_model::prelude::*;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = Codexflow::embedded().await?;
    println!("{:?}", db.verify().await?);
    let now = Timestamp::now();
    let task = Task {
        project_id: "456".into(),
        task_id: "789".into(),
        title: "Implement login".into(),
        assignee: Some("123".into()),
        status: Status::Open,
        due: now,
        points: 3,
        version: Version::default(),
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    };
    println!("{}", task.clone().create().explain());
    let task = task.create().send(&db).await?;
    println!("{task:?}");
    println!("{:?}", task.clone().create().send(&db).await.map_err(|e| e.to_string()));
    println!("{:?}", Task::get(&"456".into(), &"789".into()).send(&db).await?);
    println!("{:?}", Task::by_assignee(&"123".into()).all(&db).await?);
    println!("{}", Task::by_assignee(&"123".into()).explain());
    let q =
        Task::by_status(&"456".into()).status(Status::Open).due(now..now + std::time::Duration::from_secs(5)).limit(20);
    println!("{}\n{}", q.clone().explain(), serde_json::to_string_pretty(&q.clone().explain())?);
    println!("{:?}", q.page(&db).await?);
    println!("{:?}", Task::parse_key("PROJECT#1", "TASK#2"));
    println!("{:?}", Task::parse_key("PROJECT#1", "TAS#2").map_err(|e| e.to_string()));
    println!("{:?}", User::get(&"".into()).send(&db).await.map_err(|e| e.to_string()));
    println!("{}", User::by_email("a@b").explain());
    println!("{}", Session::by_user(&"a@b".into()).descending().consistent().explain());
    println!("{}", Membership::in_organization(&"a@b".into()).user_id(UserId::from("b")..).explain());
    Ok(())
}
