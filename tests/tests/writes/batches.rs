//! Batches: any number of keys in their order, any number of writes, and how far they are.

use std::sync::{Arc, Mutex};

use dynamo_model::{
    Error,
    op::{Lookup, Progress},
    prelude::*,
};
use dynamo_model_tests::on_engine;

use crate::world::{Counter, CounterKey, Session, SessionFields, SessionKey, Work, at, counter, open, session};

/// What a batch tells its observer.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<(usize, usize)>>>);

impl Told {
    fn observer(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let told = Arc::clone(&self.0);
        move |progress| told.lock().expect("no test panics here").push((progress.done, progress.total))
    }

    fn told(&self) -> Vec<(usize, usize)> {
        self.0.lock().expect("no test panics here").clone()
    }
}

fn name(number: usize) -> String {
    format!("c{number:03}")
}

fn numbered(number: usize) -> Counter {
    Counter { value: i64::try_from(number).expect("few"), ..counter(&name(number)) }
}

#[test]
fn a_batch_writes_any_number_of_items() {
    on_engine("a_batch_writes_any_number_of_items", async |client| {
        let (db, _) = open(client).await;
        let told = Told::default();
        let puts = Work::batch_write().put_all((0..130).map(numbered)).observe(told.observer());
        assert_eq!((puts.len(), puts.is_empty()), (130, false));
        puts.send(&db).await.unwrap();
        let told = told.told();
        assert_eq!(told.len(), 6, "25 a request: {told:?}");
        assert_eq!(told.last(), Some(&(130, 130)));
        assert!(told.is_sorted() && told.iter().all(|(_, total)| *total == 130), "{told:?}");
        assert_eq!(Counter::scan().count(&db).await.unwrap(), 130);

        let mixed = Work::batch_write()
            .delete_all((0..100).map(|number| CounterKey::new(name(number))))
            .put(Counter { value: 7, ..numbered(100) })
            .delete(CounterKey::new("never there".to_owned()));
        mixed.send(&db).await.unwrap();
        assert_eq!(Counter::scan().count(&db).await.unwrap(), 30);
        assert_eq!(Counter::get(&name(100)).send(&db).await.unwrap().unwrap().value, 7);
        Work::batch_write().send(&db).await.unwrap();
    });
}

#[test]
fn a_batch_reads_any_number_of_keys_in_their_order() {
    on_engine("a_batch_reads_any_number_of_keys_in_their_order", async |client| {
        let (db, _) = open(client).await;
        Work::batch_write().put_all((0..130).map(numbered)).send(&db).await.unwrap();
        // Every key up to 149 once in an order of its own, then a hundred again; from 130 on there is nothing.
        let numbers: Vec<usize> = (0..250).map(|at| at * 7 % 150).collect();
        let keys = || numbers.iter().map(|number| CounterKey::new(name(*number)));
        let expected: Vec<Option<Counter>> =
            numbers.iter().map(|number| (*number < 130).then(|| numbered(*number))).collect();

        let told = Told::default();
        let found = Counter::batch_get(keys()).consistent().observe(told.observer()).all(&db).await.unwrap();
        assert_eq!(found, expected);
        assert_eq!(told.told(), [(100, 150), (150, 150)], "each key is asked for once");

        let lookups = Counter::batch_get(keys()).send(&db).await.unwrap();
        for ((lookup, number), expected) in lookups.into_iter().zip(&numbers).zip(&expected) {
            let right = match expected {
                Some(counter) => Lookup::Found(counter.clone()),
                None => Lookup::Missing(CounterKey::new(name(*number))),
            };
            assert_eq!(lookup, right);
        }

        let fields = Counter::batch_get(keys()).project(|c| (c.value(), c.name())).all(&db).await.unwrap();
        let right: Vec<_> =
            expected.into_iter().map(|counter| counter.map(|counter| (counter.value, counter.name))).collect();
        assert_eq!(fields, right);
        assert_eq!(Counter::batch_get([]).all(&db).await.unwrap(), []);
    });
}

#[test]
fn a_batch_gives_nothing_that_has_expired() {
    on_engine("a_batch_gives_nothing_that_has_expired", async |client| {
        let (db, clock) = open(client).await;
        let lasting = session(1).create().send(&db).await.unwrap();
        Session { expires_at: Some(at(5).into()), ..session(2) }.create().send(&db).await.unwrap();
        clock.set(at(5));
        let keys = || [2, 1, 2].map(|session| SessionKey::new(1, session));
        assert_eq!(Session::batch_get(keys()).all(&db).await.unwrap(), [None, Some(lasting), None]);
        let hits = Session::batch_get(keys()).project(SessionFields::hits).all(&db).await.unwrap();
        assert_eq!(hits, [None, Some(0), None]);
    });
}

#[test]
fn a_batch_with_one_item_twice_is_given_back() {
    on_engine("a_batch_with_one_item_twice_is_given_back", async |client| {
        let (db, _) = open(client).await;
        let batch = Work::batch_write()
            .put_all((0..40).map(numbered))
            .delete(CounterKey::new(name(3)))
            .put_all((40..50).map(numbered));
        let error = batch.send(&db).await.unwrap_err();
        assert_eq!((error.done(), error.left()), (0, 51));
        let Some(Error::SameItem(same)) = error.error() else { panic!("{error:?}") };
        assert_eq!(same.positions(), (3, 40));
        assert!(same.to_string().contains("3 (`Counter` put) and 40 (`Counter` delete)"), "{same}");
        assert_eq!(Counter::scan().count(&db).await.unwrap(), 0);

        let rest = error.into_rest();
        assert_eq!(rest.len(), 51);
        let again = Error::from(rest.send(&db).await.unwrap_err());
        assert!(matches!(&again, Error::SameItem(same) if same.positions() == (3, 40)), "{again:?}");
        assert_eq!(Counter::scan().count(&db).await.unwrap(), 0);
    });
}
