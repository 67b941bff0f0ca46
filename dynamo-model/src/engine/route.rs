//! From a request's target to the database's method for it.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::wire::Answer;
use super::{records, stack, strict, wire};

/// What DynamoDB answers to `body` sent to `target`, the value of the header `x-amz-target`.
pub(super) fn answer(database: &Database, target: &str, body: &[u8]) -> Answer {
    let Ok(body) = std::str::from_utf8(body) else { return wire::unreadable() };
    stack::with_room(body, || match target.split_once('.') {
        Some(("DynamoDB_20120810", operation)) => tables(database, operation, body),
        Some(("DynamoDBStreams_20120810", operation)) => streams(database, operation, body),
        _ => wire::unknown_operation(target),
    })
    .unwrap_or_else(|_| {
        wire::failure(
            target,
            DynoxideError::InternalServerError(
                "no thread could be started to evaluate the long expression on".to_owned(),
            ),
        )
    })
}

fn tables(db: &Database, operation: &str, body: &str) -> Answer {
    let result = match operation {
        "BatchExecuteStatement" => run(body, |request| db.batch_execute_statement(request)),
        "BatchGetItem" => run(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => run(body, |request| {
            strict::batch_write_item(db, &request)?;
            db.batch_write_item(request)
        }),
        "CreateTable" => run(body, |request| {
            strict::create_table(&request)?;
            db.create_table(request)
        }),
        "DeleteItem" => run(body, |request| db.delete_item(request)),
        "DeleteTable" => run(body, |request| db.delete_table(request)),
        "DescribeTable" => run(body, |request| db.describe_table(request)),
        "DescribeTimeToLive" => run(body, |request| db.describe_time_to_live(request)),
        "ExecuteStatement" => run(body, |request| db.execute_statement(request)),
        "ExecuteTransaction" => run(body, |request| db.execute_transaction(request)),
        "GetItem" => run(body, |request| db.get_item(request)),
        "ListTables" => run(body, |request| db.list_tables(request)),
        "ListTagsOfResource" => run(body, |request| db.list_tags_of_resource(request)),
        "PutItem" => run(body, |request| {
            strict::put_item(db, &request)?;
            db.put_item(request)
        }),
        "Query" => run(body, |request| {
            strict::query(&request)?;
            db.query(request)
        }),
        "Scan" => run(body, |request| db.scan(request)),
        "SearchVectors" => run(body, |request| db.search_vectors(request)),
        "TagResource" => run(body, |request| db.tag_resource(request)),
        "TransactGetItems" => run(body, |request| db.transact_get_items(request)),
        "TransactWriteItems" => run(body, |request| {
            strict::transact_write_items(db, &request)?;
            db.transact_write_items(request)
        }),
        "UntagResource" => run(body, |request| db.untag_resource(request)),
        "UpdateItem" => run(body, |request| {
            strict::update_item(db, &request)?;
            db.update_item(request)
        }),
        "UpdateTable" => run(body, |request| {
            strict::update_table(&request)?;
            db.update_table(request)
        }),
        "UpdateTimeToLive" => run(body, |request| {
            strict::update_time_to_live(db, &request)?;
            db.update_time_to_live(request)
        }),
        _ => return wire::unknown_operation(operation),
    };
    wire::finish(operation, result)
}

fn streams(db: &Database, operation: &str, body: &str) -> Answer {
    let result = match operation {
        "DescribeStream" => run(body, |request| db.describe_stream(request).map(records::open)),
        "GetRecords" => wire::read(body).and_then(|request| records::write(&db.get_records(request)?)),
        "GetShardIterator" => run(body, |request| db.get_shard_iterator(request)),
        "ListStreams" => run(body, |request| db.list_streams(request)),
        _ => return wire::unknown_operation(operation),
    };
    wire::finish(operation, result)
}

fn run<Request: DeserializeOwned, Response: Serialize>(
    body: &str,
    operation: impl FnOnce(Request) -> Result<Response, DynoxideError>,
) -> Result<String, DynoxideError> {
    wire::write(&operation(wire::read(body)?)?)
}
