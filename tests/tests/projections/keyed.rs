//! What is typed of a key, a cursor and a filter on an index that carries a part of its items.

use dynamo_model::{Error, QueryRequest as _, Request as _, expr::ExpressionErrorKind, prelude::*};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Book, BookKey, Crate, Home},
    shapes::{Card, Subset as _},
    world::table,
};

fn book(number: u16) -> Book {
    Book {
        shelf: "s".to_owned(),
        number,
        group: Some("g".to_owned()),
        rank: 0,
        title: format!("title {number}"),
        author: None,
        points: 7,
        tags: std::collections::BTreeSet::new(),
        notes: Vec::new(),
        price: 1,
        home: Home { city: "Rome".to_owned(), floor: None, rooms: std::collections::BTreeSet::new() },
        r#type: true,
        written_only: 0,
        version: Version::default(),
        created: Timestamp::UNIX_EPOCH,
        updated: Timestamp::UNIX_EPOCH,
        until: None,
    }
}

/// Whatever is read of them, the items and their order are the same.
#[test]
fn a_cursor_goes_with_every_reading_of_its_query() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "a_cursor_goes_with_every_reading_of_its_query").await;
            for number in 1..=3 {
                book(number).create().send(db).await.unwrap();
            }
            let query = || Book::in_brief("g").limit(1);
            let after_keys = query().keys().page(db).await.unwrap().next.expect("there are more");
            let card = query().after(after_keys.clone()).select::<Card>().page(db).await.unwrap();
            assert_eq!(card.items, [Card::of(&book(2))]);
            let item = query().hydrate().after(card.next).page(db).await.unwrap();
            assert_eq!(item.items[0].number, 3);
            assert!(item.next.is_none());
            let before = query().keys().page_before(item.previous.expect("there are two"), db).await.unwrap();
            assert_eq!(before.items, [BookKey::new("s".to_owned(), 2)]);
            // Another index has the same keys in the same order.
            let elsewhere = Book::listed("g").keys().after(after_keys).page(db).await;
            assert!(matches!(elsewhere, Err(Error::Cursor(_))));
        });
    });
}

#[test]
fn a_filter_by_what_the_index_lacks_is_refused() {
    let filtered = Book::in_brief("g").filter(|b| b.author().eq("Ada"));
    for refused in [filtered.clone().keys().into_sdk(), filtered.clone().hydrate().into_sdk()] {
        let Err(Error::Expression(error)) = refused else { panic!("the filter was taken") };
        assert!(matches!(error.kind(), ExpressionErrorKind::NotCarried { index: "SOME" }));
        assert_eq!(error.path(), Some("author"));
        assert!(error.to_string().contains("`include(..)`"), "{error}");
    }
    assert!(Book::by_group("g").filter(|b| b.author().eq("Ada")).into_sdk().is_ok());
}

/// serde takes the default of a field from the struct that it stands in, so there has to be one.
#[test]
fn a_field_of_nothing_has_no_default() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "a_field_of_nothing_has_no_default").await;
            let item = book(1).to_item().unwrap();
            let item = item.into_iter().filter(|(name, _)| name != "home").collect();
            db.client().put_item().table_name(db.table_name()).set_item(Some(item)).send().await.unwrap();
            let get = || Book::get("s", &1);
            let Err(Error::Decode(error)) = get().project(|b| b.home().rooms()).send(db).await else {
                panic!("rooms without a home")
            };
            assert_eq!(error.path().as_deref(), Some("home.ROOMS"));
            assert_eq!(get().project(|b| b.home().floor()).send(db).await.unwrap(), Some(None));
            assert_eq!(get().project(|b| (b.points(),)).send(db).await.unwrap(), Some((7,)));
        });
    });
}

/// An index entry may outlive its item, and an item may have become another's.
#[test]
fn what_is_gone_is_passed_over_and_replaced() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "what_is_gone_is_passed_over_and_replaced").await;
            for number in 0..250 {
                let item = Crate { shelf: "s".to_owned(), number, group: Some("g".to_owned()), ..Crate::default() };
                let mut item = item.to_item().unwrap();
                // The index of keys does not say that these have expired.
                if number % 5 != 0 {
                    item.insert("expires".to_owned(), aws_sdk_dynamodb::types::AttributeValue::N("1".to_owned()));
                }
                let put = db.client().put_item().table_name(db.table_name()).set_item(Some(item));
                put.send().await.unwrap();
            }
            let page = Crate::bare("g").hydrate().limit(20).page(db).await.unwrap();
            assert_eq!(
                page.items.iter().map(|item| item.number).collect::<Vec<_>>(),
                (0..20).map(|n| n * 5).collect::<Vec<_>>()
            );
            let rest = Crate::bare("g").hydrate().limit(30).after(page.next).page(db).await.unwrap();
            assert_eq!(rest.items.len(), 30);
            assert!(rest.next.is_none());
            assert_eq!(Crate::bare("g").hydrate().all(db).await.unwrap().len(), 50);
            assert_eq!(Crate::bare("g").keys().count(db).await.unwrap(), 250);
        });
    });
}

/// What a page costs includes what was fetched for it.
#[test]
fn a_hydrated_page_is_metered_whole() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = table(engine, "a_hydrated_page_is_metered_whole").await;
            book(1).create().send(&db).await.unwrap();
            let meter = dynamo_model::db::Meter::default();
            let metered = db.clone().with_meter(&meter);
            let page = Book::listed("g").hydrate().page(&metered).await.unwrap();
            assert_eq!(page.items.len(), 1);
            let capacity = page.capacity.expect("it is measured");
            assert_eq!(meter.requests(), 2);
            assert_eq!(meter.capacity(), capacity);
            assert!(capacity.table > 0.0, "{capacity:?}");
        });
    });
}

#[test]
fn a_limit_is_where_counting_ends() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = table(engine, "a_limit_is_where_counting_ends").await;
            for number in 0..40 {
                Book { notes: vec!["x".repeat(2_000)], ..book(number) }.create().send(&db).await.unwrap();
            }
            let units = async |limit: usize| {
                let meter = dynamo_model::db::Meter::default();
                let metered = db.clone().with_meter(&meter);
                assert_eq!(Book::by_group("g").limit(limit).count(&metered).await.unwrap(), limit.min(40) as u64);
                assert_eq!(meter.requests(), 1, "limit {limit}");
                meter.take().total
            };
            let (whole, some) = (units(100).await, units(4).await);
            assert!(some * 5.0 < whole, "{some} of {whole}");
            let meter = dynamo_model::db::Meter::default();
            assert!(Book::by_group("g").exists(&db.clone().with_meter(&meter)).await.unwrap());
            assert_eq!(meter.requests(), 1);
            assert!(meter.capacity().total <= some, "{:?} of {some}", meter.capacity());
        });
    });
}
