//! A partition of several megabytes takes several calls, and is read whole.

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::{Db, db::Meter, prelude::*};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Collections, InProject, Project, Task, View},
    world::table,
};

const TASKS: i16 = 18;

fn task(n: i16) -> Task {
    Task { p: "p".to_owned(), year: 1, n, group: None, rank: 0 }
}

/// An item of 190 KB, which the local index doubles, of a type that the table has or not.
async fn put(db: &Db<Collections>, task: Task, kind: Option<&str>) {
    let mut item = task.to_item().unwrap();
    item.insert("filler".to_owned(), AttributeValue::S("x".repeat(190_000)));
    if let Some(kind) = kind {
        item.insert("kind".to_owned(), AttributeValue::S(kind.to_owned()));
    }
    db.client().put_item().table_name(db.table_name()).set_item(Some(item)).send().await.unwrap();
}

#[test]
fn several_megabytes_are_read_in_several_calls() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "several_megabytes").await;
            let project = Project { p: "p".to_owned(), year: 1, group: None, rank: 0 };
            project.clone().create().send(db).await.unwrap();
            for n in 0..TASKS {
                put(db, task(n), (n % 3 == 2).then_some("Later")).await;
            }
            let tasks: Vec<Task> = (0..TASKS).filter(|n| n % 3 != 2).map(task).collect();
            let unknown = usize::try_from(TASKS / 3).unwrap();

            let meter = Meter::default();
            let metered = &db.clone().with_meter(&meter);
            let view = View { project: project.clone(), tasks: tasks.clone(), note: None };
            let read = View::get(("p", &1)).consistent().send_counted(metered).await.unwrap();
            assert_eq!(read, (Some(view), unknown));
            assert!(meter.requests() >= 3, "3.4 MB in calls of 1 MB: {}", meter.requests());

            let mut all = vec![InProject::Project(project)];
            all.extend(tasks.into_iter().map(|task| InProject::Task(Box::new(task))));
            for descending in [false, true] {
                let query = InProject::query(("p", &1));
                let query = if descending { query.descending() } else { query };
                let (mut items, mut counted, mut pages, mut next) = (Vec::new(), 0, 0, None);
                loop {
                    let page = query.clone().after(next).page(db).await.unwrap();
                    items.extend(page.items);
                    counted += page.unknown;
                    pages += 1;
                    next = page.next;
                    if next.is_none() {
                        break;
                    }
                }
                assert!(pages >= 3, "{pages}");
                assert_eq!((&items, counted), (&all, unknown));
                assert_eq!(query.clone().all(db).await.unwrap(), all);
                assert_eq!(query.limit(9).page(db).await.unwrap().items, all[..9]);
                all.reverse();
            }
        });
    });
}
