//! DynamoDB Streams with what no engine on this machine has: many shards that are split while they are read, listings
//! and records in pages, pages without records, iterators that expire, requests that are
//! throttled, shards that leave.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sdk_dynamodb::error::ConnectorError;
use aws_sdk_dynamodbstreams::{
    Client,
    config::{
        AsyncSleep, BehaviorVersion, Config, Region, Sleep,
        http::{HttpRequest, HttpResponse},
        retry::RetryConfig,
    },
};
use aws_smithy_runtime_api::{
    client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
    http::StatusCode,
};
use serde_json::{Value, json};

pub(crate) const ARN: &str = "arn:aws:dynamodb:eu-central-1:123456789012:table/work/stream/2026-01-01T00:00:00.000";

/// What happens to the stream, a write a request.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// The user of this id is written.
    Write(u32),
    /// The shard that has this id is closed and has so many children, one or two.
    Split(u32, u32),
    /// All iterators expire.
    Expire,
    /// So many requests are throttled.
    Throttle(usize),
    /// So many requests for iterators are.
    ThrottleIterators(usize),
    /// The oldest shard that is closed leaves the stream.
    Trim,
}

/// The service; clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Fake(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    shards: Vec<Shard>,
    to_come: VecDeque<Event>,
    /// How many records the pages of a shard hold, over and over.
    pages: Vec<usize>,
    /// How many records there ever were.
    records: u64,
    /// Iterators of an earlier one have expired.
    generation: usize,
    listed_in_a_page: usize,
    enabled: bool,
    /// Requests to throttle.
    throttles: usize,
    iterator_throttles: usize,
}

#[derive(Debug, Default)]
struct Shard {
    parent: Option<usize>,
    /// The ids whose remainder is in it: modulus and remainder.
    ids: (u32, u32),
    records: Vec<(u32, u64)>,
    served: usize,
    closed: bool,
    trimmed: bool,
}

impl Fake {
    /// One shard; the records come in pages of these sizes.
    pub(crate) fn new(pages: Vec<usize>, listed_in_a_page: usize) -> Self {
        let shards = vec![Shard { ids: (1, 0), ..Shard::default() }];
        let state = State {
            shards,
            to_come: VecDeque::new(),
            pages,
            records: 0,
            generation: 0,
            listed_in_a_page,
            enabled: true,
            throttles: 0,
            iterator_throttles: 0,
        };
        Self(Arc::new(Mutex::new(state)))
    }

    /// These happen now.
    pub(crate) fn happen(&self, events: impl IntoIterator<Item = Event>) {
        let mut state = self.0.lock().unwrap();
        events.into_iter().for_each(|event| state.apply(&event));
    }

    /// These happen while the stream is read.
    pub(crate) fn happen_later(&self, events: impl IntoIterator<Item = Event>) {
        self.0.lock().unwrap().to_come.extend(events);
    }

    /// The oldest shard that is closed leaves the stream with all its records.
    pub(crate) fn trim(&self) {
        self.happen([Event::Trim]);
    }

    /// The stream is switched off: its shards are closed.
    pub(crate) fn disable(&self) {
        let mut state = self.0.lock().unwrap();
        state.enabled = false;
        state.shards.iter_mut().for_each(|shard| shard.closed = true);
    }

    /// The records that are in the stream now.
    pub(crate) fn records(&self) -> Vec<(u32, u64)> {
        let state = self.0.lock().unwrap();
        state.shards.iter().filter(|shard| !shard.trimmed).flat_map(|shard| shard.records.clone()).collect()
    }

    pub(crate) fn client(&self) -> Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .endpoint_url("http://fake.invalid")
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .allow_no_auth()
            .retry_config(RetryConfig::disabled())
            .sleep_impl(Instantly)
            .build();
        Client::from_conf(config)
    }
}

impl HttpConnector for Fake {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let input = serde_json::from_slice(request.body().bytes().unwrap_or_default()).expect("a request in JSON");
        let answer = self.0.lock().unwrap().answer(operation, &input);
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err(code) => (400, json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "" })),
        };
        let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None));
        HttpConnectorFuture::ready(status.map(|status| HttpResponse::new(status, body.to_string().into())))
    }
}

