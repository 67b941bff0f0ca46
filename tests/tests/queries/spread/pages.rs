//! Whatever way it is read, a spread query gives the items that a filter over all items gives, in order.

use dynamo_model::{Cursor, Db, Entity, Spread, SpreadRequest as _};
use futures_util::TryStreamExt as _;

use super::{
    ask::{Keys, Visit},
    model::Spreads,
    world::on_cases,
};
use crate::world::Stored;

struct Pages<'a> {
    db: &'a Db<Spreads>,
    limit: usize,
}

impl Visit for Pages<'_> {
    async fn visit<E, S>(&mut self, query: Spread<E, S>, expected: Vec<&Stored<E>>, keys: Keys)
    where
        E: Entity<Table = Spreads> + Clone + PartialEq + std::fmt::Debug,
        S: Send + Sync + 'static,
    {
        // Signed or not, a cursor does the same.
        let db = &if self.limit.is_multiple_of(2) { self.db.clone().with_cursor_key([7; 32]) } else { self.db.clone() };
        let limit = self.limit;
        let what = || query.clone().explain_in(&db.context()).to_string();
        let all = query.clone().all(db).await.unwrap_or_else(|error| panic!("{error}: {}", what()));
        same(&all, &expected, keys, &what());

        assert_eq!(query.clone().count(db).await.unwrap(), all.len() as u64, "{}", what());
        assert_eq!(query.clone().first(db).await.unwrap().as_ref(), all.first());
        let streamed: Vec<E> = query.clone().stream(db).try_collect().await.unwrap();
        assert_eq!(streamed, all);
        let some = &all[..limit.min(all.len())];
        assert_eq!(query.clone().limit(limit).all(db).await.unwrap(), some);
        assert_eq!(query.clone().limit(limit).count(db).await.unwrap(), some.len() as u64);
        assert_eq!(query.clone().limit(0).page(db).await.unwrap().items, []);

        let page = query.clone().page(db).await.unwrap();
        assert_eq!(page.items, all, "{}", what());
        assert!(page.next.is_none() && page.previous.is_none(), "far from 1 MB");

        let (mut seen, mut next): (usize, Option<Cursor>) = (0, None);
        loop {
            let page = query.clone().limit(limit).after(next.clone()).page(db).await.unwrap();
            let end = (seen + limit).min(all.len());
            assert_eq!(page.items, all[seen..end], "{} to {end} of {}", seen, what());
            assert_eq!(page.next.is_some(), end < all.len(), "{end} of {}", all.len());
            assert_eq!(page.previous.is_some(), seen > 0 && seen < end, "{seen} of {}", all.len());
            if let Some(previous) = page.previous {
                let before = query.clone().limit(limit).page_before(previous.clone(), db).await.unwrap();
                let begin = seen.saturating_sub(limit);
                assert_eq!(before.items, all[begin..seen], "{begin} to {seen} of {}", what());
                assert_eq!(before.previous.is_some(), begin > 0, "{begin} of {}", what());
                let again = query.clone().limit(limit).after(before.next).page(db).await.unwrap();
                assert_eq!(again.items, page.items, "{}", what());
                let whole = query.clone().page_before(previous, db).await.unwrap();
                assert_eq!(whole.items, all[..seen], "{}", what());
            }
            seen = end;
            let Some(cursor) = page.next else { break };
            let text = cursor.to_string();
            assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{text}");
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(cursor.to_string(), text);
            let rest = query.clone().after(cursor.clone());
            assert_eq!(rest.clone().count(db).await.unwrap(), (all.len() - seen) as u64, "{}", what());
            assert_eq!(rest.all(db).await.unwrap(), all[seen..], "{}", what());
            next = Some(cursor);
        }
    }
}

/// The same items; those with the same sort key in the same shard may come in any order.
fn same<E: PartialEq + std::fmt::Debug>(found: &[E], expected: &[&Stored<E>], (sort, partition): Keys, what: &str) {
    let list = || expected.iter().map(|stored| &stored.entity).collect::<Vec<_>>();
    assert_eq!(found.len(), expected.len(), "{what}\n found {found:?}\n expected {:?}", list());
    let key = |stored: &Stored<E>| {
        (sort.and_then(|sort| stored.text(sort)).map(str::to_owned), stored.text(partition).map(str::to_owned))
    };
    for (at, entity) in found.iter().enumerate() {
        let place = expected.iter().find(|stored| stored.entity == *entity);
        let place = place.unwrap_or_else(|| panic!("{entity:?} is not among {:?}: {what}", list()));
        assert_eq!(key(place), key(expected[at]), "{what}\n found {found:?}\n expected {:?}", list());
        assert!(!found[..at].contains(entity), "{entity:?} twice: {what}");
    }
}

#[test]
fn a_spread_query_gives_what_a_filter_gives() {
    on_cases("a_spread_query_gives_what_a_filter_gives", file!(), 150, async |db, world, drafts, asks| {
        for ask in asks {
            ask.run(drafts, world, &mut Pages { db, limit: ask.limit }).await;
        }
    });
}
