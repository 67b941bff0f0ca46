//! A projection is the field subset of the items that the read finds.

use std::{cell::Cell, collections::BTreeSet, fmt::Debug};

use dynamo_model::{Db, Entity, EntityKey as _, Projection, QueryRequest as _, Request as _};
use dynamo_model_tests::with_engine;
use proptest::test_runner::{Config, TestRunner};

use crate::{
    cases::cases,
    draft::{Draft, drafts},
    gives::gives,
    model::{Book, Crate, Library, Lid},
    shapes::{Card, Heading, Label, Load, Place, Subset, Whole},
    world::{Stored, World, in_order, table},
};

/// Runs cases, each with its own places of one table.
#[allow(clippy::needless_pass_by_value, reason = "by reference, the closure's argument types are not inferred")]
pub(crate) fn on_worlds(test: &'static str, source: &'static str, body: impl AsyncFn(&Db<Library>, &World, &str)) {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, test));
        let config = Config { source_file: Some(source), test_name: Some(test), ..cases(30) };
        let number = Cell::new(0_u64);
        TestRunner::new(config)
            .run(&drafts(), |drafts: Vec<Draft>| {
                number.set(number.get() + 1);
                let case = format!("{:06}", number.get());
                let world = World::new(drafts, &case);
                runtime.block_on(async {
                    world.store(&db).await;
                    body(&db, &world, &case).await;
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

fn subsets<E, P: Subset<E>>(entities: &[E]) -> Vec<P> {
    entities.iter().map(P::of).collect()
}

fn keys<E: Entity>(entities: &[E]) -> Vec<E::Key> {
    entities.iter().map(Entity::key).collect()
}

/// One by one, and many at once: what has expired is not there.
async fn by_key<E, P>(db: &Db<Library>, stored: &[Stored<E>])
where
    E: Entity<Table = Library>,
    P: Projection<E> + Subset<E> + PartialEq + Debug,
{
    let expected: Vec<Option<P>> =
        stored.iter().map(|stored| (!stored.expired).then(|| P::of(&stored.entity))).collect();
    let keys: Vec<E::Key> = stored.iter().map(|stored| stored.entity.key()).collect();
    for (key, expected) in keys.iter().zip(&expected) {
        let found = key.get().consistent().select::<P>().send(db).await.unwrap();
        assert_eq!(found.as_ref(), expected.as_ref(), "{}", key.get().select::<P>().explain());
    }
    assert_eq!(E::batch_get(keys).consistent().select::<P>().all(db).await.unwrap(), expected);
}

#[test]
fn a_projection_is_the_field_subset() {
    on_worlds("a_projection_is_the_field_subset", file!(), async |db, world, case| {
        by_key::<Book, Card>(db, &world.books).await;
        by_key::<Book, Place>(db, &world.books).await;
        by_key::<Book, Whole>(db, &world.books).await;
        by_key::<Crate, Load>(db, &world.crates).await;
        by_key::<Crate, Label>(db, &world.crates).await;
        for name in ["x", "x#"] {
            let name = &format!("{case}{name}");
            let books = |sort, of_group: bool| {
                in_order(&world.books, sort, |stored| {
                    let book = &stored.entity;
                    !stored.expired && if of_group { book.group.as_ref() == Some(name) } else { book.shelf == *name }
                })
            };
            let crates = |sort, of_group: bool| {
                in_order(&world.crates, sort, |stored| {
                    let item = &stored.entity;
                    !stored.expired && if of_group { item.group.as_ref() == Some(name) } else { item.shelf == *name }
                })
            };
            let on_shelf = books("SK", false);
            gives(&Book::on_shelf(name).select::<Card>(), &subsets(&on_shelf), db).await;
            gives(&Book::on_shelf(name).consistent().select::<Whole>(), &subsets(&on_shelf), db).await;
            gives(&Book::on_shelf(name).select::<Place>(), &subsets(&on_shelf), db).await;
            let tuples: Vec<_> = on_shelf.iter().map(|book| (book.tags.clone(), book.price)).collect();
            gives(&Book::on_shelf(name).project(|b| (b.tags(), b.price())), &tuples, db).await;

            let in_group = books("FULLSK", true);
            gives(&Book::by_group(name).select::<Whole>(), &subsets(&in_group), db).await;
            gives(&Book::in_brief(name).select::<Card>(), &subsets(&in_group), db).await;
            gives(&Book::in_brief(name).select::<Heading>(), &subsets(&in_group), db).await;
            gives(&Book::near(name).select::<Heading>(), &subsets(&books("NEARSK", false)), db).await;
            gives(&Crate::in_brief(name).select::<Load>(), &subsets(&crates("SOMESK", true)), db).await;

            // A filter by what the index carries.
            let many: Vec<Book> = in_group.iter().filter(|book| book.points != 7).cloned().collect();
            let filtered = Book::in_brief(name).filter(|b| b.points().attribute_exists());
            gives(&filtered.clone().select::<Card>(), &subsets(&many), db).await;
            gives(&filtered.hydrate(), &many, db).await;
        }
    });
}

#[test]
fn a_scan_gives_field_subsets() {
    on_worlds("a_scan_gives_field_subsets", file!(), async |db, world, case| {
        let shelves: BTreeSet<String> = ["x", "x#"].iter().map(|name| format!("{case}{name}")).collect();
        let scanned = Book::scan().consistent().filter(|b| b.shelf().attribute_exists()).select::<Whole>();
        let scanned = scanned.all(db).await.unwrap();
        let live: Vec<Whole> =
            world.books.iter().filter(|stored| !stored.expired).map(|s| Whole::of(&s.entity)).collect();
        let pairs = Book::scan().project(|b| (b.shelf(), b.number())).all(db).await.unwrap();
        let pairs = pairs.iter().filter(|(shelf, _)| shelves.contains(shelf)).count();
        assert_eq!(pairs, live.len());
        assert!(live.iter().all(|projected| scanned.contains(projected)), "{live:?} of {scanned:?}");
    });
}

#[test]
fn keys_and_items_are_found_on_every_index() {
    on_worlds("keys_and_items_are_found_on_every_index", file!(), async |db, world, case| {
        for name in ["x", "x#"] {
            let name = &format!("{case}{name}");
            let books = |sort, of_group: bool| {
                in_order(&world.books, sort, |stored| {
                    let book = &stored.entity;
                    !stored.expired && if of_group { book.group.as_ref() == Some(name) } else { book.shelf == *name }
                })
            };
            let in_group = books("OWNSK", true);
            gives(&Book::listed(name).keys(), &keys(&in_group), db).await;
            gives(&Book::listed(name).hydrate(), &in_group, db).await;
            gives(&Book::in_brief(name).keys(), &keys(&in_group), db).await;
            gives(&Book::by_group(name).hydrate().consistent_items(), &in_group, db).await;
            gives(&Book::by_group(name).keys(), &keys(&in_group), db).await;
            gives(&Book::near(name).hydrate(), &books("NEARSK", false), db).await;
            gives(&Book::on_shelf(name).keys(), &keys(&books("SK", false)), db).await;

            // What others gave an expiry is gone, though an index of keys does not say so: its key is still there.
            let all = in_order(&world.crates, "BARESK", |stored| stored.entity.group.as_ref() == Some(name));
            let live = in_order(&world.crates, "BARESK", |stored| {
                !stored.expired && stored.entity.group.as_ref() == Some(name)
            });
            gives(&Crate::bare(name).hydrate(), &live, db).await;
            gives(&Crate::bare(name).keys(), &keys(&all), db).await;
            assert_eq!(Crate::bare(name).hydrate().count(db).await.unwrap(), live.len() as u64);
            let near = in_order(&world.crates, "BRIEFSK", |stored| stored.entity.shelf == *name && !stored.expired);
            gives(&Crate::brief(name).consistent().hydrate(), &near, db).await;

            let lids =
                in_order(&world.lids, "BARESK", |stored: &Stored<Lid>| stored.entity.group.as_ref() == Some(name));
            gives(&Lid::bare(name).hydrate(), &lids, db).await;
            gives(&Lid::bare(name).keys(), &keys(&lids), db).await;
        }
    });
}