impl State {
    fn answer(&mut self, operation: &str, input: &Value) -> Result<Value, &'static str> {
        if self.throttles > 0 {
            self.throttles -= 1;
            return Err(if operation == "GetRecords" { "LimitExceededException" } else { "ThrottlingException" });
        }
        if operation == "GetShardIterator" && self.iterator_throttles > 0 {
            self.iterator_throttles -= 1;
            return Err("ThrottlingException");
        }
        match operation {
            "DescribeStream" => self.describe(input),
            "GetShardIterator" => self.begin(input),
            "GetRecords" => self.read(input),
            _ => panic!("the reader does not ask for `{operation}`"),
        }
    }

    fn describe(&self, input: &Value) -> Result<Value, &'static str> {
        if input["StreamArn"] != ARN {
            return Err("ResourceNotFoundException");
        }
        // The newest first: DynamoDB promises no order.
        let mut listed: Vec<usize> = (0..self.shards.len()).rev().filter(|at| !self.shards[*at].trimmed).collect();
        if let Some(behind) = input["ExclusiveStartShardId"].as_str() {
            let at = listed.iter().position(|at| name(*at) == behind);
            listed.drain(..=at.ok_or("ResourceNotFoundException")?);
        }
        let more = listed.len() > self.listed_in_a_page;
        listed.truncate(self.listed_in_a_page);
        let last = listed.last().filter(|_| more).map(|at| name(*at));
        let shards = listed.into_iter().map(|at| {
            let mut shard = json!({ "ShardId": name(at), "SequenceNumberRange": {} });
            if self.shards[at].closed {
                shard["SequenceNumberRange"]["EndingSequenceNumber"] = "0".into();
            }
            if let Some(parent) = self.shards[at].parent {
                shard["ParentShardId"] = name(parent).into();
            }
            shard
        });
        let status = if self.enabled { "ENABLED" } else { "DISABLED" };
        let mut stream = json!({ "StreamArn": ARN, "StreamStatus": status, "Shards": shards.collect::<Vec<_>>() });
        if let Some(last) = last {
            stream["LastEvaluatedShardId"] = last.into();
        }
        Ok(json!({ "StreamDescription": stream }))
    }

    fn begin(&self, input: &Value) -> Result<Value, &'static str> {
        let name = input["ShardId"].as_str().expect("a shard");
        let at = self.at(name)?;
        let records = &self.shards[at].records;
        let position = match input["ShardIteratorType"].as_str() {
            Some("TRIM_HORIZON") => 0,
            Some("LATEST") => records.len(),
            Some("AFTER_SEQUENCE_NUMBER") => {
                let number: u64 = input["SequenceNumber"].as_str().expect("a number").parse().expect("a number");
                records.iter().position(|(_, other)| *other == number).expect("a record of the shard") + 1
            }
            other => panic!("the reader does not ask for {other:?}"),
        };
        Ok(json!({ "ShardIterator": format!("{at}/{position}/{}", self.generation) }))
    }

    fn read(&mut self, input: &Value) -> Result<Value, &'static str> {
        let iterator = input["ShardIterator"].as_str().expect("an iterator");
        let parts: Vec<usize> = iterator.split('/').map(|part| part.parse().expect("one of ours")).collect();
        let [at, position, generation] = parts[..] else { panic!("{iterator} is none of ours") };
        if generation < self.generation {
            return Err("ExpiredIteratorException");
        }
        if self.shards[at].trimmed {
            return Err("TrimmedDataAccessException");
        }
        while let Some(event) = self.to_come.pop_front() {
            self.apply(&event);
            if matches!(event, Event::Write(_)) {
                break;
            }
        }
        let Shard { records, closed, served, .. } = &mut self.shards[at];
        let size = self.pages[*served % self.pages.len()];
        *served += 1;
        let end = records.len().min(position + size);
        let page: Vec<Value> = records[position..end].iter().map(|(id, number)| record(*id, *number)).collect();
        let mut answer = json!({ "Records": page });
        if !*closed || end < records.len() {
            answer["NextShardIterator"] = format!("{at}/{end}/{}", self.generation).into();
        }
        Ok(answer)
    }

    fn at(&self, shard: &str) -> Result<usize, &'static str> {
        let at = (0..self.shards.len()).find(|at| name(*at) == shard && !self.shards[*at].trimmed);
        at.ok_or("ResourceNotFoundException")
    }

    fn apply(&mut self, event: &Event) {
        let open = |id: u32| move |shard: &Shard| !shard.closed && id % shard.ids.0 == shard.ids.1;
        match event {
            Event::Write(id) => {
                self.records += 1;
                let number = self.records;
                if let Some(shard) = self.shards.iter_mut().find(|shard| open(*id)(shard)) {
                    shard.records.push((*id, number));
                }
            }
            Event::Split(id, children) => {
                let Some(at) = self.shards.iter().position(open(*id)) else { return };
                self.shards[at].closed = true;
                let (modulus, remainder) = self.shards[at].ids;
                for child in 0..*children {
                    let ids = (modulus * children, remainder + child * modulus);
                    self.shards.push(Shard { parent: Some(at), ids, ..Shard::default() });
                }
            }
            Event::Expire => self.generation += 1,
            Event::Throttle(times) => self.throttles += times,
            Event::ThrottleIterators(times) => self.iterator_throttles += times,
            Event::Trim => {
                if let Some(shard) = self.shards.iter_mut().find(|shard| shard.closed && !shard.trimmed) {
                    shard.trimmed = true;
                }
            }
        }
    }
}

fn name(at: usize) -> String {
    format!("shardId-{at:08}")
}

/// A user whose address tells the record's number.
fn record(id: u32, number: u64) -> Value {
    let (pk, sk) = (json!({ "S": format!("USER#{id:010}") }), json!({ "S": "PROFILE" }));
    json!({
        "eventID": number.to_string(),
        "eventName": "MODIFY",
        "dynamodb": {
            "Keys": { "PK": pk, "SK": sk },
            "NewImage": {
                "PK": pk, "SK": sk, "entityType": { "S": "User" },
                "id": { "N": id.to_string() }, "email": { "S": number.to_string() }, "expires": { "NULL": true },
            },
            "SequenceNumber": number.to_string(),
        },
    })
}

/// A clock on which every pause is over.
#[derive(Debug)]
struct Instantly;

impl AsyncSleep for Instantly {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}
