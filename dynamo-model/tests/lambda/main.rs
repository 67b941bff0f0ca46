//! Lambda's events, as they come.

use std::sync::Mutex;

use aws_lambda_events::event::{dynamodb::Event, streams::DynamoDbEventResponse};
use dynamo_model::{
    Change, Error,
    change::{Changes, Failure, FailureCause, Removed},
    error::{ChangeErrorKind, Which},
    prelude::*,
    schema::StreamView,
};
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "work", pk = "PK", sk = "SK", ttl = "expires", stream = "new_and_old_images")]
enum Work {
    Task(Task),
    User(User),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
struct Task {
    project: String,
    number: u32,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Step {
    minutes: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "USER#{email}", sk = "PROFILE")]
#[entity(unique(name))]
struct User {
    email: String,
    name: String,
}

fn task(number: u32, minutes: &[u32]) -> Task {
    let steps = minutes.iter().map(|minutes| Step { minutes: *minutes }).collect();
    Task { project: "a".to_owned(), number, steps }
}

fn keys(number: u32) -> Value {
    json!({ "PK": { "S": "PROJECT#a" }, "SK": { "S": format!("TASK#{number:010}") } })
}

fn image(number: u32, minutes: &[&Value]) -> Value {
    let mut image = keys(number);
    image["entityType"] = json!({ "S": "Task" });
    image["project"] = json!({ "S": "a" });
    image["number"] = json!({ "N": number.to_string() });
    let steps: Vec<_> = minutes.iter().map(|minutes| json!({ "M": { "minutes": minutes } })).collect();
    image["steps"] = json!({ "L": steps });
    image
}

fn with(mut image: Value, name: &str, value: Value) -> Value {
    image[name] = value;
    image
}

/// A record as AWS documents it: "Using AWS Lambda with Amazon DynamoDB", the example event.
fn record(number: u32, name: &str, images: &[(&str, Value)]) -> Value {
    let mut record = json!({
        "eventID": number.to_string(),
        "eventVersion": "1.0",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_479_499_740,
            "Keys": keys(1),
            "SequenceNumber": sequence_number(number),
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "awsRegion": "us-west-2",
        "eventName": name,
        "eventSourceARN": "arn:aws:dynamodb:us-west-2:123456789012:table/work/stream/2016-11-16T20:42:48.104",
        "eventSource": "aws:dynamodb",
    });
    for (image, item) in images {
        record["dynamodb"][image] = item.clone();
    }
    record
}

fn sequence_number(number: u32) -> String {
    format!("44215845000000000174504390{number:02}")
}

fn event(records: impl IntoIterator<Item = Value>) -> Event {
    let records: Vec<Value> = records.into_iter().collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

fn insert() -> Value {
    record(1, "INSERT", &[("NewImage", image(1, &[]))])
}

fn modify() -> Value {
    record(2, "MODIFY", &[("OldImage", image(1, &[])), ("NewImage", image(1, &[&json!({ "N": "5" })]))])
}

fn remove() -> Value {
    record(3, "REMOVE", &[("OldImage", image(1, &[&json!({ "N": "5" })]))])
}

fn expire() -> Value {
    let mut record = record(4, "REMOVE", &[("OldImage", image(1, &[]))]);
    record["userIdentity"] = json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    record
}

fn of_a_newer_program() -> Value {
    record(5, "INSERT", &[("NewImage", with(image(1, &[]), "entityType", json!({ "S": "Sprint" })))])
}

fn of_a_unique_value() -> Value {
    record(6, "INSERT", &[("NewImage", with(image(1, &[]), "entityType", json!({ "S": "UNIQUE" })))])
}

fn broken() -> Value {
    let steps = [&json!({ "N": "5" }), &json!({ "S": "secret" })];
    record(7, "MODIFY", &[("OldImage", image(1, &[])), ("NewImage", image(1, &steps))])
}

#[test]
fn an_event_gives_typed_changes() {
    let mut changes = Changes::<Work>::from_event(event([insert(), modify(), remove(), expire()]));
    let first = changes.next().unwrap().unwrap();
    assert!(matches!(&first, Change::Insert { new: Some(Work::Task(new)), .. } if *new == task(1, &[])), "{first:?}");
    let record = first.record();
    assert_eq!(record.event_id.as_deref(), Some("1"));
    assert_eq!(record.sequence_number, Some(sequence_number(1)));
    assert_eq!(record.created_at.map(Timestamp::as_secs), Some(1_479_499_740));
    assert_eq!(record.view, Some(StreamView::NewAndOldImages));
    assert_eq!((&*record.key.partition, record.key.sort.as_deref()), ("PROJECT#a", Some("TASK#0000000001")));

    let second = changes.next().unwrap().unwrap();
    let Change::Modify { old: Some(Work::Task(old)), new: Some(Work::Task(new)), .. } = second else {
        panic!("{second:?}")
    };
    assert_eq!((old, new), (task(1, &[]), task(1, &[5])));

    let mut removed = |minutes: &[u32]| match changes.next().unwrap().unwrap() {
        Change::Remove { old: Some(Work::Task(old)), cause, .. } if old == task(1, minutes) => cause,
        other => panic!("{other:?}"),
    };
    assert_eq!((removed(&[5]), removed(&[])), (Removed::Deleted, Removed::Expired));
    assert!(changes.next().is_none());
    assert_eq!(changes.skipped().total(), 0);
}

#[test]
fn only_dynamodb_itself_expires_items() {
    for (kind, principal) in [("Service", "other.amazonaws.com"), ("User", "dynamodb.amazonaws.com"), ("", "")] {
        let mut record = expire();
        record["userIdentity"] = json!({ "type": kind, "principalId": principal });
        let change = Changes::<Work>::from_event(event([record])).next().unwrap().unwrap();
        assert!(matches!(change, Change::Remove { cause: Removed::Deleted, .. }), "{change:?}");
    }
}

#[test]
fn what_is_not_the_programs_is_counted_and_what_is_broken_named() {
    let mut changes =
        Changes::<Work>::from_event(event([of_a_newer_program(), of_a_unique_value(), broken(), remove()]));
    let error = changes.next().unwrap().unwrap_err();
    assert_eq!((changes.skipped().unknown, changes.skipped().held), (1, 1));
    let Error::Change(error) = error else { panic!("{error:?}") };
    assert_eq!(error.sequence_number(), Some(&*sequence_number(7)));
    assert_eq!(error.event_id(), Some("7"));
    assert!(matches!(error.kind(), ChangeErrorKind::Image { which: Which::New, .. }));
    let item = error.item().unwrap();
    assert_eq!((item.entity(), item.path().as_deref()), ("Task", Some("steps[1].minutes")));
    let text = error.to_string();
    for part in [&*sequence_number(7), "`work`", "new image", "`Task`", "steps[1].minutes", "number (N)"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!format!("{text} {error:?}").contains("secret"), "{error:?}");
    // The next one is there all the same.
    assert!(matches!(changes.next(), Some(Ok(Change::Remove { .. }))));
}

#[test]
fn a_broken_item_of_a_newer_program_is_none_of_ours() {
    let unreadable = with(image(1, &[]), "entityType", json!({ "S": "Sprint" }));
    let unreadable = with(unreadable, "steps", json!({ "S": "not a list" }));
    let mut changes = Changes::<Work>::from_event(event([record(1, "INSERT", &[("NewImage", unreadable)])]));
    assert!(changes.next().is_none());
    assert_eq!(changes.skipped().unknown, 1);
}

#[test]
fn an_item_that_another_program_made_its_own_is_a_change_still() {
    let theirs = with(image(1, &[]), "entityType", json!({ "S": "Sprint" }));
    let taken = record(1, "MODIFY", &[("OldImage", image(1, &[])), ("NewImage", theirs)]);
    let mut changes = Changes::<Work>::from_event(event([taken]));
    let change = changes.next().unwrap().unwrap();
    assert!(matches!(change, Change::Modify { old: Some(Work::Task(_)), new: None, .. }), "{change:?}");
}

#[test]
fn a_record_of_keys_only_is_a_change_unless_the_key_is_the_librarys() {
    let mut held = record(2, "REMOVE", &[]);
    held["dynamodb"]["Keys"] = json!({ "PK": { "S": "UNIQUE#User#name#ada" }, "SK": { "S": "UNIQUE" } });
    let mut theirs = record(3, "REMOVE", &[]);
    theirs["dynamodb"]["Keys"] = json!({ "PK": { "S": "UNIQUE#User#name#ada" }, "SK": { "S": "TASK#1" } });
    let mut changes = Changes::<Work>::from_event(event([record(1, "INSERT", &[]), held, theirs]));
    assert!(matches!(changes.next(), Some(Ok(Change::Insert { new: None, .. }))));
    assert!(matches!(changes.next(), Some(Ok(Change::Remove { old: None, .. }))));
    assert!(changes.next().is_none());
    assert_eq!((changes.skipped().unknown, changes.skipped().held), (0, 1));
}

#[test]
fn a_record_that_is_not_the_tables_is_refused() {
    let mut elsewhere = record(1, "INSERT", &[]);
    elsewhere["dynamodb"]["Keys"] = json!({ "PK": { "S": "PROJECT#a" }, "id": { "S": "secret" } });
    let error = Changes::<Work>::from_event(event([elsewhere])).next().unwrap().unwrap_err();
    let Error::Change(error) = error else { panic!("{error:?}") };
    assert!(matches!(error.kind(), ChangeErrorKind::NoKey { attribute: "SK" }), "{error:?}");

    // Another table's item has no type that is known here, and would pass for one of a newer program.
    let mut elsewhere = record(1, "INSERT", &[("NewImage", json!({ "id": { "S": "secret" } }))]);
    elsewhere["dynamodb"]["Keys"] = json!({ "id": { "S": "secret" } });
    let error = Changes::<Work>::from_event(event([elsewhere])).next().unwrap().unwrap_err();
    assert!(error.to_string().contains("`PK`") && !error.to_string().contains("secret"), "{error}");

    let error = Changes::<Work>::from_event(event([record(1, "TRUNCATE", &[])])).next().unwrap().unwrap_err();
    assert!(error.to_string().contains("INSERT, MODIFY nor REMOVE"), "{error}");
}

/// A migration mends items: what they were before is no longer of the struct's form.
#[test]
fn an_item_that_was_mended_is_given_without_what_it_was() {
    let broken = image(1, &[&json!({ "S": "secret" })]);
    let mended = image(1, &[&json!({ "N": "5" })]);
    let images = [("OldImage", broken.clone()), ("NewImage", mended.clone())];
    let change = Changes::<Work>::from_event(event([record(1, "MODIFY", &images)])).next().unwrap().unwrap();
    assert_eq!((change.old_image(), change.new_image()), (None, Some(&Work::Task(task(1, &[5])))));
    let why = change.record().old_unreadable.as_deref().unwrap();
    assert!(why.contains("old image") && why.contains("steps[0].minutes") && !why.contains("secret"), "{why}");

    // Where it is all that there is, and where what is cannot be read, the record is in error.
    let removed = record(1, "REMOVE", &[("OldImage", broken.clone())]);
    let undone = record(1, "MODIFY", &[("OldImage", mended.clone()), ("NewImage", broken)]);
    for record in [removed, undone] {
        let error = Changes::<Work>::from_event(event([record])).next().unwrap().unwrap_err();
        assert!(matches!(&error, Error::Change(_)), "{error:?}");
    }
    let change = Changes::<Work>::from_event(event([record(1, "INSERT", &[("NewImage", mended)])])).next();
    assert_eq!(change.unwrap().unwrap().record().old_unreadable, None);
}

/// Handles an event, and notes the sequence numbers of what was handled; `failing` fails.
async fn handle(event: Event, failing: Option<u32>) -> (Vec<String>, dynamo_model::change::Handled<String>) {
    let seen = Mutex::new(Vec::new());
    let handled = Changes::<Work>::from_event(event).handle(async |change| {
        let number = change.record().sequence_number.clone().unwrap();
        tokio::task::yield_now().await;
        if failing.is_some_and(|failing| number == sequence_number(failing)) {
            return Err("no room".to_owned());
        }
        seen.lock().unwrap().push(number);
        Ok(())
    });
    let handled = travels(handled).await;
    (seen.into_inner().unwrap(), handled)
}

/// What a runtime with several threads asks of a future.
fn travels<F: Future + Send>(future: F) -> F {
    future
}

fn answer(response: &DynamoDbEventResponse) -> Value {
    serde_json::to_value(response).unwrap()
}

#[tokio::test]
async fn a_batch_that_is_handled_has_no_failures() {
    let (seen, handled) = handle(event([insert(), of_a_newer_program(), of_a_unique_value(), remove()]), None).await;
    assert_eq!(seen, [1, 3].map(sequence_number));
    assert_eq!((handled.handled, handled.skipped.unknown, handled.skipped.held), (2, 1, 1));
    assert!(handled.failure.is_none());
    assert_eq!(answer(&handled.into()), json!({ "batchItemFailures": [] }));
}

#[tokio::test]
async fn the_first_failure_is_where_lambda_begins_again() {
    let records = [insert(), of_a_newer_program(), modify(), of_a_unique_value(), remove()];
    let (seen, handled) = handle(event(records), Some(2)).await;
    assert_eq!(seen, [sequence_number(1)]);
    // What was to be passed over behind the failure was not reached.
    assert_eq!((handled.handled, handled.skipped.unknown, handled.skipped.held), (1, 1, 0));
    let failed = sequence_number(2);
    assert_eq!(answer(&handled.response()), json!({ "batchItemFailures": [{ "itemIdentifier": failed }] }));
    let Some(Failure { cause: FailureCause::Handler(reason), .. }) = &handled.failure else { panic!("{handled:?}") };
    assert_eq!(reason, "no room");
    assert_eq!(handled.failure.unwrap().to_string(), format!("stream record {failed}: no room"));
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_a_failure_too() {
    let (seen, handled) = handle(event([insert(), broken(), remove()]), None).await;
    assert_eq!(seen, [sequence_number(1)]);
    let failed = sequence_number(7);
    assert_eq!(answer(&handled.response()), json!({ "batchItemFailures": [{ "itemIdentifier": failed }] }));
    let failure = handled.failure.unwrap();
    assert!(matches!(&failure.cause, FailureCause::Unreadable(Error::Change(_))));
    assert!(failure.to_string().contains("steps[1].minutes"), "{failure}");
}

#[tokio::test]
async fn without_a_sequence_number_the_whole_batch_is_repeated() {
    // "Lambda treats a batch as a complete failure if .. `itemIdentifier` is null".
    let mut nameless = broken();
    nameless["dynamodb"]["SequenceNumber"] = Value::Null;
    let (_, handled) = handle(event([nameless]), None).await;
    assert_eq!(answer(&handled.response()), json!({ "batchItemFailures": [{ "itemIdentifier": null }] }));
    assert!(handled.failure.unwrap().to_string().starts_with("stream record without a sequence number"));
}

#[test]
fn what_a_record_leaves_out_is_none() {
    let bare = json!({
        "awsRegion": "us-west-2", "eventID": "", "eventName": "INSERT", "userIdentity": null,
        "dynamodb": { "Keys": keys(1), "NewImage": null, "SizeBytes": 26 },
    });
    let change = Changes::<Work>::from_event(event([bare])).next().unwrap().unwrap();
    let record = change.record();
    assert_eq!((&record.event_id, &record.sequence_number, record.created_at, record.view), (&None, &None, None, None));
    assert!(change.new_image().is_none());
}
