//! What requests cost, on request.

use dynamo_model::{
    db::{Capacity, Meter},
    prelude::*,
};
use dynamo_model_tests::on_engine;

use crate::shop::{Customer, Order, Shop, customer, open, order};

#[test]
fn a_meter_sums_what_its_scope_costs() {
    on_engine("a_meter_sums_what_its_scope_costs", async |client| {
        let (db, _) = open(client).await;
        let meter = Meter::default();
        let metered = db.clone().with_meter(&meter);
        order(1).create().send(&metered).await.unwrap();
        let created = meter.take();
        // The table, GSI1 and LSI1 at a write unit each: the item is far below 1 KB.
        assert!((created.total - 3.0).abs() < f64::EPSILON, "{created:?}");
        assert_eq!(created.indexes.keys().collect::<Vec<_>>(), ["GSI1", "LSI1"]);
        assert!((created.table - 1.0).abs() < f64::EPSILON, "{created:?}");

        customer("eve").create().send(&db).await.unwrap();
        assert_eq!((meter.capacity(), meter.requests()), (Capacity::default(), 0), "another scope");

        Order::get("ada", &1).consistent().send(&metered).await.unwrap();
        Order::get("ada", &1).send(&metered).await.unwrap();
        let read = meter.capacity();
        assert!((read.total - 1.5).abs() < f64::EPSILON, "{read:?}");
        assert_eq!(meter.requests(), 2);
    });
}

#[test]
fn a_request_and_a_page_say_what_they_cost() {
    on_engine("a_request_and_a_page_say_what_they_cost", async |client| {
        let (db, _) = open(client).await;
        let (_, capacity) = customer("ada").create().send_metered(&db).await.unwrap();
        assert!((capacity.total - 1.0).abs() < f64::EPSILON, "{capacity:?}");
        for number in 1..=3 {
            order(number).create().send(&db).await.unwrap();
        }
        let page = Order::by_state("open").limit(2).page(&db).await.unwrap();
        assert_eq!(page.capacity, None, "nobody measures");
        let metered = db.clone().with_meter(&Meter::default());
        let page = Order::by_state("open").limit(2).page(&metered).await.unwrap();
        let capacity = page.capacity.unwrap();
        assert!(capacity.total > 0.0 && capacity.indexes.contains_key("GSI1"), "{capacity:?}");

        let transaction = Shop::transaction().and(Customer::update("ada").set(|c| c.name().to("Ada L.")));
        let meter = Meter::default();
        transaction.send(&db.clone().with_meter(&meter)).await.unwrap();
        let capacity = meter.capacity();
        assert!((capacity.total - 2.0).abs() < f64::EPSILON, "a transaction costs double: {capacity:?}");
    });
}
