//! Following the stream of a table.

use std::time::Duration;

use aws_sdk_dynamodb::types::{
    AttributeValue::{M, N, S},
    StreamSpecification, StreamViewType,
};
use dynamo_model::{
    Error,
    change::{Change, Removed},
    engine::Embedded,
    prelude::*,
    schema::StreamView,
    value::Item,
};
use dynamo_model_tests::{Engine, EngineKind, with_engine};
use futures_util::{StreamExt as _, TryStreamExt as _, join};

use crate::world::{Task, User, Work, all, open, task, user};

/// Runs a test's body on the chosen engine.
fn on_engine(body: impl AsyncFnOnce(&Engine)) {
    with_engine(|engine, runtime| runtime.block_on(body(engine)));
}

/// Writes an item as it is, past the library.
async fn plant(db: &Db<Work>, item: Item) {
    db.client().put_item().table_name("work").set_item(Some(item)).send().await.expect("the item is written");
}

/// An item with one attribute replaced.
fn with(mut item: Item, name: &str, value: aws_sdk_dynamodb::types::AttributeValue) -> Item {
    item.insert(name.to_owned(), value);
    item
}

async fn set_stream(db: &Db<Work>, view: Option<StreamViewType>) {
    let stream = StreamSpecification::builder().stream_enabled(view.is_some()).set_stream_view_type(view);
    let request = db.client().update_table().table_name("work").stream_specification(stream.build().unwrap());
    request.send().await.expect("the stream is set");
}

#[test]
fn changes_are_given_with_what_was_and_what_is() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "changes_are_given").await;
        let first = task(1).create().send(&db).await.unwrap();
        let second = Task::update("p", &1).set(|t| t.title().to("rewrite")).returning_new().send(&db).await.unwrap();
        Task::delete("p", &1).send(&db).await.unwrap();
        let (changes, skipped) = all(&db, &streams).await.unwrap();
        let [
            Change::Insert { new, .. },
            Change::Modify { old, new: after, .. },
            Change::Remove { old: last, cause, .. },
        ] = &changes[..]
        else {
            panic!("{changes:?}")
        };
        let [first, second] = [first, second].map(|task| Some(Work::Task(task)));
        assert_eq!((new, old, after, last), (&first, &first, &second, &second));
        assert_eq!((*cause, skipped.total()), (Removed::Deleted, 0));
        let key = changes[0].key();
        assert_eq!(Task::parse_key(&key.partition, key.sort.as_deref().unwrap()).unwrap(), task(1).key());
        assert_eq!(changes[0].record().view, Some(StreamView::NewAndOldImages));
    });
}

#[test]
fn what_holds_unique_values_is_not_given() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "what_holds_unique_values").await;
        user(1).create().send(&db).await.unwrap();
        let update = User::update(&1).set(|u| u.email().to("x").given_email("1@example.org").given_expires(None));
        update.send(&db).await.unwrap();
        User::delete(&1).send(&db).await.unwrap();
        let (changes, skipped) = all(&db, &streams).await.unwrap();
        assert_eq!((changes.len(), skipped.unknown, skipped.held), (3, 0, 4));
    });
}

#[test]
fn a_view_without_an_image_gives_none() {
    on_engine(async |engine| {
        let views = [
            (StreamViewType::KeysOnly, StreamView::KeysOnly, [false, false]),
            (StreamViewType::NewImage, StreamView::NewImage, [false, true]),
            (StreamViewType::OldImage, StreamView::OldImage, [true, false]),
        ];
        for (asked, view, [has_old, has_new]) in views {
            let (db, streams) = open(engine, "a_view_without_an_image").await;
            set_stream(&db, None).await;
            set_stream(&db, Some(asked)).await;
            task(1).create().send(&db).await.unwrap();
            Task::update("p", &1).set(|t| t.points().add(1)).send(&db).await.unwrap();
            Task::delete("p", &1).send(&db).await.unwrap();
            user(1).create().send(&db).await.unwrap();
            User::delete(&1).send(&db).await.unwrap();

            // What holds a unique value is told by its key where there is no image.
            let (changes, skipped) = all(&db, &streams).await.unwrap();
            assert_eq!((changes.len(), skipped.unknown, skipped.held), (5, 0, 2), "{view:?}");
            for change in &changes {
                assert_eq!(change.record().view, Some(view));
                let (is_insert, is_remove) =
                    (matches!(change, Change::Insert { .. }), matches!(change, Change::Remove { .. }));
                assert_eq!(change.old_image().is_some(), has_old && !is_insert, "{change:?}");
                assert_eq!(change.new_image().is_some(), has_new && !is_remove, "{change:?}");
            }
        }
    });
}

