//! A query of whatever kind gives these, however it is read.

use std::fmt::Debug;

use dynamo_model::{
    Cursor, Db, Entity,
    op::{QueryAs, Reading},
};
use futures_util::TryStreamExt as _;

use crate::model::Library;

pub(crate) async fn gives<E, R, S>(query: &QueryAs<E, R, S>, expected: &[R::Output], db: &Db<Library>)
where
    E: Entity<Table = Library>,
    R: Reading<E, Output: Clone + PartialEq + Debug + Sync>,
    S: Send + Sync + 'static,
{
    forwards(query.clone(), expected, db).await;
    let reversed: Vec<R::Output> = expected.iter().rev().cloned().collect();
    forwards(query.clone().descending(), &reversed, db).await;
}

async fn forwards<E, R, S>(query: QueryAs<E, R, S>, all: &[R::Output], db: &Db<Library>)
where
    E: Entity<Table = Library>,
    R: Reading<E, Output: Clone + PartialEq + Debug + Sync>,
    S: Send + Sync + 'static,
{
    let what = || query.clone().explain_in(&db.context()).to_string();
    assert_eq!(query.clone().all(db).await.unwrap(), all, "{}", what());
    assert_eq!(query.clone().first(db).await.unwrap().as_ref(), all.first(), "{}", what());
    let streamed: Vec<R::Output> = query.clone().stream(db).try_collect().await.unwrap();
    assert_eq!(streamed, all, "{}", what());
    let page = query.clone().page(db).await.unwrap();
    assert_eq!(page.items, all, "{}", what());
    assert!(page.next.is_none(), "far from 1 MB");

    for limit in 1..=all.len().clamp(1, 4) {
        let some = &all[..limit.min(all.len())];
        assert_eq!(query.clone().limit(limit).all(db).await.unwrap(), some, "{}", what());
        let (mut seen, mut next): (usize, Option<Cursor>) = (0, None);
        loop {
            let page = query.clone().limit(limit).after(next).page(db).await.unwrap();
            let end = (seen + limit).min(all.len());
            assert_eq!(page.items, all[seen..end], "{seen} to {end} of {}", what());
            assert_eq!(page.next.is_some(), end < all.len(), "{end} of {}: {}", all.len(), what());
            assert_eq!(page.previous.is_some(), seen > 0 && seen < end, "{seen} of {}", what());
            if let Some(previous) = page.previous {
                let before = query.clone().limit(limit).page_before(previous, db).await.unwrap();
                let begin = seen.saturating_sub(limit);
                assert_eq!(before.items, all[begin..seen], "{begin} to {seen} of {}", what());
                assert_eq!(before.previous.is_some(), begin > 0, "{begin} of {}", what());
            }
            seen = end;
            let Some(cursor) = page.next else { break };
            assert_eq!(query.clone().after(cursor.clone()).all(db).await.unwrap(), all[seen..], "{}", what());
            next = Some(cursor);
        }
    }
}
