//! Requests that the SDK's typed client would not write, sent through it all the same.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use serde_json::{Value, json};

use crate::support::{TABLE, block_on, s, with_table};

/// The status and the body that `target` answers `body` with.
async fn send(client: &Client, target: &str, body: &str) -> (u16, Value) {
    let seen = Seen::default();
    let (target, body) = (target.to_owned(), body.to_owned());
    // The result is the response read as another operation's; what counts is what the interceptor saw.
    let _ = client
        .list_tables()
        .customize()
        .interceptor(seen.clone())
        .mutate_request(move |request| {
            request.headers_mut().insert("x-amz-target", target.clone());
            *request.body_mut() = body.clone().into();
        })
        .send()
        .await;
    let (status, body) = seen.0.lock().unwrap().clone().expect("a response");
    (status, serde_json::from_str(&body).unwrap())
}

#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Option<(u16, String)>>>);

impl Intercept for Seen {
    fn name(&self) -> &'static str {
        "Seen"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().map(|body| String::from_utf8_lossy(body).into_owned());
        *self.0.lock().unwrap() = body.map(|body| (context.response().status().as_u16(), body));
        Ok(())
    }
}

#[test]
fn what_is_not_a_request_is_refused_with_dynamodbs_code() {
    let cases = [
        ("DynamoDB_20120810.PutItem", "", "SerializationException"),
        ("DynamoDB_20120810.PutItem", "{", "SerializationException"),
        ("DynamoDB_20120810.PutItem", r#"{"TableName":5,"Item":{}}"#, "SerializationException"),
        ("DynamoDB_20120810.PutItem", "{}", "ValidationException"),
        ("DynamoDB_20120810.PutItem", r#"{"TableName":"main","Item":{"PK":{}}}"#, "ValidationException"),
        ("DynamoDB_20120810.PutItem", r#"{"TableName":"main","Item":{"PK":{"NULL":false}}}"#, "ValidationException"),
        ("DynamoDB_20120810.TransactWriteItems", r#"{"TransactItems":null}"#, "ValidationException"),
        ("DynamoDB_20120810.Query", r#"{"TableName":"main","Limit":"many"}"#, "SerializationException"),
        ("DynamoDB_20120810.DescribeLimits", "{}", "UnknownOperationException"),
        ("DynamoDB_20120810.ListStreams", "{}", "UnknownOperationException"),
        ("DynamoDBStreams_20120810.PutItem", "{}", "UnknownOperationException"),
        ("DynamoDB_20111205.PutItem", "{}", "UnknownOperationException"),
        ("PutItem", "{}", "UnknownOperationException"),
        ("", "", "UnknownOperationException"),
    ];
    block_on(async {
        let client = with_table().await;
        for (target, body, code) in cases {
            let (status, answer) = send(&client, target, body).await;
            let kind = answer["__type"].as_str().unwrap_or_default();
            assert_eq!(status, 400, "{target} {body}");
            assert_eq!(kind.rsplit_once('#').map_or(kind, |(_, code)| code), code, "{target} {body}: {answer}");
        }
    });
}

#[test]
fn an_error_says_nothing_of_the_values_it_could_not_read() {
    block_on(async {
        let client = with_table().await;
        for body in [
            r#"{"TableName":"main","Item":"secret"}"#,
            r#"{"TableName":"main","Item":{"PK":"secret"}}"#,
            r#"{"TableName":"main","Item":{"PK":{"S":"a"},"a":{"L":"secret"}}}"#,
        ] {
            let (_, answer) = send(&client, "DynamoDB_20120810.PutItem", body).await;
            assert!(!answer.to_string().contains("secret"), "{answer}");
        }
    });
}

#[test]
fn streams_tell_what_was_written() {
    const STREAMS: &str = "DynamoDBStreams_20120810";
    block_on(async {
        let client = with_table().await;
        let stream = json!({"TableName": TABLE, "StreamSpecification":
            {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}});
        assert_eq!(send(&client, "DynamoDB_20120810.UpdateTable", &stream.to_string()).await.0, 200);
        client.put_item().table_name(TABLE).item("PK", s("a")).item("SK", s("b")).send().await.unwrap();

        let (_, streams) = send(&client, &format!("{STREAMS}.ListStreams"), "{}").await;
        let arn = &streams["Streams"][0]["StreamArn"];
        let (_, stream) =
            send(&client, &format!("{STREAMS}.DescribeStream"), &json!({"StreamArn": arn}).to_string()).await;
        let shard = &stream["StreamDescription"]["Shards"][0]["ShardId"];
        let start = json!({"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"});
        let (_, iterator) = send(&client, &format!("{STREAMS}.GetShardIterator"), &start.to_string()).await;
        let from = json!({"ShardIterator": iterator["ShardIterator"]});
        let (_, records) = send(&client, &format!("{STREAMS}.GetRecords"), &from.to_string()).await;

        let [record] = records["Records"].as_array().unwrap().as_slice() else { panic!("one record: {records}") };
        assert_eq!(record["eventName"], "INSERT");
        assert_eq!(record["dynamodb"]["NewImage"], json!({"PK": {"S": "a"}, "SK": {"S": "b"}}));
    });
}
