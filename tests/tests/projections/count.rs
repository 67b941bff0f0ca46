//! What is counted is what a read would give, and no more than a limit.

use dynamo_model::{Db, Entity, Query, QueryRequest as _};

use crate::{
    model::{Book, Crate, Library, Lid},
    subset::on_worlds,
    world::in_order,
};

/// In every limit, and behind the first.
async fn counts<E, S>(query: Query<E, S>, expected: usize, db: &Db<Library>)
where
    E: Entity<Table = Library>,
    S: Send + Sync + 'static,
{
    assert_eq!(query.clone().count(db).await.unwrap(), expected as u64);
    assert_eq!(query.clone().exists(db).await.unwrap(), expected > 0);
    assert!(!query.clone().limit(0).exists(db).await.unwrap());
    for limit in 0..=expected + 1 {
        let counted = query.clone().limit(limit).count(db).await.unwrap();
        assert_eq!(counted, expected.min(limit) as u64, "limit {limit} of {expected}");
        assert_eq!(query.clone().limit(limit).keys().count(db).await.unwrap(), counted);
    }
    if let Some(cursor) = query.clone().limit(1).keys().page(db).await.unwrap().next {
        let rest = query.after(cursor);
        assert_eq!(rest.clone().count(db).await.unwrap(), expected as u64 - 1);
        assert_eq!(rest.clone().limit(1).count(db).await.unwrap(), 1);
        assert!(rest.exists(db).await.unwrap());
    }
}

#[test]
fn a_count_is_exact_under_a_limit() {
    on_worlds("a_count_is_exact_under_a_limit", file!(), async |db, world, case| {
        for name in ["x", "x#"] {
            let name = &format!("{case}{name}");
            let books = in_order(&world.books, "FULLSK", |stored| {
                !stored.expired && stored.entity.group.as_ref() == Some(name)
            });
            counts(Book::by_group(name).into_query(), books.len(), db).await;
            counts(Book::in_brief(name).into_query(), books.len(), db).await;
            counts(Book::listed(name).into_query(), books.len(), db).await;
            let rated = books.iter().filter(|book| book.points != 7).count();
            counts(Book::by_group(name).filter(|b| b.points().attribute_exists()), rated, db).await;
            counts(Book::in_brief(name).filter(|b| b.points().attribute_exists()), rated, db).await;
            let near = in_order(&world.books, "NEARSK", |stored| !stored.expired && stored.entity.shelf == *name);
            counts(Book::near(name).into_query(), near.len(), db).await;
            let middle = near.iter().filter(|book| book.rank == 0).count();
            counts(Book::near(name).rank(0).consistent(), middle, db).await;
            let lids = in_order(&world.lids, "BARESK", |stored| stored.entity.group.as_ref() == Some(name));
            counts(Lid::bare(name).into_query(), lids.len(), db).await;
            let crates = in_order(&world.crates, "BRIEFSK", |stored| stored.entity.shelf == *name);
            counts(Crate::brief(name).consistent(), crates.len(), db).await;
        }
    });
}
