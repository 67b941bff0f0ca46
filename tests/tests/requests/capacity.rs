//! What requests cost, on request.

use aws_sdk_dynamodb::Client;
use dynamo_model::{
    db::{Capacity, Meter},
    explain::RequestCost,
    prelude::*,
};
use dynamo_model_tests::{EngineKind, on_engine, with_engine};

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

#[test]
fn what_is_hydrated_is_read_as_consistently_as_its_keys() {
    on_engine("what_is_hydrated_is_read_as_consistently_as_its_keys", async |client| {
        let (db, _) = open(client).await;
        order(1).create().send(&db).await.unwrap();
        let meter = Meter::default();
        let metered = db.clone().with_meter(&meter);
        for (query, units) in [(Order::by_total("ada").into_query(), 1.0), (Order::by_total("ada").consistent(), 2.0)] {
            assert_eq!(query.hydrate().all(&metered).await.unwrap().len(), 1);
            let charged = meter.take();
            assert!((charged.total - units).abs() < f64::EPSILON, "{charged:?}");
        }
    });
}

/// What is small, and what is not there, costs the least that its request can cost.
#[test]
fn a_request_costs_what_its_explanation_says() {
    with_engine(|engine, runtime| {
        let client = engine.client("a_request_costs_what_its_explanation_says");
        runtime.block_on(explanations_say_what_is_charged(engine.kind(), client));
    });
}

async fn explanations_say_what_is_charged(engine: EngineKind, client: Client) {
    let (db, _) = open(client).await;
    let meter = Meter::default();
    let metered = db.clone().with_meter(&meter);
    let is = |said: RequestCost| {
        let charged = meter.take();
        let same = |units: f64, others: f64| (units - others).abs() < f64::EPSILON;
        let indexes: f64 = said.indexes.values().sum();
        assert!(same(charged.total, said.read_units + said.write_units + indexes), "{charged:?}, {said} said");
        for (index, units) in &said.indexes {
            assert!(same(charged.indexes[*index], *units), "{charged:?}, {said} said");
        }
    };
    let create = || order(1).create();
    create().send(&metered).await.unwrap();
    is(create().explain().cost());

    let get = || Order::get("ada", &1);
    get().send(&metered).await.unwrap();
    is(get().explain().cost());
    get().consistent().send(&metered).await.unwrap();
    is(get().consistent().explain().cost());

    let query = || Order::by_state("open");
    query().page(&metered).await.unwrap();
    is(query().explain().cost());

    order(2).create().send(&db).await.unwrap();
    let batch = || Order::batch_get([order(1).key(), order(2).key()]);
    batch().send(&metered).await.unwrap();
    is(batch().explain().cost());

    // DynamoDB Local charges two units for the delete of what is not there.
    customer("ann").create().send(&db).await.unwrap();
    let puts = || Shop::batch_write().put_all([customer("eve"), customer("zoe")]).delete(customer("ann").key());
    puts().send(&metered).await.unwrap();
    is(puts().explain().cost());

    let transaction = || Shop::transaction().and(order(6).create()).and(Order::exists("ada", &1));
    transaction().send(&metered).await.unwrap();
    let mut said = transaction().explain().cost();
    if engine != EngineKind::Embedded {
        // DynamoDB Local charges twice for the indexes too, which AWS writes once.
        said.indexes.values_mut().for_each(|units| *units *= 2.0);
    }
    is(said);

    let reads = || Shop::transact_get((Order::get("ada", &1), Order::get("ada", &2)));
    reads().send(&metered).await.unwrap();
    is(reads().explain().cost());

    let update = || Customer::update("ada").set(|c| c.name().to("Ada L."));
    assert_eq!(update().explain().cost().to_string(), "1 write unit");
    assert_eq!(Order::by_state("").explain().cost().to_string(), "nothing");
}
