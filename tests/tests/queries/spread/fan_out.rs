//! What is sent for a spread query, and what becomes of it where a shard fails.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_sdk_dynamodb::{
    Client,
    config::{HttpClient, RuntimeComponents, SharedHttpClient, http::HttpRequest, retry::RetryConfig},
    types::AttributeValue,
};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use dynamo_model::{
    Db, Entity as _, Error, Request as _, SpreadRequest as _, Table as _, Timestamp, op::SdkRequest as _,
};
use dynamo_model_tests::{
    faults::{Fault, FaultPlan, schedules},
    with_engine,
};
use futures_util::StreamExt as _;
use proptest::{prelude::*, test_runner::TestRunner};

use super::{
    draft::NOW,
    model::{Activity, Metric, Spreads},
    world::table,
};
use crate::cases::cases;

/// Counts the requests under way, each of which lets all others begin.
#[derive(Debug, Clone, Default)]
struct InFlight {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Counting<C> {
    inner: C,
    counts: InFlight,
}

impl InFlight {
    fn client(&self, engine: &Client) -> Client {
        let inner = engine.config().http_client().expect("the engine's client has one");
        let http = SharedHttpClient::new(Counting { inner, counts: self.clone() });
        Client::from_conf(engine.config().to_builder().http_client(http).build())
    }

    /// The most requests at one time, and all, since the last call.
    fn take(&self) -> (usize, usize) {
        (self.most.swap(0, Ordering::SeqCst), self.all.swap(0, Ordering::SeqCst))
    }
}

impl HttpClient for Counting<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Counting { inner, counts: self.counts.clone() })
    }
}

impl HttpConnector for Counting<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, counts) = (self.inner.clone(), self.counts.clone());
        HttpConnectorFuture::new(async move {
            let now = counts.now.fetch_add(1, Ordering::SeqCst) + 1;
            counts.most.fetch_max(now, Ordering::SeqCst);
            counts.all.fetch_add(1, Ordering::SeqCst);
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            let answer = inner.call(request).await;
            counts.now.fetch_sub(1, Ordering::SeqCst);
            answer
        })
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_secs(NOW + seconds).expect("this century")
}

fn activity(number: i64) -> Activity {
    let (org, id, at) = ("acme".to_owned(), format!("{number:02}"), at(number));
    Activity { org, id, at, actor: Some("ada".to_owned()), rank: None, expires: None }
}

const DAY: i64 = 86_400;

async fn fill(db: &Db<Spreads>) {
    for number in 0..20 {
        activity(number).create().send(db).await.expect("the item is written");
        // One a day.
        let (name, id) = ("cpu".to_owned(), "only".to_owned());
        let metric = Metric { name, at: at(number * DAY), id, host: None, expires: None };
        metric.create().send(db).await.expect("the item is written");
    }
}

#[test]
fn no_more_requests_are_under_way_than_asked_for() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let counts = InFlight::default();
            let plain = table(engine, "no_more_requests_are_under_way_than_asked_for").await;
            fill(&plain).await;
            let db = &Spreads::db(counts.client(plain.client())).with_clock(|| at(0));
            for concurrency in 1..=9 {
                counts.take();
                let all = Activity::by_org("acme").concurrency(concurrency).all(db).await.expect("all are read");
                assert_eq!((all.len(), counts.take()), (20, (concurrency.min(4), 4)));
                let count = Activity::by_org("acme").concurrency(concurrency).count(db).await.expect("all are counted");
                assert_eq!((count, counts.take()), (20, (concurrency.min(4), 4)));
                let days = Metric::by_name("cpu").at(at(0)..at(20 * DAY)).concurrency(concurrency);
                let all = days.clone().all(db).await.expect("all are read");
                assert_eq!((all.len(), counts.take()), (20, (concurrency, 20)));
                let first = days.clone().first(db).await.expect("one is read");
                assert_eq!((first.as_ref(), counts.take()), (all.first(), (1, 1)));
                // The range ends before the item of its last day.
                let empty = Metric::by_name("cpu").at(at(-15 * DAY)..at(0)).concurrency(concurrency);
                assert_eq!(empty.first(db).await.expect("none is there"), None);
                let (most, sent) = counts.take();
                assert!(most <= concurrency && sent == 15, "{most} of {sent}");
            }
            // The default.
            Metric::by_name("cpu").at(at(0)..=at(20 * DAY)).all(db).await.expect("all are read");
            assert_eq!(counts.take(), (8, 21));
            Activity::by_org("acme").concurrency(0).all(db).await.expect("all are read");
            assert_eq!(counts.take(), (1, 4));
            // A page asks each shard once.
            let page = Activity::by_org("acme").limit(5).page(db).await.expect("the page is read");
            assert_eq!((page.items.len(), counts.take()), (5, (4, 4)));
            // What is empty is not sent.
            let none = Metric::by_name("cpu").at(at(5)..at(5)).all(db).await.expect("nothing is read");
            let zero = Activity::by_org("acme").limit(0).all(db).await.expect("nothing is read");
            assert_eq!((none.len(), zero.len(), counts.take()), (0, 0, (0, 0)));
        });
    });
}

