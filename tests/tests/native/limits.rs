//! What no native key can hold is refused before anything is sent, and named.

use std::ops::Bound;

use aws_sdk_dynamodb::{error::ProvideErrorMetadata as _, types::AttributeValue};
use dynamo_model::{Entity as _, Error, QueryRequest as _, Request as _, Timestamp, key::KeyErrorKind};
use dynamo_model_tests::with_engine;

use crate::{
    model::{Bytes, Note, Org, Status, Stray, Task},
    world::table,
};

fn task() -> Task {
    Task {
        id: "1".to_owned(),
        org: Org("org".to_owned()),
        status: Status::InProgress,
        place: 'x',
        rank: 1,
        label: Some("label".to_owned()),
        at: Timestamp::UNIX_EPOCH,
        number: 1,
        hash: Bytes(vec![1]),
        price: None,
        second: Bytes(vec![1]),
        text: String::new(),
        expires: None,
    }
}

/// The error names the entity, the attribute, the index and the field.
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, attribute: &str, index: &str, field: &str) -> KeyErrorKind {
    let Err(Error::Key(error)) = result else { panic!("{result:?}") };
    let parts = (error.attribute(), error.index(), error.field());
    assert_eq!(parts, (attribute, Some(index), Some(field)), "{error}");
    let text = error.to_string();
    for part in [attribute, index, field, error.entity()] {
        assert!(text.contains(&format!("`{part}`")), "{text}");
    }
    error.kind().clone()
}

#[test]
fn writes_of_what_no_key_can_hold_are_refused() {
    let label = Some(String::new());
    assert_eq!(refused(Task { label, ..task() }.to_item(), "label", "GSI1", "label"), KeyErrorKind::EmptyPart);
    let second = Bytes(Vec::new());
    assert_eq!(refused(Task { second, ..task() }.to_item(), "hash2", "GSI4", "second"), KeyErrorKind::EmptyPart);
    let long = |bytes| Some("x".repeat(bytes));
    let too_long = refused(Task { label: long(1025), ..task() }.to_item(), "label", "GSI1", "label");
    assert_eq!(too_long, KeyErrorKind::TooLong { bytes: 1025, limit: 1024 });
    let org = |bytes| Org("x".repeat(bytes));
    let too_long = refused(Task { org: org(2049), ..task() }.to_item(), "org", "GSI1", "org");
    assert_eq!(too_long, KeyErrorKind::TooLong { bytes: 2049, limit: 2048 });

    // The attributes of a key share its limit: 24 bytes for the time, 2 for each number.
    assert!(Task { label: long(996), ..task() }.to_item().is_ok());
    let too_long = refused(Task { label: long(997), ..task() }.to_item(), "label", "GSI1", "label");
    assert_eq!(too_long, KeyErrorKind::TooLong { bytes: 1025, limit: 1024 });
    assert!(Task { org: org(2034), ..task() }.to_item().is_ok());
    let too_long = refused(Task { org: org(2035), ..task() }.to_item(), "org", "GSI3", "org");
    assert_eq!(too_long, KeyErrorKind::TooLong { bytes: 2049, limit: 2048 });
}

#[test]
fn updates_to_what_no_key_can_hold_are_refused() {
    let update = || Task::update("1");
    let empty = update().set(|t| t.label().to("")).into_sdk().map(drop);
    assert_eq!(refused(empty, "label", "GSI1", "label"), KeyErrorKind::EmptyPart);
    let absent = update().set(|t| t.label().to_if_absent("")).into_sdk().map(drop);
    assert_eq!(refused(absent, "label", "GSI1", "label"), KeyErrorKind::EmptyPart);
    let long = update().set(|t| t.second().to(Bytes(vec![0; 1025]))).into_sdk().map(drop);
    assert_eq!(refused(long, "hash2", "GSI4", "second"), KeyErrorKind::TooLong { bytes: 1025, limit: 1024 });
    // What is in no key may be empty, and `None` leaves the index.
    update().set(|t| (t.text().to(""), t.label().to(None))).into_sdk().expect("nothing is wrong");
}

/// An entity that does not use the index is in it all the same, if it has its attributes.
#[test]
fn entities_beside_the_index_are_held_to_its_types() {
    let stray = |label: &str, rank| Stray { id: "1".to_owned(), org: "org".to_owned(), label: label.to_owned(), rank };
    assert!(stray("x", Some(1)).to_item().is_ok());
    assert_eq!(refused(stray("", Some(1)).to_item(), "label", "GSI1", "label"), KeyErrorKind::EmptyPart);
    let null = refused(stray("x", None).to_item(), "rank", "GSI1", "rank");
    assert!(
        matches!(&null, KeyErrorKind::Part(reason) if reason.contains("null (NULL)") && reason.contains("skip_serializing_if")),
        "{null:?}"
    );
    let update = Stray::update("1").set(|s| s.rank().to(None)).into_sdk().map(drop);
    assert!(matches!(refused(update, "rank", "GSI1", "rank"), KeyErrorKind::Part(_)));
}

#[test]
fn dates_that_would_not_sort_are_refused() {
    let note = Note {
        id: "1".to_owned(),
        org: "org".to_owned(),
        status: "done".to_owned(),
        rank: 1,
        label: "label".to_owned(),
        at: chrono::NaiveDate::from_ymd_opt(10_000, 1, 1),
        serial: 1,
        text: String::new(),
    };
    let kind = refused(note.to_item(), "at", "GSI1", "at");
    assert!(matches!(&kind, KeyErrorKind::Part(reason) if reason.contains("10 characters")), "{kind:?}");
}

