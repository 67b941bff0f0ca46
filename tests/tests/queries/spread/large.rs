//! More items than one call gives, and texts as long as a key may be.

use dynamo_model::{
    Cursor, Db, Entity as _, EpochSeconds, Request as _, Spread, SpreadRequest as _, Table as _, Timestamp,
};
use dynamo_model_tests::with_engine;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::{
    draft::NOW,
    model::{Activity, Long, Metric, Spreads},
    world::table,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_secs(NOW + seconds).expect("this century")
}

/// Every item once, in pages of this size, forwards and then backwards from the end.
async fn in_pages<E, S>(query: &Spread<E, S>, size: Option<usize>, all: &[E], db: &Db<Spreads>)
where
    E: dynamo_model::Entity<Table = Spreads> + Clone + PartialEq + std::fmt::Debug,
    S: Send + Sync + 'static,
{
    let sized = |query: Spread<E, S>| size.into_iter().fold(query, dynamo_model::SpreadRequest::limit);
    let (mut found, mut next): (Vec<E>, Option<Cursor>) = (Vec::new(), None);
    let mut last = None;
    loop {
        let page = sized(query.clone()).after(next).page(db).await.expect("the page is read");
        assert!(size.is_none_or(|size| page.items.len() <= size));
        last = page.previous.or(last);
        found.extend(page.items);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert!(found == all, "{} of {} in pages of {size:?}", found.len(), all.len());
    let (mut rest, mut before) = (Vec::new(), last);
    while let Some(cursor) = before {
        let page = sized(query.clone()).page_before(cursor, db).await.expect("the page is read");
        rest.splice(0..0, page.items);
        before = page.previous;
    }
    assert!(all.starts_with(&rest), "backwards in pages of {size:?}");
    assert!(rest.is_empty() || size.is_none_or(|size| rest.len() + size >= all.len()));
}

#[test]
fn pages_of_every_size_give_every_item_once() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "pages_of_every_size_give_every_item_once").await;
            let put = |number: u32| {
                let number = i64::from(number);
                let (at, id) = (at(number % 7 * 50_000), format!("{number:03}"));
                let expires = (number % 11 == 0).then(|| EpochSeconds::new(NOW.unsigned_abs() - 1));
                let activity = Activity {
                    org: "acme".to_owned(),
                    id: id.clone(),
                    at,
                    actor: Some("ada".to_owned()),
                    rank: u8::try_from(number % 3).ok(),
                    expires,
                };
                let metric = Metric { name: "cpu".to_owned(), at, id, host: Some("web".to_owned()), expires };
                async move {
                    let (activity, metric) = (activity.create(), metric.create());
                    Spreads::transaction().and(activity).and(metric).send(db).await
                }
            };
            let puts = stream::iter(0..66).map(put).buffer_unordered(8);
            puts.try_for_each(|()| async { Ok(()) }).await.expect("the items are written");

            macro_rules! all_sizes {
                ($($query:expr, $count:expr;)*) => {$(
                    for query in [$query, $query.descending()] {
                        let all = query.clone().all(db).await.expect("the items are read");
                        assert_eq!(all.len(), $count, "{}", query.clone().explain());
                        for size in [1, 7, 59, 60, 61] {
                            in_pages(&query, Some(size), &all, db).await;
                        }
                        in_pages(&query, None, &all, db).await;
                    }
                )*};
            }
            let time = || at(-200_000)..at(400_000);
            all_sizes! {
                Activity::by_org("acme").into_spread(), 60;
                Activity::by_actor("ada").into_spread(), 60;
                Activity::by_actor("ada").at(at(100_000)), 9;
                Activity::by_tag("ada"), 60;
                Activity::by_rank("acme").into_spread(), 60;
                Activity::by_rank("acme").rank(1), 20;
                Activity::by_org("acme").filter(|a| a.rank().eq(2)), 20;
                Metric::by_name("cpu").at(time()), 60;
                Metric::by_host("web").at(time()), 60;
            }
        });
    });
}

#[test]
fn pages_without_a_limit_end_where_a_call_does() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "pages_without_a_limit_end_where_a_call_does").await;
            let put = |id: u32| {
                let body = "x".repeat(100_000);
                Long { group: "g".to_owned(), id, text: format!("{:02}", id % 20), body }.put().send(db)
            };
            let puts = stream::iter(0..60).map(put).buffer_unordered(4);
            puts.try_for_each(|_| async { Ok(()) }).await.expect("the items are written");
            for query in [Long::longs("g").into_spread(), Long::longs("g").descending()] {
                let all = query.clone().all(db).await.expect("the items are read");
                assert_eq!(all.len(), 60);
                let page = query.clone().page(db).await.expect("the page is read");
                assert!(page.next.is_some() && page.items.len() < 60, "{} items", page.items.len());
                in_pages(&query, None, &all, db).await;
                in_pages(&query, Some(25), &all, db).await;
                assert_eq!(query.clone().count(db).await.expect("the items are counted"), 60);
            }
            let query = Long::by_text("g").into_spread();
            let all = query.clone().all(db).await.expect("the items are read");
            assert!(all.is_sorted_by_key(|long| &long.text));
            in_pages(&query, None, &all, db).await;
        });
    });
}

/// Beside the last text that a page gave there is none that is longer, or none that is shorter, than a key may be.
#[test]
fn texts_as_long_as_a_key_continue_in_every_shard() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "texts_as_long_as_a_key_continue_in_every_shard").await;
            let long = |letter: char, end: &str| {
                let mut text = String::new();
                while text.len() + letter.len_utf8() + end.len() <= 1_024 {
                    text.push(letter);
                }
                text + end
            };
            let texts = [
                long('x', ""),
                long('x', "w"),
                long('x', "y"),
                long('x', "\0"),
                long('x', "\u{1}"),
                long('x', "\u{7f}"),
                long('x', "\u{80}"),
                long('x', "x\0")[1..].to_owned(),
                "x".repeat(1_023),
                "x".repeat(1_022),
                "x".to_owned(),
                "w".to_owned(),
                long('\u{10ffff}', ""),
                long('\u{10ffff}', "\u{10fffe}"),
                "\u{10ffff}".to_owned(),
                "\0".to_owned(),
                "\0\0".to_owned(),
            ];
            let mut id = 0;
            for text in &texts {
                // Enough of one text that every shard has it, and most have it twice.
                for _ in 0..6 {
                    id += 1;
                    let item = Long { group: "g".to_owned(), id, text: text.clone(), body: String::new() };
                    item.create().send(db).await.expect("the item is written");
                }
            }
            for query in [Long::by_text("g").into_spread(), Long::by_text("g").descending()] {
                let all = query.clone().all(db).await.expect("the items are read");
                assert_eq!(all.len(), texts.len() * 6);
                for size in [1, 2, 5] {
                    in_pages(&query, Some(size), &all, db).await;
                }
            }
            for end in [texts[0].as_str(), "x", "\u{10ffff}"] {
                let query = Long::by_text("g").text(..=end);
                let all = query.clone().all(db).await.expect("the items are read");
                in_pages(&query, Some(3), &all, db).await;
            }
        });
    });
}