#[test]
fn a_request_says_what_it_sends() {
    let query = Activity::by_org("acme").at(at(0)..at(60)).descending().limit(20);
    let text = query.clone().explain().to_string();
    let key = "Query PK = \"ORG#acme#0\" AND SK BETWEEN \"AT#2100-01-01T00:00:00.000Z\" AND \"AT#2100-01-01T00:01:00.000Z\" |";
    assert!(text.starts_with(key), "{text}");
    assert!(text.ends_with(" | forward false | limit 21 | first of 4 requests"), "{text}");
    assert_eq!(query.clone().explain().requests(), 4);
    let requests = query.into_sdk().expect("it can be built");
    let partitions: Vec<String> =
        requests.iter().map(|request| request.explanation().to_string()[..24].to_owned()).collect();
    assert_eq!(partitions, [0, 1, 2, 3].map(|shard| format!("Query PK = \"ORG#acme#{shard}\" ")));
    assert!(requests.iter().all(|request| request.get_limit() == &Some(21)));

    let days = Metric::by_name("cpu").at(at(0)..at(3 * DAY)).into_sdk().expect("it can be built");
    let days: Vec<String> = days.iter().map(|request| request.explanation().to_string()[11..38].to_owned()).collect();
    assert_eq!(days, [1, 2, 3].map(|day| format!("\"METRIC#cpu#DAY#2100-01-{day:02}\"")));

    let both = Metric::by_host("web").at(at(-1)..=at(0)).explain().to_string();
    assert!(both.starts_with("Query GSI1 GSI1PK = \"HOST#web#2099-12-31T23#0\""), "{both}");
    assert!(both.ends_with(" | first of 6 requests"), "{both}");

    let empty = Metric::by_name("cpu").at(at(5)..at(4));
    assert_eq!(
        empty.explain().to_string(),
        "Query: not sent: `Metric` query: key attribute `SK`: the range is empty, so there is nothing to send"
    );
    let endless = Metric::by_name("cpu").at(Timestamp::MIN..Timestamp::MAX);
    let reason = "`Metric` query: key attribute `PK`: the range asks for 3652425 partitions, and one query reads at most \
                  10000; give a shorter range";
    assert_eq!(endless.clone().explain().unsent(), Some(reason));
    assert_eq!(endless.into_sdk().map(drop).unwrap_err().to_string(), reason);
    let most = Metric::by_name("cpu").at(at(0)..at(10_000 * DAY)).into_sdk().expect("it can be built");
    assert_eq!(most.len(), 10_000);
}

/// The SDK tries again what fails for a while; what fails in the end is an error, and what comes before it is given.
#[test]
fn a_fault_in_one_shard_loses_nothing() {
    with_engine(|engine, runtime| {
        let unfaulted = runtime.block_on(async {
            let db = table(engine, "a_fault_in_one_shard_loses_nothing").await;
            fill(&db).await;
            db
        });
        let plan = FaultPlan::new([]);
        let db = Spreads::db(plan.client(unfaulted.client(), RetryConfig::standard().with_max_attempts(3)))
            .with_clock(|| at(0));
        let activities: Vec<Activity> = (0..20).map(activity).collect();
        let case = (schedules(12), 0..30_usize, 1..8_usize, 1..6_usize, any::<bool>());
        TestRunner::new(cases(100))
            .run(&case, |(faults, fails_after, concurrency, limit, of_days)| {
                plan.heal();
                plan.append(faults);
                plan.append(vec![Fault::None; fails_after]);
                // From here on, nothing is answered until it is mended.
                plan.afterwards(Fault::Reset);
                runtime.block_on(async {
                    if of_days {
                        let query = Metric::by_name("cpu").at(at(0)..at(20 * DAY)).concurrency(concurrency);
                        let given: Vec<_> = query.clone().stream(&db).collect().await;
                        let items = given.iter().take_while(|item| item.is_ok()).count();
                        assert!(given[..items].iter().enumerate().all(|(day, item)| {
                            item.as_ref()
                                .is_ok_and(|metric| Some(metric.at) == i64::try_from(day).ok().map(|day| at(day * DAY)))
                        }));
                        assert!(
                            given.len() == 20 && items == 20 || given.len() == items + 1,
                            "{items} of {}",
                            given.len()
                        );
                        return;
                    }
                    let query = Activity::by_org("acme").concurrency(concurrency);
                    if let Ok(all) = query.clone().all(&db).await {
                        assert_eq!(all, activities);
                    }
                    let (mut found, mut next) = (Vec::new(), None);
                    loop {
                        let page = match query.clone().limit(limit).after(next.clone()).page(&db).await {
                            Ok(page) => page,
                            Err(error) => {
                                assert!(!matches!(error, Error::Cursor(_) | Error::Decode(_)), "{error:?}");
                                plan.heal();
                                continue;
                            }
                        };
                        found.extend(page.items);
                        next = page.next;
                        if next.is_none() {
                            break;
                        }
                    }
                    assert_eq!(found, activities);
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

#[test]
fn an_item_that_cannot_be_read_is_reported_in_its_place() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let db = &table(engine, "an_item_that_cannot_be_read_is_reported_in_its_place").await;
            for number in 0..20 {
                let mut item = activity(number).to_item().expect("it has a form");
                if number == 13 {
                    item.insert("actor".to_owned(), AttributeValue::M(HashMap::new()));
                }
                let put = db.client().put_item().table_name(db.table_name()).set_item(Some(item));
                put.send().await.expect("the item is written");
            }
            let given: Vec<_> = Activity::by_org("acme").stream(db).collect().await;
            assert_eq!(given.len(), 14);
            assert!(given[..13].iter().all(Result::is_ok) && matches!(given[13], Err(Error::Decode(_))), "{given:?}");
            let page = Activity::by_org("acme").limit(13).page(db).await.expect("it lies behind the page");
            assert_eq!(page.items.len(), 13);
            let error =
                Activity::by_org("acme").limit(13).after(page.next).page(db).await.expect_err("it is on the page");
            assert!(matches!(error, Error::Decode(_)), "{error}");
            let rest: Vec<_> = Activity::by_org("acme").descending().stream(db).collect().await;
            assert_eq!(rest.iter().filter(|item| item.is_ok()).count(), 6);
        });
    });
}