#[test]
fn what_cannot_be_read_is_named_and_does_not_hide_the_rest() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "what_cannot_be_read").await;
        let item = |number| task(number).to_item().unwrap();
        plant(&db, with(item(1), "entityType", S("Later".to_owned()))).await;
        let untyped = item(2).into_iter().filter(|(name, _)| name != "entityType").collect();
        plant(&db, with(untyped, "limits", N("1".to_owned()))).await;
        let limits = M([("secret".to_owned(), S("secret".to_owned()))].into());
        plant(&db, with(item(3), "limits", limits)).await;
        plant(&db, with(item(4), "limits", M([("a".to_owned(), N("1".to_owned()))].into()))).await;
        plant(&db, item(5)).await;

        let mut stream = db.follow(&streams).until_idle(Duration::ZERO).start().await.unwrap();
        let mut errors = Vec::new();
        let last = loop {
            match stream.next().await.unwrap() {
                Err(Error::Change(error)) => errors.push(error),
                other => break other.unwrap(),
            }
        };
        assert!(matches!(last.new_image(), Some(Work::Task(Task { number: 5, .. }))), "{last:?}");
        assert!(stream.next().await.is_none());
        assert_eq!((stream.skipped().unknown, stream.skipped().held), (2, 0));
        assert_eq!(errors.len(), 2);
        for error in errors {
            let text = error.to_string();
            let item = error.item().unwrap();
            assert_eq!(item.entity(), "Task");
            assert!(item.path().unwrap().starts_with("limits."), "{text}");
            assert!(text.contains(error.sequence_number().unwrap()), "{text}");
            assert!(text.contains("`Task`") && text.contains("new image") && text.contains("`work`"), "{text}");
            assert!(!format!("{error:?}").contains("string: \"secret"), "{error:?}");
        }
    });
}

#[test]
fn from_the_latest_on_only_what_is_new_is_given() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "from_the_latest_on").await;
        task(1).create().send(&db).await.unwrap();
        let follow = db.follow(&streams).from_latest().every(Duration::from_millis(5)).until_idle(Duration::ZERO);
        let stream = follow.start().await.unwrap();
        task(2).create().send(&db).await.unwrap();
        let changes: Vec<_> = stream.try_collect().await.unwrap();
        let [Change::Insert { new: Some(Work::Task(task)), .. }] = &changes[..] else { panic!("{changes:?}") };
        assert_eq!(task.number, 2);
    });
}

#[test]
fn what_is_written_meanwhile_is_given_too() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "what_is_written_meanwhile").await;
        let follow = db.follow(&streams).every(Duration::from_millis(5)).until_idle(Duration::from_millis(500));
        let stream = follow.start().await.unwrap();
        let write = async {
            for number in 0..20 {
                task(number).create().send(&db).await.unwrap();
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let (changes, ()) = join!(stream.try_collect::<Vec<_>>(), write);
        let numbers = changes.unwrap().into_iter().map(|change| match change {
            Change::Insert { new: Some(Work::Task(task)), .. } => task.number,
            other => panic!("{other:?}"),
        });
        assert_eq!(numbers.collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
    });
}

