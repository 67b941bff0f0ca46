//! `get`, `exists`, `scan`, and queries on both kinds of index.

use std::{num::NonZeroU16, time::Duration};

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::{Cursor, Error, db::Meter, prelude::*};
use dynamo_model_tests::on_engine;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::shop::{Address, Basket, Customer, Order, START, Shop, basket, customer, open, order};

#[test]
fn exists_tells_what_get_would_find() {
    on_engine("exists_tells_what_get_would_find", async |client| {
        let (db, _) = open(client).await;
        assert!(!Customer::exists("ada").send(&db).await.unwrap());
        customer("ada").create().send(&db).await.unwrap();
        assert!(Customer::exists("ada").consistent().send(&db).await.unwrap());
        assert!(customer("ada").key().exists().send(&db).await.unwrap());
        assert_eq!(Customer::get("eve").send(&db).await.unwrap(), None);
    });
}

#[test]
fn a_local_index_has_the_order_of_its_own_sort_key() {
    on_engine("a_local_index_has_the_order_of_its_own_sort_key", async |client| {
        let (db, _) = open(client).await;
        for number in [5, 1, 3, 2, 4] {
            order(number).create().send(&db).await.unwrap();
        }
        let totals = |orders: Vec<Order>| orders.into_iter().map(|order| order.cents).collect::<Vec<_>>();
        let all = Order::by_total("ada").consistent().all(&db).await.unwrap();
        assert_eq!(totals(all), [-2, -1, 0, 1, 2]);
        let some = Order::by_total("ada").cents(-1..2).descending().all(&db).await.unwrap();
        assert_eq!(totals(some), [1, 0, -1]);
        let first = Order::by_total("ada").first(&db).await.unwrap();
        assert_eq!(first.map(|order| order.cents), Some(-2));
    });
}

#[test]
fn neighbours_in_the_partition_are_not_returned() {
    on_engine("neighbours_in_the_partition_are_not_returned", async |client| {
        let (db, _) = open(client).await;
        customer("ada").create().send(&db).await.unwrap();
        for number in 1..=3 {
            order(number).create().send(&db).await.unwrap();
            basket(number, START.cast_unsigned() + 10).create().send(&db).await.unwrap();
        }
        assert_eq!(Order::of_customer("ada").count(&db).await.unwrap(), 3);
        assert_eq!(Basket::of_customer("ada").all(&db).await.unwrap().len(), 3);
        let (ten, five) = (10, 5);
        assert_eq!(Order::of_customer("ada").number(ten..five).all(&db).await.unwrap(), []);
    });
}

