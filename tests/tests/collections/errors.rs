//! What is wrong with a partition is said of the collection, the entity and the path.

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::{Db, Error, error::CollectionErrorKind, prelude::*};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Collections, InProject, Loose, Plan, Project, Task, View},
    world::table,
};

/// A field for one item, of an entity that may have many.
#[derive(Debug, PartialEq, Collection)]
struct Single {
    task: Task,
}

fn task(n: i16) -> Task {
    Task { p: "p".to_owned(), year: 1, n, group: None, rank: 0 }
}

fn project() -> Project {
    Project { p: "p".to_owned(), year: 1, group: None, rank: 0 }
}

/// Puts the task's item, changed.
async fn put(db: &Db<Collections>, task: Task, attribute: &str, value: AttributeValue) {
    let mut item = task.to_item().unwrap();
    item.insert(attribute.to_owned(), value);
    db.client().put_item().table_name(db.table_name()).set_item(Some(item)).send().await.unwrap();
}

#[test]
fn a_partition_without_a_member_that_has_to_be_there_is_an_error() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "a_partition_without_a_member").await;
            let get = || View::get(("p", &1));
            assert_eq!(get().send(db).await.unwrap(), None);
            Plan { p: "p".to_owned(), year: 1, n: 1, group: None, rank: 0 }.create().send(db).await.unwrap();
            assert_eq!(get().send(db).await.unwrap(), None, "a plan is no member");

            task(1).create().send(db).await.unwrap();
            let Err(Error::Collection(error)) = get().send(db).await else { panic!("there is no project") };
            assert_eq!((error.collection(), error.field(), error.entity()), ("View", "project", "Project"));
            assert_eq!(error.kind(), CollectionErrorKind::Missing);
            assert!(error.to_string().contains("`Option<Project>`"), "{error}");

            // An expired item is no item.
            let expired = AttributeValue::N("1".to_owned());
            let mut item = project().to_item().unwrap();
            item.insert("expires".to_owned(), expired);
            db.client().put_item().table_name(db.table_name()).set_item(Some(item)).send().await.unwrap();
            assert!(matches!(get().send(db).await, Err(Error::Collection(_))));

            project().put().send(db).await.unwrap();
            let view = View { project: project(), tasks: vec![task(1)], note: None };
            assert_eq!(get().send(db).await.unwrap(), Some(view));
        });
    });
}

#[test]
fn two_items_for_a_field_of_one_are_an_error() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "two_items_for_a_field_of_one").await;
            task(1).create().send(db).await.unwrap();
            assert_eq!(Single::get(("p", &1)).send(db).await.unwrap(), Some(Single { task: task(1) }));
            for n in 2..4 {
                task(n).create().send(db).await.unwrap();
                let Err(Error::Collection(error)) = Single::get(("p", &1)).send(db).await else { panic!("two tasks") };
                assert_eq!((error.kind(), error.field()), (CollectionErrorKind::Several, "task"));
                assert!(error.to_string().contains("`Vec<Task>`"), "{error}");
            }
        });
    });
}

#[test]
fn an_item_that_cannot_be_read_is_an_error_with_its_entity_and_path() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "an_item_that_cannot_be_read").await;
            project().create().send(db).await.unwrap();
            task(1).create().send(db).await.unwrap();
            put(db, task(2), "rank", AttributeValue::S("high".to_owned())).await;

            let unreadable = |error: Error| {
                let Error::Decode(error) = error else { panic!("{error:?}") };
                assert_eq!((error.entity(), error.path().as_deref()), ("Task", Some("rank")));
            };
            unreadable(View::get(("p", &1)).send(db).await.unwrap_err());
            // The first task would do, and still nothing is overlooked.
            unreadable(Loose::get(("p", &1)).send(db).await.unwrap_err());
            unreadable(InProject::query(("p", &1)).all(db).await.unwrap_err());

            // A page is not spoilt by what lies behind it.
            let page = InProject::query(("p", &1)).limit(2).page(db).await.unwrap();
            assert_eq!(page.items, [InProject::Project(project()), InProject::Task(Box::new(task(1)))]);
            unreadable(InProject::query(("p", &1)).after(page.next).page(db).await.unwrap_err());
        });
    });
}

#[test]
fn a_part_that_fits_no_key_is_refused_before_anything_is_sent() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "a_part_that_fits_no_key").await;
            assert!(matches!(View::get(("", &1)).send(db).await, Err(Error::Key(_))));
            assert!(matches!(InProject::query(("", &1)).page(db).await, Err(Error::Key(_))));
        });
    });
}