#[test]
fn what_expired_was_not_deleted_by_anybody() {
    // Only the embedded engine deletes what has expired when it is told to.
    with_engine(|_, runtime| {
        runtime.block_on(async {
            let engine = Embedded::memory().unwrap();
            let (db, streams) = (Work::db(engine.client()), engine.streams_client());
            db.create_table().await.unwrap();
            let expired = User { expires: Some(EpochSeconds::from(1)), ..user(1) };
            plant(&db, expired.to_item().unwrap()).await;
            plant(&db, user(2).to_item().unwrap()).await;
            User::delete(&2).send(&db).await.unwrap();
            assert_eq!(engine.sweep_ttl().unwrap(), 1);
            let (changes, _) = all(&db, &streams).await.unwrap();
            let removed = changes.into_iter().filter_map(|change| match change {
                Change::Remove { old: Some(Work::User(user)), cause, .. } => Some((user.id, cause)),
                _ => None,
            });
            assert_eq!(removed.collect::<Vec<_>>(), [(2, Removed::Deleted), (1, Removed::Expired)]);
        });
    });
}

#[test]
fn a_write_that_changes_nothing_has_a_record_on_the_embedded_engine_only() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "a_write_that_changes_nothing").await;
        let item = user(1).to_item().unwrap();
        plant(&db, item.clone()).await;
        plant(&db, item).await;
        let (changes, _) = all(&db, &streams).await.unwrap();
        match engine.kind() {
            // DynamoDB and DynamoDB Local give no record of such a write.
            EngineKind::Embedded => {
                let [Change::Insert { .. }, Change::Modify { old, new, .. }] = &changes[..] else {
                    panic!("{changes:?}")
                };
                assert_eq!(old, new);
            }
            _ => assert!(matches!(changes[..], [Change::Insert { .. }]), "{changes:?}"),
        }
    });
}

#[test]
fn an_empty_map_in_an_image_is_unreadable_on_dynamodb_local_only() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "an_empty_map_in_an_image").await;
        let bare = Task { limits: [].into(), ..task(1) };
        bare.create().send(&db).await.unwrap();
        let changes = all(&db, &streams).await;
        match engine.kind() {
            EngineKind::Embedded => assert_eq!(changes.unwrap().0.len(), 1),
            // It writes `{}` for `{"M": {}}`. The day that this fails, the words about it can go.
            _ => assert!(matches!(changes, Err(Error::Service(_))), "{changes:?}"),
        }
    });
}

#[test]
fn a_stream_that_was_switched_off_is_read_to_its_end() {
    on_engine(async |engine| {
        let (db, streams) = open(engine, "a_stream_that_was_switched_off").await;
        user(1).create().send(&db).await.unwrap();
        let arn = db.stream_arn().await.unwrap();
        set_stream(&db, None).await;
        let started = db.follow(&streams).arn(&arn).every(Duration::from_millis(5)).start().await;
        if engine.kind() == EngineKind::Embedded {
            // There a stream is gone once it is off; DynamoDB keeps it for a day.
            assert!(matches!(started, Err(Error::Service(_))), "{started:?}");
        } else {
            let changes: Vec<_> = started.unwrap().try_collect().await.unwrap();
            assert!(matches!(changes[..], [Change::Insert { .. }]), "{changes:?}");
        }
    });
}

#[test]
fn a_table_without_a_stream_says_how_to_have_one() {
    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(name = "still", pk = "PK")]
    enum Still {
        Stone(Stone),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Still, pk = "STONE#{id}")]
    struct Stone {
        id: u8,
    }

    on_engine(async |engine| {
        let (client, streams) = engine.clients("a_table_without_a_stream");
        let db = Still::db(client);
        let error = db.follow(&streams).start().await.unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error:?}");
        db.create_table().await.unwrap();
        Stone { id: 1 }.create().send(&db).await.unwrap();
        let error = db.follow(&streams).start().await.unwrap_err();
        let Error::Table(error) = error else { panic!("{error:?}") };
        assert!(error.to_string().starts_with("stream_arn on table `still`: it has no stream"), "{error}");
    });
}
