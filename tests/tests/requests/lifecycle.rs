//! Stamps and expiry, by a clock that the tests move.

use std::time::Duration;

use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::on_engine;
use futures_util::TryStreamExt as _;

use crate::shop::{Basket, Order, START, basket, open, order};

const MINUTE: Duration = Duration::from_mins(1);

#[test]
fn writes_are_stamped_by_the_injected_clock() {
    on_engine("writes_are_stamped_by_the_injected_clock", async |client| {
        let (db, clock) = open(client).await;
        let start = Timestamp::from_secs(START).unwrap();
        let created = order(1).create().send(&db).await.unwrap();
        assert_eq!((created.created_at, created.updated_at), (start, start));

        clock.advance(MINUTE);
        let changed = Order { cents: 1, ..created }.put().send(&db).await.unwrap();
        assert_eq!((changed.created_at, changed.updated_at), (start, start + MINUTE));
        assert_eq!(Order::get("ada", &1).send(&db).await.unwrap(), Some(changed));

        let put = order(2).put().send(&db).await.unwrap();
        assert_eq!((put.created_at, put.updated_at), (start + MINUTE, start + MINUTE));
    });
}

#[test]
fn what_has_expired_is_gone_for_every_read() {
    on_engine("what_has_expired_is_gone_for_every_read", async |client| {
        let (db, clock) = open(client).await;
        let now = u64::try_from(START).unwrap();
        basket(1, now + 60).create().send(&db).await.unwrap();
        let lasting = basket(2, now + 3600).create().send(&db).await.unwrap();
        assert_eq!(Basket::of_customer("ada").count(&db).await.unwrap(), 2);

        clock.advance(MINUTE);
        assert_eq!(Basket::get("ada", &1).send(&db).await.unwrap(), None);
        assert!(!Basket::exists("ada", &1).send(&db).await.unwrap());
        assert!(Basket::exists("ada", &2).send(&db).await.unwrap());
        assert_eq!(Basket::of_customer("ada").all(&db).await.unwrap(), std::slice::from_ref(&lasting));
        assert_eq!(Basket::of_customer("ada").count(&db).await.unwrap(), 1);
        let page = Basket::of_customer("ada").limit(1).page(&db).await.unwrap();
        assert_eq!((page.items, page.next), (vec![lasting.clone()], None));
        assert_eq!(Basket::scan().all(&db).await.unwrap(), [lasting]);
        assert_eq!(Basket::scan().count(&db).await.unwrap(), 1);
        assert_eq!(Basket::delete("ada", &1).returning_old().send(&db).await.unwrap(), None);
    });
}

#[test]
fn an_expired_item_does_not_stand_in_the_way_of_a_new_one() {
    on_engine("an_expired_item_does_not_stand_in_the_way_of_a_new_one", async |client| {
        let (db, clock) = open(client).await;
        let now = u64::try_from(START).unwrap();
        basket(1, now + 60).create().send(&db).await.unwrap();
        let error = basket(1, now + 3600).create().send(&db).await.unwrap_err();
        assert!(matches!(error, Error::AlreadyExists(_)), "{error:?}");
        clock.advance(MINUTE);
        let renewed = basket(1, now + 3600).create().send(&db).await.unwrap();
        assert_eq!(Basket::get("ada", &1).send(&db).await.unwrap(), Some(renewed));
    });
}

#[test]
fn a_stream_returns_nothing_that_expires_while_it_is_read() {
    on_engine("a_stream_returns_nothing_that_expires_while_it_is_read", async |client| {
        let (db, clock) = open(client).await;
        let now = u64::try_from(START).unwrap();
        basket(1, now + 60).create().send(&db).await.unwrap();
        let (stream, scan) = (Basket::of_customer("ada").stream(&db), Basket::scan().stream(&db));
        clock.advance(MINUTE);
        assert_eq!(stream.try_collect::<Vec<_>>().await.unwrap(), []);
        assert_eq!(scan.try_collect::<Vec<_>>().await.unwrap(), []);
    });
}

#[test]
fn many_expired_items_are_passed_over_in_few_calls() {
    on_engine("many_expired_items_are_passed_over_in_few_calls", async |client| {
        let (db, clock) = open(client).await;
        let now = u64::try_from(START).unwrap();
        for number in 0..60 {
            basket(number, now + 60).create().send(&db).await.unwrap();
        }
        let lasting = basket(60, now + 3600).create().send(&db).await.unwrap();
        clock.advance(MINUTE);
        assert_eq!(Basket::of_customer("ada").first(&db).await.unwrap(), Some(lasting.clone()));
        let page = Basket::of_customer("ada").limit(1).page(&db).await.unwrap();
        assert_eq!((page.items, page.next), (vec![lasting], None));
        assert_eq!(Basket::of_customer("ada").limit(5).count(&db).await.unwrap(), 1);
    });
}

#[test]
fn a_time_to_live_that_was_never_set_is_refused() {
    let error = basket(1, 0).create().into_sdk().unwrap_err();
    assert!(error.to_string().contains("`Basket` create: `expiresAt` is 0"), "{error}");
}