#[test]
fn pages_follow_each_other_through_the_text_of_their_cursors() {
    on_engine("pages_follow_each_other_through_the_text_of_their_cursors", async |client| {
        let (db, _) = open(client).await;
        for number in 1..=7 {
            order(number).create().send(&db).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut next: Option<Cursor> = None;
        loop {
            let page = Order::by_state("open").limit(3).after(next).page(&db).await.unwrap();
            seen.extend(page.items.into_iter().map(|order| order.number));
            let Some(cursor) = page.next else { break };
            next = Some(cursor.to_string().parse().unwrap());
        }
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
    });
}

#[test]
fn a_scan_reads_every_segment() {
    on_engine("a_scan_reads_every_segment", async |client| {
        let (db, _) = open(client).await;
        customer("ada").create().send(&db).await.unwrap();
        for number in 1..=20 {
            order(number).create().send(&db).await.unwrap();
        }
        for segments in [1, 4] {
            let scan = || Order::scan().consistent().segments(NonZeroU16::new(segments).unwrap());
            let mut numbers: Vec<u32> = scan().stream(&db).map_ok(|order| order.number).try_collect().await.unwrap();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
            assert_eq!(scan().count(&db).await.unwrap(), 20);
            assert_eq!(scan().limit(7).all(&db).await.unwrap().len(), 7);
        }
    });
}

#[test]
fn any_item_of_the_table_is_read_as_its_variant() {
    let item = order(1).to_item().unwrap();
    assert_eq!(Shop::from_item(item).unwrap(), Shop::Order(order(1)));
    let shop = Shop::from(customer("ada"));
    assert_eq!(Shop::from_item(shop.to_item().unwrap()).unwrap(), shop);
}

#[test]
fn a_cursor_is_bound_to_its_filter() {
    on_engine("a_cursor_is_bound_to_its_filter", async |client| {
        let (db, _) = open(client).await;
        for number in 1..=4 {
            order(number).create().send(&db).await.unwrap();
        }
        let above = |cents: i64| Order::of_customer("ada").filter(move |o| o.cents().ge(cents)).limit(1);
        let cursor = above(-1).page(&db).await.unwrap().next.unwrap();
        let next = above(-1).after(cursor.clone()).page(&db).await.unwrap();
        assert_eq!(next.items[0].number, 3);
        for other in [above(-2), Order::of_customer("ada").limit(1), above(-1).filter(|o| o.number().ge(0))] {
            let error = other.after(cursor.clone()).page(&db).await.unwrap_err();
            assert!(matches!(&error, Error::Cursor(_)), "{error:?}");
        }
        // The same but for the field.
        let cents = Order::of_customer("ada").filter(|o| o.cents().attribute_exists()).limit(1);
        let state = Order::of_customer("ada").filter(|o| o.state().attribute_exists()).limit(1);
        let cursor = cents.page(&db).await.unwrap().next;
        let error = state.after(cursor).page(&db).await.unwrap_err();
        assert!(matches!(&error, Error::Cursor(_)), "{error:?}");
    });
}

/// Of a list, DynamoDB gives the elements that were asked for, close together.
#[test]
fn elements_of_a_list_are_read_from_their_places() {
    on_engine("elements_of_a_list_are_read_from_their_places", async |client| {
        let (db, _) = open(client).await;
        let address = |floor| Address { city: "Ulm".to_owned(), floor };
        let ada = Customer { addresses: (0..4).map(address).collect(), ..customer("ada") };
        ada.create().send(&db).await.unwrap();
        let get = || Customer::get("ada");
        let two = get().project(|c| (c.addresses().at(3), c.addresses().at(1))).send(&db).await.unwrap();
        assert_eq!(two, Some((address(3), address(1))));
        let one = get().project(|c| c.addresses().at(2)).send(&db).await.unwrap();
        assert_eq!(one, Some(address(2)));
        let error = get().project(|c| c.addresses().at(4)).send(&db).await.unwrap_err();
        assert!(error.to_string().contains("`addresses[4]`"), "{error}");
    });
}

#[test]
fn a_get_of_fields_asks_for_no_more() {
    on_engine("a_get_of_fields_asks_for_no_more", async |client| {
        let (db, _) = open(client).await;
        order(1).create().send(&db).await.unwrap();
        let get = || Order::get("ada", &1).project(|o| (o.cents(), o.state(), o.cents()));
        let expected = (-2, Some("open".to_owned()), -2);
        assert_eq!(get().send(&db).await.unwrap(), Some(expected));
        assert_eq!(
            get().explain().to_string(),
            r#"GetItem PK = "CUSTOMER#ada", SK = "ORDER#0000000001" | project PK, SK, entityType, expiresAt, cents, state"#
        );
        assert_eq!(Order::get("ada", &2).project(|o| (o.cents(), o.state())).send(&db).await.unwrap(), None);
    });
}

#[test]
fn items_of_different_entities_are_read_in_one_go() {
    on_engine("items_of_different_entities_are_read_in_one_go", async |client| {
        let (db, clock) = open(client).await;
        let ada = customer("ada").create().send(&db).await.unwrap();
        let order = order(1).create().send(&db).await.unwrap();
        let basket = basket(1, START.cast_unsigned() + 10).create().send(&db).await.unwrap();
        let (missing, keys) = (customer("eve").key(), (ada.key(), order.key(), basket.key()));
        let get = || db.get_many().and(&keys.1).and(&missing).and(&keys.0).and(&keys.2).and(&keys.0).consistent();
        let (ada, order) = (Shop::Customer(ada), Shop::Order(order));
        let found = get().all().await.unwrap();
        assert_eq!(
            found,
            [Some(order.clone()), None, Some(ada.clone()), Some(Shop::Basket(basket)), Some(ada.clone())]
        );
        clock.advance(Duration::from_secs(10));
        assert_eq!(get().all().await.unwrap(), [Some(order), None, Some(ada.clone()), None, Some(ada)]);
    });
}

#[test]
fn a_table_is_read_whole_and_from_where_it_was_left() {
    on_engine("a_table_is_read_whole_and_from_where_it_was_left", async |client| {
        let (db, _) = open(client).await;
        // Several pages a segment: a page ends at 1 MB.
        for number in 1..=30 {
            let name = "x".repeat(200_000);
            Customer { name, ..customer(&format!("{number}")) }.create().send(&db).await.unwrap();
        }
        for number in 1..=20 {
            order(number).create().send(&db).await.unwrap();
        }
        let put = db.client().put_item().table_name(db.table_name());
        let text = |text: &str| AttributeValue::S(text.to_owned());
        put.item("PK", text("X")).item("SK", text("Y")).item("entityType", text("Later")).send().await.unwrap();

        let scan = db.scan().segments(NonZeroU16::new(3).unwrap());
        let pages: Vec<_> = scan.clone().pages().try_collect().await.unwrap();
        assert!(pages.len() > 5, "{} pages", pages.len());
        assert_eq!(pages.iter().map(|page| page.items.len()).sum::<usize>(), 50);
        assert_eq!(pages.iter().map(|page| page.unknown).sum::<usize>(), 1);
        assert!(pages.last().unwrap().progress.is_done());
        for left in 0..pages.len() {
            // What is kept between two processes.
            let progress = &pages[left].progress;
            let kept = serde_json::to_string(progress).unwrap();
            assert!(!format!("{progress:?}").contains("CUSTOMER"), "{progress:?}");
            let rest = db.scan().resume(serde_json::from_str(&kept).unwrap()).segments(NonZeroU16::MIN);
            let rest: Vec<Shop> = rest.stream().try_collect().await.unwrap();
            let seen: Vec<_> = pages[..=left].iter().flat_map(|page| &page.items).collect();
            assert_eq!(rest.len() + seen.len(), 50);
            assert!(rest.iter().all(|item| !seen.contains(&item)));
        }
        assert_eq!(scan.consistent().stream().try_collect::<Vec<_>>().await.unwrap().len(), 50);

        let progress = &pages[0].progress;
        let elsewhere = Db::<Shop>::new(db.client().clone()).with_table_name("other").scan().resume(progress.clone());
        let none = serde_json::from_str(r#"{"table": "shop", "segments": []}"#).unwrap();
        for refused in [elsewhere, db.scan().resume(none)] {
            let error = refused.stream().try_collect::<Vec<_>>().await.unwrap_err();
            assert!(matches!(&error, Error::Cursor(_)), "{error:?}");
        }
    });
}

#[test]
fn a_scan_counts_no_further_than_its_limit() {
    on_engine("a_scan_counts_no_further_than_its_limit", async |client| {
        let (db, _) = open(client).await;
        for number in 1..=20 {
            let name = "x".repeat(200_000);
            Customer { name, ..customer(&format!("{number}")) }.create().send(&db).await.unwrap();
        }
        let meter = Meter::default();
        let metered = db.clone().with_meter(&meter);
        assert_eq!(Customer::scan().count(&metered).await.unwrap(), 20);
        assert!(meter.requests() >= 4, "{} requests for 4 MB", meter.requests());
        let _ = meter.take();
        assert_eq!(Customer::scan().limit(3).count(&metered).await.unwrap(), 3);
        assert_eq!(meter.requests(), 1);
        let _ = meter.take();
        assert_eq!(Customer::scan().limit(0).count(&metered).await.unwrap(), 0);
        assert_eq!(meter.requests(), 0);
    });
}

#[test]
fn an_item_that_cannot_be_read_does_not_keep_from_the_rest() {
    on_engine("an_item_that_cannot_be_read_does_not_keep_from_the_rest", async |client| {
        let (db, _) = open(client).await;
        for number in 1..=5 {
            order(number).create().send(&db).await.unwrap();
        }
        let mut broken = order(3).to_item().unwrap();
        broken.insert("cents".to_owned(), AttributeValue::Bool(true));
        db.client().put_item().table_name(db.table_name()).set_item(Some(broken)).send().await.unwrap();

        let mut pages: Vec<_> = db.scan().pages().try_collect().await.unwrap();
        assert_eq!(pages.len(), 1);
        let page = pages.remove(0);
        assert_eq!((page.items.len(), page.unknown, page.unreadable.len()), (4, 0, 1));
        assert!(page.unreadable[0].to_string().contains("`cents`"), "{}", page.unreadable[0]);
        let items: Vec<_> = db.scan().stream().collect().await;
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), 4);
        assert_eq!(items.iter().filter(|item| matches!(item, Err(Error::Decode(_)))).count(), 1);
        let orders: Vec<_> = Order::scan().stream(&db).collect().await;
        assert_eq!(orders.iter().filter(|order| order.is_ok()).count(), 4);
        assert_eq!(orders.len(), 5);
    });
}

