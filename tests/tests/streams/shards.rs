//! Shards that are split while they are read: every record is given once, those of an item in order.

use std::{collections::BTreeMap, time::Duration};

use dynamo_model::{
    Error,
    change::{ChangeStream, Follow},
    engine::Embedded,
    prelude::*,
};
use futures_util::StreamExt as _;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use tokio::runtime::Runtime;

use crate::{
    cases::cases,
    fake::{ARN, Event, Fake},
    world::{User, Work},
};

const PAUSE: Duration = Duration::from_millis(10);

fn write() -> impl Strategy<Value = Event> {
    (0..16_u32).prop_map(Event::Write)
}

fn split() -> impl Strategy<Value = Event> {
    (0..16_u32, 1..3_u32).prop_map(|(id, children)| Event::Split(id, children))
}

/// Pages without records come, but not for ever.
fn pages() -> impl Strategy<Value = Vec<usize>> {
    vec(prop_oneof![1 => Just(0), 5 => 1..4_usize], 1..5).prop_map(|mut pages| {
        pages.push(2);
        pages
    })
}

/// A table that is asked for nothing but its name.
fn table() -> Db<Work> {
    Work::db(Embedded::memory().unwrap().client())
}

fn follow(db: &Db<Work>, fake: &Fake) -> Follow<Work> {
    db.follow(&fake.client()).arn(ARN).every(PAUSE).until_idle(PAUSE * 6)
}

/// The ids and numbers of the changes, and the error at the end if there is one.
async fn read(changes: ChangeStream<Work>) -> (Vec<(u32, u64)>, Option<Error>) {
    let mut changes = changes.collect::<Vec<_>>().await;
    let error = changes.pop_if(|last| last.is_err()).and_then(Result::err);
    let given = changes.into_iter().map(|change| {
        let change = change.unwrap();
        let Some(Work::User(User { id, email, .. })) = change.new_image() else { panic!("{change:?}") };
        assert_eq!(change.record().sequence_number.as_ref(), Some(email));
        (*id, email.parse().unwrap())
    });
    (given.collect(), error)
}

fn by_item(records: &[(u32, u64)]) -> BTreeMap<u32, Vec<u64>> {
    let mut items = BTreeMap::<_, Vec<_>>::new();
    for (id, number) in records {
        items.entry(*id).or_default().push(*number);
    }
    items
}

/// The shards of an item were listed from the oldest to the newest, so its records are in order.
fn expected(fake: &Fake, from: u64) -> BTreeMap<u32, Vec<u64>> {
    let records: Vec<_> = fake.records().into_iter().filter(|(_, number)| *number > from).collect();
    by_item(&records)
}

#[test]
fn every_record_is_given_once_and_those_of_an_item_in_order() {
    let (runtime, db) = (Runtime::new().unwrap(), table());
    let event = || prop_oneof![8 => write(), 2 => split(), 1 => Just(Event::Expire)];
    let story = (vec(event(), 0..30), vec(event(), 0..60), pages(), 1..4_usize, 0..3_usize);
    TestRunner::new(cases(100))
        .run(&story, |(before, meanwhile, pages, listed, trimmed)| {
            let fake = Fake::new(pages, listed);
            fake.happen(before);
            (0..trimmed).for_each(|_| fake.trim());
            fake.happen_later(meanwhile);
            let (given, error) = runtime.block_on(async { read(follow(&db, &fake).start().await.unwrap()).await });
            prop_assert!(error.is_none(), "{error:?}");
            prop_assert_eq!(by_item(&given), expected(&fake, 0));
            Ok(())
        })
        .unwrap();
}

#[test]
fn from_the_latest_on_nothing_older_is_given_and_nothing_newer_left_out() {
    let (runtime, db) = (Runtime::new().unwrap(), table());
    let event = || prop_oneof![8 => write(), 2 => split()];
    let story = (vec(event(), 0..30), vec(event(), 0..60), pages(), 1..4_usize);
    TestRunner::new(cases(100))
        .run(&story, |(before, meanwhile, pages, listed)| {
            let fake = Fake::new(pages, listed);
            fake.happen(before);
            let last = fake.records().iter().map(|(_, number)| *number).max().unwrap_or_default();
            let (given, error) = runtime.block_on(async {
                let changes = follow(&db, &fake).from_latest().start().await.unwrap();
                // Before the first change is asked for.
                fake.happen(meanwhile);
                read(changes).await
            });
            prop_assert!(error.is_none(), "{error:?}");
            prop_assert_eq!(by_item(&given), expected(&fake, last));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_busy_shard_keeps_nobody_from_new_ones() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![1], 2));
        fake.happen([Event::Split(0, 2)]);
        let changes = follow(&db, &fake).start().await.unwrap();
        fake.happen([Event::Write(1), Event::Split(1, 1), Event::Write(1)]);
        fake.happen_later(vec![Event::Write(0); 100]);
        let (given, error) = read(changes).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(given.iter().take(20).filter(|(id, _)| *id == 1).count(), 2, "{given:?}");
    });
}

