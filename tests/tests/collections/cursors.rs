//! A cursor goes with its collection's query.

use dynamo_model::{Db, Error, prelude::*};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Collections, InProject, Note, Task, Work},
    world::table,
};

/// The members of [`Work`] in another order, under another name.
#[derive(Debug, PartialEq, Collection)]
enum SameWork {
    Task(Task),
    Note(Note),
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) {
    let error = result.expect_err("a cursor of another query was taken");
    assert!(matches!(error, Error::Cursor(_)), "{error:?}");
}

async fn fill(db: &Db<Collections>) {
    for n in 0..4 {
        Task { p: "p".to_owned(), year: 1, n, group: None, rank: 0 }.create().send(db).await.unwrap();
    }
}

#[test]
fn no_other_query_takes_a_cursor() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "no_other_query_takes_a_cursor").await;
            fill(db).await;
            let query = Work::query(("p", &1)).limit(2);
            let cursor = query.clone().page(db).await.unwrap().next.expect("two items follow");

            refused(InProject::query(("p", &1)).after(cursor.clone()).page(db).await);
            refused(query.clone().descending().after(cursor.clone()).page(db).await);
            refused(Work::query(("p", &2)).after(cursor.clone()).page(db).await);
            refused(Task::tasks("p", &1).after(cursor.clone()).page(db).await);
            refused(query.clone().after(cursor.clone()).page(&db.clone().with_cursor_key([7; 32])).await);
            let of_tasks = Task::tasks("p", &1).limit(2).page(db).await.unwrap().next;
            refused(query.clone().after(of_tasks).page(db).await);

            let error = InProject::query(("p", &1)).after(cursor.clone()).page(db).await.unwrap_err();
            assert!(error.to_string().starts_with("`InProject` query: "), "{error}");

            assert_eq!(query.after(cursor.clone()).page(db).await.unwrap().items.len(), 2);
            let same = SameWork::query(("p", &1)).after(cursor).all(db).await.unwrap();
            assert!(matches!(&same[..], [SameWork::Task(a), SameWork::Task(b)] if (a.n, b.n) == (2, 3)), "{same:?}");
        });
    });
}