#[test]
fn queries_for_what_no_key_can_hold_are_refused() {
    let org = Org("org".to_owned());
    let by_label = || Task::by_label(&org);
    let empty = Task::by_label(&Org(String::new())).into_sdk().map(drop);
    assert_eq!(refused(empty, "org", "GSI2", "org"), KeyErrorKind::EmptyPart);
    let empty = by_label().label("").rank(1).into_sdk().map(drop);
    assert_eq!(refused(empty, "label", "GSI2", "label"), KeyErrorKind::EmptyPart);
    let long = "x".repeat(1025);
    let too_long = by_label().label(&*long..).into_sdk().map(drop);
    assert!(matches!(refused(too_long, "label", "GSI2", "label"), KeyErrorKind::TooLong { .. }));
    let digits = Task::by_status(&org, &Status::Done).rank(1).label("x").at(Timestamp::UNIX_EPOCH);
    let too_many = digits.number(u128::MAX).into_sdk().map(drop);
    assert!(matches!(refused(too_many, "serial", "GSI1", "number"), KeyErrorKind::Part(_)));
    let filter = by_label().filter(|t| t.rank().ge(3)).into_sdk();
    assert!(matches!(filter, Err(Error::Expression(_))), "{filter:?}");
}

#[test]
fn a_query_is_one_condition() {
    let org = Org("org".to_owned());
    let explained = |query: dynamo_model::Query<Task, dynamo_model::op::Global>| query.explain().to_string();
    let by_status = || Task::by_status(&org, &Status::Done);
    let partition = r#"Query GSI1 org = "org" AND status = "done # ""#;
    for (query, condition) in [
        (by_status().into_query(), ""),
        (by_status().rank(..), ""),
        (by_status().rank(3).into_query(), " AND rank = 3"),
        (by_status().rank(-3..5), " AND rank BETWEEN -3 AND 4"),
        (by_status().rank(3..=5), " AND rank BETWEEN 3 AND 5"),
        (by_status().rank(3..4), " AND rank = 3"),
        (by_status().rank(3..), " AND rank >= 3"),
        (by_status().rank(..3), " AND rank < 3"),
        (by_status().rank(..=3), " AND rank <= 3"),
        (by_status().rank((Bound::Excluded(3), Bound::Unbounded)), " AND rank > 3"),
        (by_status().rank((Bound::Excluded(3), Bound::Excluded(6))), " AND rank BETWEEN 4 AND 5"),
        (by_status().rank(3).label(""..), " AND rank = 3"),
        (by_status().rank(3).label("a".."c\0"), r#" AND rank = 3 AND label BETWEEN "a" AND "c""#),
    ] {
        // A note or a stray may be there too.
        let filter = r#" | filter attribute_not_exists(entityType) OR entityType = "Task""#;
        let explained = explained(query);
        let Some(rest) = explained.strip_prefix(&format!("{partition}{condition}")) else { panic!("{explained}") };
        assert!(rest.starts_with(" | filter "), "{explained} is not as {filter}");
    }
    for (low, high) in [(3, 3), (5, 3), (i64::MAX, i64::MIN)] {
        let query = by_status().rank(low..high);
        assert!(query.clone().explain().unsent().is_some(), "{}", query.explain());
    }
    assert!(by_status().rank(3).label(..="").explain().unsent().is_some());
    assert!(by_status().rank(3).label("b".."a").explain().unsent().is_some());
}

/// The longest values that the library lets pass are those that the engines take.
#[test]
fn the_longest_values_are_written_and_found() {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, "the_longest_values_are_written_and_found"));
        runtime.block_on(async {
            let long = "x".repeat(996);
            let org = Org("o".repeat(2034));
            let task = Task { org: org.clone(), label: Some(long.clone()), ..task() };
            task.clone().create().send(&db).await.unwrap();
            let found = Task::by_label(&org).label(&*long).rank(..5).all(&db).await.unwrap();
            assert_eq!(found, std::slice::from_ref(&task));
            for low in [Bound::Included("a"), Bound::Excluded("a")] {
                for high in [Bound::Included(&*long), Bound::Excluded(&*format!("{}y", &long[1..]))] {
                    let found = Task::by_label(&org).label((low, high)).all(&db).await.unwrap();
                    assert_eq!(found, std::slice::from_ref(&task));
                }
            }
            // Longer ones are none that a key holds, and may be asked for.
            let longest = "x".repeat(1024);
            let found = Task::by_label(&org).label(&*longest).rank(3..5).all(&db).await.unwrap();
            assert_eq!(found, []);
            let found = Task::by_label(&org).label(..&*longest).all(&db).await.unwrap();
            assert_eq!(found, std::slice::from_ref(&task));

            // What the library refuses, the engines refuse.
            let raw = async |attribute: &str, bytes: usize| {
                let mut item = task.to_item().unwrap();
                item.insert(attribute.to_owned(), AttributeValue::S("x".repeat(bytes)));
                let put = db.client().put_item().table_name(db.table_name()).set_item(Some(item));
                put.send().await.map_err(|error| error.code().map(str::to_owned)).map(drop)
            };
            let refused = || Err(Some("ValidationException".to_owned()));
            assert_eq!(
                [raw("label", 996).await, raw("label", 997).await, raw("label", 0).await],
                [Ok(()), refused(), refused()]
            );
            assert_eq!(
                [raw("org", 2034).await, raw("org", 2035).await, raw("rank", 1).await],
                [Ok(()), refused(), refused()]
            );
        });
    });
}
