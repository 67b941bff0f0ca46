//! A table with a stream: versions, indexes, unique values and every kind of attribute.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use aws_sdk_dynamodbstreams::Client as Streams;
use dynamo_model::{
    Error,
    change::{Change, Skipped},
    prelude::*,
};
use dynamo_model_tests::Engine;
use futures_util::TryStreamExt as _;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "work",
    pk = "PK",
    sk = "SK",
    ttl = "expires",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    stream = "new_and_old_images"
)]
pub(crate) enum Work {
    Task(Task),
    User(User),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "TASK#{number}"))]
pub(crate) struct Task {
    pub(crate) project: String,
    pub(crate) number: u32,
    pub(crate) title: String,
    pub(crate) assignee: Option<String>,
    pub(crate) points: i64,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) tags: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    pub(crate) votes: BTreeSet<i32>,
    pub(crate) log: Vec<String>,
    pub(crate) limits: BTreeMap<String, Option<bool>>,
    #[entity(version)]
    pub(crate) version: Version,
    #[entity(updated_at)]
    pub(crate) updated_at: Timestamp,
}

/// Unique by the address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "USER#{id}", sk = "PROFILE")]
#[entity(unique(email))]
pub(crate) struct User {
    pub(crate) id: u32,
    pub(crate) email: String,
    #[entity(ttl)]
    pub(crate) expires: Option<EpochSeconds>,
}

pub(crate) fn task(number: u32) -> Task {
    Task {
        project: "p".to_owned(),
        number,
        title: "write".to_owned(),
        assignee: None,
        points: 3,
        tags: BTreeSet::new(),
        votes: BTreeSet::new(),
        log: Vec::new(),
        // Not empty: DynamoDB Local writes an empty map to its stream in a way that the SDK cannot read.
        limits: BTreeMap::from([("a".to_owned(), None)]),
        version: Version::default(),
        updated_at: Timestamp::default(),
    }
}

pub(crate) fn user(id: u32) -> User {
    User { id, email: format!("{id}@example.org"), expires: None }
}

/// The table, empty, with a client of its stream.
pub(crate) async fn open(engine: &Engine, test: &str) -> (Db<Work>, Streams) {
    let (client, streams) = engine.clients(test);
    let db = Work::db(client);
    db.create_table().await.expect("the table is created");
    (db, streams)
}

/// All that the stream holds.
pub(crate) async fn all<T: Table>(db: &Db<T>, streams: &Streams) -> Result<(Vec<Change<T>>, Skipped), Error> {
    let mut stream = db.follow(streams).every(Duration::from_millis(5)).until_idle(Duration::ZERO).start().await?;
    let mut changes = Vec::new();
    while let Some(change) = stream.try_next().await? {
        changes.push(change);
    }
    Ok((changes, stream.skipped()))
}
