//! Calls of many items, whatever befalls their requests: what was done and what was not is told exactly.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use aws_sdk_dynamodb::Client;
use dynamo_model::op::Lookup;
use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::faults::{Fault, FaultPlan, schedules};
use dynamo_model_tests::with_engine;
use futures_util::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::cases::cases;
use super::model::State;
use super::perform::is_of_the_weather;
use super::retries::three_attempts;
use super::stored::{clear, read};
use super::world::{Cell, Change, Kind, Plain, Row, Unique, Versioned, World, db};

/// Runs a property on one table.
fn property<S: Strategy>(
    test: &str,
    strategy: &S,
    body: impl AsyncFn(&Client, &Db<World>, &S::Value) -> Result<(), TestCaseError>,
) {
    with_engine(move |engine, runtime| {
        let client = engine.client(test);
        let clean = db(client.clone());
        runtime.block_on(clean.create_table()).expect("the table is created");
        let result = TestRunner::new(cases(64)).run(strategy, |value| {
            runtime.block_on(async {
                clear(&clean).await;
                body(&client, &clean, &value).await
            })
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    });
}

fn faulty(client: &Client, faults: &[Fault]) -> (FaultPlan, Db<World>) {
    let plan = FaultPlan::new(faults.iter().copied());
    let db = db(plan.client(client, three_attempts()));
    (plan, db)
}

fn row(text: &str) -> Row {
    Row { text: text.to_owned(), ..Row::default() }
}

async fn fill(clean: &Db<World>, ids: &[u8], text: &str) {
    let puts = ids.iter().map(|id| Plain::of(*id, &row(text)));
    World::batch_write().put_all(puts).send(clean).await.expect("the items are stored");
}

fn ids(most: usize) -> impl Strategy<Value = Vec<u8>> {
    subsequence((0..120).collect::<Vec<u8>>(), 0..=most)
}

/// How many of the puts and deletes can be seen.
fn seen(state: &State, puts: &[u8], deletes: &[u8]) -> usize {
    let is_put = |id: &&u8| state.get(&(Kind::Plain, **id)).is_some_and(|row| row.text == "new");
    let is_deleted = |id: &&u8| !state.contains_key(&(Kind::Plain, **id));
    puts.iter().filter(is_put).count() + deletes.iter().filter(is_deleted).count()
}

#[test]
fn a_batch_does_all_or_gives_back_the_rest() {
    let strategy = (ids(90), ids(60), 1..5_usize, schedules(0..30));
    let test = "a_batch_does_all_or_gives_back_the_rest";
    property(test, &strategy, async |client, clean, (puts, deletes, at_once, faults)| {
        let deletes: Vec<u8> = deletes.iter().copied().filter(|id| !puts.contains(id)).collect();
        fill(clean, &deletes, "old").await;
        let (plan, db) = faulty(client, faults);
        let batch = World::batch_write()
            .put_all(puts.iter().map(|id| Plain::of(*id, &row("new"))))
            .delete_all(deletes.iter().map(|id| Plain::key_of(*id)))
            .concurrency(NonZeroUsize::new(*at_once).expect("one at least"));
        let total = batch.len();
        let sent = batch.send(&db).await;
        plan.heal();
        let visible = seen(&read(clean).await.map_err(TestCaseError::fail)?, puts, &deletes);
        match sent {
            Ok(()) => prop_assert_eq!(visible, total),
            Err(error) => {
                prop_assert_eq!(error.done() + error.left(), total);
                prop_assert!(error.left() > 0);
                match error.error() {
                    // DynamoDB said that it did none of the rest.
                    None => prop_assert_eq!(visible, error.done()),
                    // Of what was under way when it failed, some may be done.
                    Some(failed) => prop_assert!(is_of_the_weather(failed) && visible >= error.done(), "{failed:?}"),
                }
                // As many as are not to be seen at least, so these are those.
                error.into_rest().send(&db).await.expect("the rest is written");
                let after = read(clean).await.map_err(TestCaseError::fail)?;
                prop_assert_eq!(seen(&after, puts, &deletes), total);
            }
        }
        Ok(())
    });
}

#[test]
fn a_batch_of_reads_tells_of_each_key() {
    let stored = subsequence((0..=u8::MAX).collect::<Vec<u8>>(), 0..=256);
    let strategy = (stored, vec(any::<u8>(), 0..400), 1..5_usize, schedules(0..30));
    let test = "a_batch_of_reads_tells_of_each_key";
    property(test, &strategy, async |client, clean, (stored, asked, at_once, faults)| {
        fill(clean, stored, "old").await;
        let (plan, db) = faulty(client, faults);
        let at_once = NonZeroUsize::new(*at_once).expect("one at least");
        let keys = || asked.iter().map(|id| Plain::key_of(*id));
        let expected = |id: &u8| stored.contains(id).then(|| Plain::of(*id, &row("old")));
        match Plain::batch_get(keys()).consistent().concurrency(at_once).send(&db).await {
            Ok(lookups) => {
                prop_assert_eq!(lookups.len(), asked.len());
                for (id, lookup) in asked.iter().zip(lookups) {
                    match (lookup, expected(id)) {
                        (Lookup::Found(found), Some(stored)) => prop_assert_eq!(found, stored),
                        (Lookup::Missing(key), None) | (Lookup::Unprocessed(key), _) => {
                            prop_assert_eq!(key, Plain::key_of(*id));
                        }
                        other => prop_assert!(false, "{id}: {other:?}"),
                    }
                }
            }
            Err(error) => prop_assert!(is_of_the_weather(&error), "{error:?}"),
        }
        let unique = asked.iter().collect::<BTreeSet<_>>().len();
        match Plain::batch_get(keys()).consistent().concurrency(at_once).all(&db).await {
            Ok(found) => prop_assert_eq!(found, asked.iter().map(expected).collect::<Vec<_>>()),
            Err(Error::Unprocessed(error)) => prop_assert!((1..=asked.len()).contains(&error.left())),
            Err(error) => prop_assert!(is_of_the_weather(&error), "{error:?}"),
        }
        plan.heal();
        plan.forget();
        let found = Plain::batch_get(keys()).consistent().all(&db).await.expect("the items are read");
        prop_assert_eq!(found, asked.iter().map(expected).collect::<Vec<_>>());
        prop_assert_eq!(plan.attempts().len(), unique.div_ceil(100));
        Ok(())
    });
}

/// Two items are written together again and again, and never read apart.
#[test]
fn a_transaction_is_read_whole() {
    let strategy = (vec(any::<bool>(), 1..8), schedules(0..40));
    let test = "a_transaction_is_read_whole";
    property(test, &strategy, async |client, clean, (steps, faults)| {
        Plain::of(0, &row("a")).create().send(clean).await.expect("it is created");
        Versioned::of(0, &row("a")).create().send(clean).await.expect("it is created");
        let (_, db) = faulty(client, faults);
        let add = Change::Add(1);
        let results = join_all(steps.iter().map(async |writes| {
            if *writes {
                let plain = Plain::changed(Plain::key_of(0).update(), &add);
                let versioned = Versioned::changed(Versioned::key_of(0).update(), &add);
                World::transaction().and(plain).and(versioned).send(&db).await.map(|()| None)
            } else {
                World::transact_get((Plain::key_of(0).get(), Versioned::key_of(0).get())).send(&db).await.map(Some)
            }
        }))
        .await;
        let (mut least, mut most) = (0, 0);
        for result in results {
            match result {
                Ok(Some((Some(plain), Some(versioned)))) => {
                    prop_assert_eq!(plain.row().points, versioned.row().points);
                }
                Ok(None) => (least, most) = (least + 1, most + 1),
                Err(Error::Transaction(cancelled)) => prop_assert_eq!(cancelled.reasons().len(), 2),
                Err(error) if is_of_the_weather(&error) || matches!(error, Error::OutcomeUnknown(_)) => most += 1,
                other => prop_assert!(false, "{other:?}"),
            }
        }
        let state = read(clean).await.map_err(TestCaseError::fail)?;
        let points = state.values().map(|row| row.points).collect::<BTreeSet<_>>();
        prop_assert_eq!(points.len(), 1);
        prop_assert!(points.iter().all(|points| (least..=most).contains(points)), "{points:?} of {least} to {most}");
        Ok(())
    });
}

#[test]
fn a_query_reads_every_item_once() {
    let strategy = (ids(40), 1..15_usize, schedules(0..30));
    property("a_query_reads_every_item_once", &strategy, async |client, clean, (stored, limit, faults)| {
        fill(clean, stored, "same").await;
        let expected: Vec<_> = stored.iter().map(|id| Plain::of(*id, &row("same"))).collect();
        let (_, db) = faulty(client, faults);
        match Plain::by_text("same").all(&db).await {
            Ok(found) => prop_assert_eq!(&found, &expected),
            Err(error) => prop_assert!(is_of_the_weather(&error), "{error:?}"),
        }
        // A page that cannot be read is asked for again.
        let (mut found, mut cursor, mut tries) = (Vec::new(), None, 0);
        loop {
            match Plain::by_text("same").limit(*limit).after(cursor.clone()).page(&db).await {
                Ok(page) => {
                    found.extend(page.items);
                    cursor = page.next;
                    if cursor.is_none() {
                        break;
                    }
                }
                Err(error) => prop_assert!(is_of_the_weather(&error), "{error:?}"),
            }
            tries += 1;
            prop_assert!(tries < 100);
        }
        prop_assert_eq!(&found, &expected);
        let mut all = Vec::new();
        while let Err(error) = Plain::scan().all(&db).await.map(|scanned| all = scanned) {
            prop_assert!(is_of_the_weather(&error), "{error:?}");
        }
        all.sort_by_key(|item| item.id);
        prop_assert_eq!(all, expected);
        Ok(())
    });
}

/// Of several that create one item, or items with one unique value, one does at most.
#[test]
fn one_of_several_creates() {
    let strategy = (2..5_u8, any::<bool>(), schedules(0..30));
    property("one_of_several_creates", &strategy, async |client, clean, (racers, by_value, faults)| {
        let (_, db) = faulty(client, faults);
        let ours = |racer: u8| row(&format!("t{racer}"));
        let email = Some("m".to_owned());
        let results = join_all((0..*racers).map(async |racer| {
            if *by_value {
                let unique = Unique::of(racer, &Row { email: email.clone(), ..ours(racer) });
                unique.create().send(&db).await.map(|_| ())
            } else {
                Plain::of(0, &ours(racer)).create().send(&db).await.map(|_| ())
            }
        }))
        .await;
        let state = read(clean).await.map_err(TestCaseError::fail)?;
        prop_assert!(state.len() <= 1);
        let winner = state.values().next().map(|row| row.text.clone());
        for (racer, result) in (0..*racers).zip(results) {
            let is_there = winner == Some(ours(racer).text);
            match result {
                Ok(()) => prop_assert!(is_there, "{racer} of {state:?}"),
                Err(Error::AlreadyExists(_) | Error::NotUnique(_) | Error::Transaction(_)) => {
                    prop_assert!(!is_there, "{racer} of {state:?}");
                }
                Err(error) => {
                    prop_assert!(is_of_the_weather(&error) || matches!(error, Error::OutcomeUnknown(_)), "{error:?}");
                }
            }
        }
        Ok(())
    });
}
