//! Writes move items in native indexes, which DynamoDB keeps by itself.

use dynamo_model::{Db, Entity as _, Error, QueryRequest as _, Request as _, Timestamp, prelude::EpochSeconds};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Bytes, Native, Org, Price, Status, Task},
    world::table,
};

fn task() -> Task {
    Task {
        id: "1".to_owned(),
        org: Org("org".to_owned()),
        status: Status::InProgress,
        place: 'x',
        rank: 1,
        label: Some("label".to_owned()),
        at: Timestamp::UNIX_EPOCH,
        number: 1,
        hash: Bytes(vec![1]),
        price: Some(Price(0.5)),
        second: Bytes(vec![2]),
        text: String::new(),
        expires: Some(EpochSeconds::new(u64::from(u32::MAX))),
    }
}

async fn counts(db: &Db<Native>) -> [u64; 4] {
    let org = Org("org".to_owned());
    [
        Task::by_status(&org, &Status::InProgress).count(db).await.unwrap(),
        Task::by_status(&org, &Status::Done).rank(7..8).count(db).await.unwrap(),
        Task::by_label(&org).label("label").count(db).await.unwrap(),
        Task::by_hash(&Bytes(vec![1])).count(db).await.unwrap(),
    ]
}

#[test]
fn updates_move_an_item_in_its_indexes() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = table(engine, "updates_move_an_item_in_its_indexes").await;
            task().create().send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [1, 0, 1, 1]);

            // Each field is set by itself.
            Task::update("1").set(|t| t.status().to(Status::Done)).send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [0, 0, 1, 1]);
            Task::update("1").set(|t| t.rank().add(6)).send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [0, 1, 1, 1]);

            // Without a part it is in no index.
            Task::update("1").set(|t| t.label().to(None)).send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [0, 0, 0, 1]);
            Task::update("1").set(|t| (t.price().remove(), t.label().to("label"))).send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [0, 1, 1, 0]);

            let changed = Task::modify("1", |task| task.label = None).send(&db).await.unwrap();
            assert_eq!(changed.label, None);
            assert_eq!(counts(&db).await, [0, 0, 0, 0]);
            let refused = Task::modify("1", |task| task.label = Some(String::new())).send(&db).await;
            assert!(matches!(&refused, Err(Error::Key(error)) if error.index() == Some("GSI1")), "{refused:?}");

            let stored = Task::get("1").send(&db).await.unwrap().expect("it is there");
            let expected = Task { status: Status::Done, rank: 7, label: None, price: None, ..task() };
            assert_eq!(stored, expected);
            stored.put().send(&db).await.unwrap();
            task().put().send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [1, 0, 1, 1]);
            Task::delete("1").send(&db).await.unwrap();
            assert_eq!(counts(&db).await, [0, 0, 0, 0]);
        });
    });
}

#[test]
fn an_item_costs_an_entry_in_each_index_that_it_is_in() {
    let names = |task: Task| task.size().unwrap().indexes.iter().map(|cost| cost.index).collect::<Vec<_>>();
    assert_eq!(names(task()), ["GSI5", "GSI1", "GSI2", "GSI3", "GSI4"]);
    assert_eq!(names(Task { label: None, ..task() }), ["GSI5", "GSI3", "GSI4"]);
    assert_eq!(names(Task { label: None, price: None, ..task() }), ["GSI5", "GSI3"]);
    let bytes = task().size().unwrap();
    assert!(bytes.indexes.iter().all(|cost| cost.bytes == bytes.bytes));
}
