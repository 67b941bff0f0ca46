//! Whatever way an enum is read, it gives each item of the partition once, in key order.

use dynamo_model::{Collection, Cursor, Db, collection::CollectionQuery};
use futures_util::TryStreamExt as _;

use crate::{
    model::{Alone, Collections, InGroup, InProject, Ranked, Work},
    world::{Expected, on_cases},
};

/// Forwards and backwards, in pages of every size.
async fn read<C, S>(db: &Db<Collections>, query: CollectionQuery<C, S>, expected: Expected)
where
    C: Collection<Table = Collections, Met = C> + Into<Collections> + Clone + PartialEq + std::fmt::Debug,
    S: Send + Sync + 'static,
{
    let Expected { mut items, unknown } = expected;
    for query in [query.clone(), query.descending()] {
        let what = || query.clone().explain().to_string();
        let all = query.clone().all(db).await.unwrap_or_else(|error| panic!("{error}: {}", what()));
        assert_eq!(all.iter().cloned().map(Into::into).collect::<Vec<Collections>>(), items, "{}", what());
        assert_eq!(query.clone().first(db).await.unwrap().as_ref(), all.first());
        assert_eq!(query.clone().stream(db).try_collect::<Vec<C>>().await.unwrap(), all);
        assert_eq!(query.clone().limit(0).page(db).await.unwrap().items, []);

        let page = query.clone().page(db).await.unwrap();
        assert_eq!((&page.items, page.unknown), (&all, unknown), "{}", what());
        assert!(page.next.is_none() && page.previous.is_none(), "far from 1 MB");

        for limit in 1..=all.len() + 1 {
            let query = query.clone().limit(limit);
            assert_eq!(query.clone().all(db).await.unwrap(), all[..limit.min(all.len())]);
            let (mut seen, mut counted, mut next): (usize, usize, Option<Cursor>) = (0, 0, None);
            loop {
                let page = query.clone().after(next).page(db).await.unwrap();
                let end = (seen + limit).min(all.len());
                assert_eq!(page.items, all[seen..end], "{seen} to {end} of {}", what());
                assert_eq!(page.next.is_some(), end < all.len(), "{end} of {}", all.len());
                assert_eq!(page.previous.is_some(), seen > 0 && seen < end, "{seen} of {}", all.len());
                counted += page.unknown;
                if let Some(previous) = page.previous {
                    let before = query.clone().page_before(previous, db).await.unwrap();
                    let begin = seen.saturating_sub(limit);
                    assert_eq!(before.items, all[begin..seen], "{begin} to {seen} of {}", what());
                    assert_eq!(before.previous.is_some(), begin > 0, "{begin} of {}", what());
                    let again = query.clone().after(before.next).page(db).await.unwrap();
                    assert_eq!(again.items, page.items, "{}", what());
                }
                seen = end;
                let Some(cursor) = page.next else { break };
                next = Some(cursor.to_string().parse().unwrap());
                assert_eq!(query.clone().after(next.clone()).all(db).await.unwrap(), {
                    &all[seen..(seen + limit).min(all.len())]
                });
            }
            assert_eq!(counted, unknown, "{}", what());
        }
        items.reverse();
    }
}

#[test]
fn an_enum_gives_each_item_once_in_key_order() {
    on_cases("an_enum_gives_each_item_once_in_key_order", file!(), 60, async |db, world| {
        let year = 2024;
        let (partition, group) = (format!("P#{}#{year:05}", world.p), format!("G#{}", world.group));
        let parts = (&world.p, &year);
        read(db, InProject::query(parts).consistent(), world.expected::<InProject>(&partition)).await;
        read(db, Work::query(parts), world.expected::<Work>(&partition)).await;
        read(db, Alone::query(parts), world.expected::<Alone>(&partition)).await;
        read(db, Ranked::query(parts).consistent(), world.expected::<Ranked>(&partition)).await;
        let signing = &db.clone().with_cursor_key([7; 32]);
        read(signing, InGroup::query(&world.group), world.expected::<InGroup>(&group)).await;
    });
}