/// The texts were written by release 0.1.0: those that clients hold continue after an update of the server.
#[test]
fn a_cursor_of_an_earlier_release_continues() {
    on_engine("a_cursor_of_an_earlier_release_continues", async |client| {
        let (db, _) = open(client).await;
        for number in [1, 2, 3] {
            order(number).create().send(&db).await.unwrap();
        }
        let signing = db.clone().with_cursor_key([7; 32]);
        let numbers = |orders: Vec<Order>| orders.into_iter().map(|order| order.number).collect::<Vec<_>>();
        let on_table = Order::of_customer("ada").limit(1);
        let on_index = Order::by_state("open").descending().limit(1);
        let on_local_index = Order::by_total("ada").filter(|o| o.cents().ge(-2)).limit(1);

        let (table, index, local, signed) = (
            "AdtiBABKiYBzABBPUkRFUiMwMDAwMDAwMDAxAAAAAA",
            "AQXtmPb-Jah9ABBPUkRFUiMwMDAwMDAwMDAzAAxDVVNUT01FUiNhZGEAEE9SREVSIzAwMDAwMDAwMDM",
            "Aeib7FcGvlCuABpUT1RBTCMtOTk5OTk5OTk5OTk5OTk5OTk5NwAMQ1VTVE9NRVIjYWRhABBPUkRFUiMwMDAwMDAwMDAx",
            "AttiBABKiYBzABBPUkRFUiMwMDAwMDAwMDAxAAAAAM5z-lo3Q40txaWyofOWqoqhmn5i_FkxBGcrfrPsm9MJ",
        );
        let page = on_table.clone().page(&db).await.unwrap();
        assert_eq!(page.next.unwrap().to_string(), table);
        let page = on_table.clone().page(&signing).await.unwrap();
        assert_eq!(page.next.unwrap().to_string(), signed);
        let page = on_index.clone().page(&db).await.unwrap();
        assert_eq!(page.next.unwrap().to_string(), index);
        let page = on_local_index.clone().page(&db).await.unwrap();
        assert_eq!(page.next.unwrap().to_string(), local);

        let after = |text: &str| text.parse::<Cursor>().unwrap();
        assert_eq!(numbers(on_table.clone().after(after(table)).page(&db).await.unwrap().items), [2]);
        assert_eq!(numbers(on_table.after(after(signed)).page(&signing).await.unwrap().items), [2]);
        assert_eq!(numbers(on_index.after(after(index)).page(&db).await.unwrap().items), [2]);
        assert_eq!(numbers(on_local_index.after(after(local)).page(&db).await.unwrap().items), [2]);
    });
}