#[test]
fn a_stream_that_was_switched_off_ends_without_being_asked_to() {
    Runtime::new().unwrap().block_on(async {
        let fake = Fake::new(vec![1], 2);
        fake.happen([Event::Write(1), Event::Split(1, 2), Event::Write(1), Event::Write(2)]);
        fake.disable();
        let (given, error) = read(table().follow(&fake.client()).arn(ARN).start().await.unwrap()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(by_item(&given), expected(&fake, 0));
        assert_eq!(given.len(), 3);
    });
}

#[test]
fn what_would_leave_out_records_is_an_error_and_the_end() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![1], 2));
        let changes = follow(&db, &fake).from_latest().start().await.unwrap();
        fake.happen([Event::Write(1), Event::Expire]);
        let (given, error) = read(changes).await;
        let Some(Error::Service(error)) = error else { panic!("{error:?}") };
        assert_eq!((given.len(), error.code()), (0, Some("ExpiredIteratorException")));

        let mut changes = follow(&db, &fake).start().await.unwrap();
        fake.happen([Event::Write(1), Event::Split(1, 1)]);
        assert!(changes.next().await.unwrap().is_ok());
        fake.trim();
        let (given, error) = read(changes).await;
        let Some(Error::Service(error)) = error else { panic!("{error:?}") };
        assert_eq!((given.len(), error.code()), (0, Some("TrimmedDataAccessException")));
        assert!(error.to_string().starts_with("follow on table `work`: "), "{error}");
    });
}

#[test]
fn a_shard_that_leaves_before_it_is_read_is_passed_over() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![1], 2));
        // Before its first page is asked for.
        fake.happen([Event::Write(1), Event::Split(1, 1), Event::Write(1)]);
        let changes = follow(&db, &fake).start().await.unwrap();
        fake.trim();
        let (given, error) = read(changes).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(given, [(1, 2)]);

        // After a page that held nothing.
        let fake = Fake::new(vec![0, 1], 2);
        fake.happen([Event::Write(1), Event::Split(1, 1), Event::Write(1)]);
        fake.happen_later([Event::Trim, Event::Write(1), Event::Write(1)]);
        let (given, error) = read(follow(&db, &fake).start().await.unwrap()).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(given, [(1, 2), (1, 3), (1, 4)]);
    });
}

#[test]
fn throttled_requests_are_sent_again_and_lose_nothing() {
    let (runtime, db) = (Runtime::new().unwrap(), table());
    let event = || prop_oneof![8 => write(), 2 => split(), 2 => (1..9_usize).prop_map(Event::Throttle)];
    let story = (vec(event(), 0..60), pages(), 1..4_usize, any::<bool>());
    TestRunner::new(cases(100))
        .run(&story, |(meanwhile, pages, listed, latest)| {
            let fake = Fake::new(pages, listed);
            fake.happen_later(meanwhile);
            fake.happen([Event::Throttle(3)]);
            let follow = follow(&db, &fake);
            let follow = if latest { follow.from_latest() } else { follow };
            let (given, error) = runtime.block_on(async { read(follow.start().await.unwrap()).await });
            prop_assert!(error.is_none(), "{error:?}");
            prop_assert_eq!(by_item(&given), expected(&fake, 0));
            Ok(())
        })
        .unwrap();

    let fake = Fake::new(vec![1], 1);
    fake.happen([Event::Throttle(1_000_000)]);
    let error = runtime.block_on(follow(&db, &fake).start()).map(drop).unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error:?}");
}

#[test]
fn what_is_written_after_the_start_is_given_though_the_start_was_throttled() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![2], 2));
        fake.happen([Event::Write(1), Event::Split(1, 2), Event::Write(1), Event::ThrottleIterators(5)]);
        let changes = follow(&db, &fake).from_latest().start().await.unwrap();
        fake.happen([Event::Write(0), Event::Write(1)]);
        let (given, error) = read(changes).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(by_item(&given), expected(&fake, 2));
    });
}

#[test]
fn a_pause_without_end_is_no_panic() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![1], 1));
        let follow = db.follow(&fake.client()).arn(ARN).every(Duration::MAX).until_idle(Duration::MAX);
        let (given, error) = read(follow.start().await.unwrap()).await;
        assert!(given.is_empty() && error.is_none(), "{error:?}");
    });
}

#[test]
fn a_stream_that_is_not_there_is_named_as_one() {
    Runtime::new().unwrap().block_on(async {
        let (db, fake) = (table(), Fake::new(vec![1], 1));
        let error = follow(&db, &fake).arn("arn:aws:dynamodb:eu-central-1:123456789012:table/work/stream/none");
        let Err(Error::Service(error)) = error.start().await else { panic!("there is no such stream") };
        assert_eq!(error.code(), Some("ResourceNotFoundException"));
        assert!(error.to_string().contains("no such stream"), "{error}");
    });
}
