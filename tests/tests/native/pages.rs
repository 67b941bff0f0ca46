//! Whatever way a query is read, it gives the items that a filter over all items gives, in order.

use std::cell::Cell;

use dynamo_model::{Cursor, Db, Query, QueryRequest as _, op::Global};
use dynamo_model_tests::with_engine;
use futures_util::TryStreamExt as _;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::{
    ask::{Ask, Asked, Visit, ask, place},
    cases::cases,
    model::Native,
    world::{Draft, World, drafts, table},
};

struct Pages<'a> {
    db: &'a Db<Native>,
    limit: usize,
}

impl Visit for Pages<'_> {
    async fn visit<E: Asked>(&mut self, query: Query<E, Global>, expected: Vec<&E>, sort: &[&str]) {
        // Signed or not, a cursor does the same.
        let db = &if self.limit.is_multiple_of(2) { self.db.clone().with_cursor_key([7; 32]) } else { self.db.clone() };
        let limit = self.limit;
        let what = || query.clone().explain_in(&db.context()).to_string();
        let all = query.clone().all(db).await.unwrap_or_else(|error| panic!("{error:?}: {}", what()));
        same(&all, &expected, sort, &what());

        assert_eq!(query.clone().count(db).await.unwrap(), all.len() as u64, "{}", what());
        assert_eq!(query.clone().first(db).await.unwrap().as_ref(), all.first());
        let streamed: Vec<E> = query.clone().stream(db).try_collect().await.unwrap();
        assert_eq!(streamed, all);
        let keys: Vec<E::Key> = all.iter().map(dynamo_model::Entity::key).collect();
        assert_eq!(query.clone().keys().all(db).await.unwrap(), keys, "{}", what());
        let hydrated = query.clone().hydrate().limit(limit).all(db).await.unwrap();
        assert_eq!(hydrated, all[..limit.min(all.len())], "{}", what());
        assert_eq!(query.clone().exists(db).await.unwrap(), !all.is_empty());
        let some = &all[..limit.min(all.len())];
        assert_eq!(query.clone().limit(limit).all(db).await.unwrap(), some);
        assert_eq!(query.clone().limit(limit).count(db).await.unwrap(), some.len() as u64);

        let (mut seen, mut next): (usize, Option<Cursor>) = (0, None);
        loop {
            let page = query.clone().limit(limit).after(next.clone()).page(db).await.unwrap();
            let end = (seen + limit).min(all.len());
            assert_eq!(page.items, all[seen..end], "{} to {end} of {}", seen, what());
            assert_eq!(page.next.is_some(), end < all.len(), "{end} of {}", all.len());
            assert_eq!(page.previous.is_some(), seen > 0 && seen < end, "{seen} of {}", all.len());
            if let Some(previous) = page.previous {
                let before = query.clone().limit(limit).page_before(previous, db).await.unwrap();
                let begin = seen.saturating_sub(limit);
                assert_eq!(before.items, all[begin..seen], "{begin} to {seen} of {}", what());
                assert_eq!(before.previous.is_some(), begin > 0, "{begin} of {}", what());
                let again = query.clone().limit(limit).after(before.next).page(db).await.unwrap();
                assert_eq!(again.items, page.items, "{}", what());
            }
            seen = end;
            let Some(cursor) = page.next else { break };
            let text = cursor.to_string();
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(cursor.to_string(), text);
            let rest = query.clone().after(cursor.clone());
            assert_eq!(rest.clone().count(db).await.unwrap(), (all.len() - seen) as u64);
            assert_eq!(rest.all(db).await.unwrap(), all[seen..]);
            next = Some(cursor);
        }
    }
}

/// The same items; those with the same sort key may come in any order.
fn same<E: Asked>(found: &[E], expected: &[&E], sort: &[&str], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}\n found {found:?}\n expected {expected:?}");
    for (at, entity) in found.iter().enumerate() {
        assert!(expected.contains(&entity), "{entity:?} is not among {expected:?}: {what}");
        let (mine, there) = (place(entity, sort), place(expected[at], sort));
        assert_eq!(mine, there, "{what}\n found {found:?}\n expected {expected:?}");
        assert!(!found[..at].contains(entity), "{entity:?} twice: {what}");
    }
}

/// One table, and as many cases as are asked for, each with partitions of its own.
#[allow(clippy::needless_pass_by_value, reason = "by reference, the closure's argument types are not inferred")]
pub(crate) fn on_cases(
    test: &'static str,
    source: &'static str,
    body: impl AsyncFn(&Db<Native>, &World, &[Draft], &[Ask]),
) {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, test));
        let config = Config { source_file: Some(source), test_name: Some(test), ..cases(300) };
        let number = Cell::new(0_u32);
        let cases = (
            drafts(2..12),
            0..3_usize,
            (vec(ask(), 1..5), any::<bool>()).prop_map(|(asks, alike)| Ask::alike(asks, alike)),
        );
        TestRunner::new(config)
            .run(&cases, |(drafts, spare, asks)| {
                number.set(number.get() + 1);
                let drafts: Vec<Draft> = drafts.into_iter().map(|draft| draft.settle(number.get())).collect();
                // Some are not stored; bounds are taken from all of them.
                let world = World::new(&drafts[..drafts.len() - spare.min(drafts.len() - 1)]);
                runtime.block_on(async {
                    world.store(&db).await;
                    body(&db, &world, &drafts, &asks).await;
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

#[test]
fn a_native_query_gives_what_a_filter_gives() {
    on_cases("a_native_query_gives_what_a_filter_gives", file!(), async |db, world, drafts, asks| {
        for ask in asks {
            ask.run(drafts, world, &mut Pages { db, limit: ask.limit }).await;
        }
    });
}
