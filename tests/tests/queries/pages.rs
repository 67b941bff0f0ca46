//! Whatever way a query is read, it gives the items that a filter over all items gives, in order.

use std::cell::Cell;

use dynamo_model::{Cursor, Db, Entity, Query, QueryRequest as _, op::WholeSource};
use futures_util::TryStreamExt as _;

use crate::{
    ask::Visit,
    check::{Table, on_cases},
    model::Queries,
    world::Stored,
};

struct Pages<'a> {
    db: &'a Db<Queries>,
    limit: usize,
    /// Pages that another follows.
    turned: &'a Cell<usize>,
}

impl Visit for Pages<'_> {
    async fn visit<E, S>(&mut self, query: Query<E, S>, expected: Vec<&Stored<E>>, sort: Option<&str>)
    where
        E: Entity<Table = Queries> + Clone + PartialEq + std::fmt::Debug,
        S: WholeSource,
    {
        // Signed or not, a cursor does the same.
        let db = &if self.limit.is_multiple_of(2) { self.db.clone().with_cursor_key([7; 32]) } else { self.db.clone() };
        let limit = self.limit;
        let what = || query.clone().explain_in(&db.context()).to_string();
        let all = query.clone().all(db).await.unwrap_or_else(|error| panic!("{error}: {}", what()));
        same(&all, &expected, sort, &what());

        assert_eq!(query.clone().count(db).await.unwrap(), all.len() as u64, "{}", what());
        assert_eq!(query.clone().first(db).await.unwrap().as_ref(), all.first());
        let streamed: Vec<E> = query.clone().stream(db).try_collect().await.unwrap();
        assert_eq!(streamed, all);
        let some = &all[..limit.min(all.len())];
        assert_eq!(query.clone().limit(limit).all(db).await.unwrap(), some);
        assert_eq!(query.clone().limit(limit).count(db).await.unwrap(), some.len() as u64);

        let page = query.clone().page(db).await.unwrap();
        assert_eq!(page.items, all);
        assert!(page.next.is_none(), "far from 1 MB");

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
            self.turned.update(|turned| turned + 1);
            let text = cursor.to_string();
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{text}");
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(cursor.to_string(), text);
            let rest = query.clone().after(cursor.clone());
            assert_eq!(rest.clone().count(db).await.unwrap(), (all.len() - seen) as u64);
            assert_eq!(rest.all(db).await.unwrap(), all[seen..]);
            next = Some(cursor);
        }
    }
}

/// The same items; those with the same sort key on an index may come in any order.
fn same<E: PartialEq + std::fmt::Debug>(found: &[E], expected: &[&Stored<E>], sort: Option<&str>, what: &str) {
    let list = || expected.iter().map(|stored| &stored.entity).collect::<Vec<_>>();
    assert_eq!(found.len(), expected.len(), "{what}\n found {found:?}\n expected {:?}", list());
    let key = |stored: &Stored<E>| sort.and_then(|sort| stored.text(sort)).map(str::to_owned);
    for (at, entity) in found.iter().enumerate() {
        let place = expected.iter().find(|stored| stored.entity == *entity);
        let place = place.unwrap_or_else(|| panic!("{entity:?} is not among {:?}: {what}", list()));
        assert_eq!(key(place), key(expected[at]), "{what}\n found {found:?}\n expected {:?}", list());
        assert!(!found[..at].contains(entity), "{entity:?} twice: {what}");
    }
}

#[test]
fn a_query_gives_what_a_filter_gives() {
    let turned = Cell::new(0);
    on_cases("a_query_gives_what_a_filter_gives", file!(), Table::Shared, async |db, world, drafts, asks| {
        for ask in asks {
            ask.run(drafts, world, &mut Pages { db, limit: ask.limit, turned: &turned }).await;
        }
    });
    eprintln!("TURN {}", turned.get());
    assert!(turned.get() >= 300, "{} pages", turned.get());
}
