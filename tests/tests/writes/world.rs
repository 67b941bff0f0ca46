//! A table with an entity for each feature that writes have to keep true.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use dynamo_model::{ManualClock, prelude::*};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "work",
    pk = "PK",
    sk = "SK",
    ttl = "expiresAt",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK", sk = "GSI2SK"),
    lsi(LSI1, sk = "LSI1SK")
)]
pub(crate) enum Work {
    Task(Task),
    User(User),
    Session(Session),
    Counter(Counter),
}

/// Versioned and stamped; a sparse index, one of several fields, a local one; sets, lists, maps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
#[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "TASK#{number}"))]
#[entity(index(GSI2, name = by_status, pk = "PROJECT#{project}", sk = "STATUS#{status}#DUE#{due}#TASK#{number}"))]
#[entity(index(LSI1, name = by_rank, sk = "RANK#{rank}"))]
pub(crate) struct Task {
    pub(crate) project: String,
    pub(crate) number: u32,
    pub(crate) title: String,
    pub(crate) assignee: Option<String>,
    pub(crate) status: Status,
    pub(crate) due: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rank: Option<u16>,
    pub(crate) points: u32,
    #[serde(default)]
    pub(crate) balance: i64,
    #[serde(default, with = "serde_dynamo::string_set")]
    pub(crate) tags: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    pub(crate) votes: BTreeSet<u32>,
    #[serde(default)]
    pub(crate) log: Vec<String>,
    #[serde(default)]
    pub(crate) limits: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[entity(version)]
    pub(crate) version: Version,
    #[entity(created_at)]
    pub(crate) created_at: Timestamp,
    #[entity(updated_at)]
    pub(crate) updated_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Open,
    Doing,
    Done,
}

/// Unique by its address, and by its handle within a team; indexed by the address too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "USER#{id}", sk = "PROFILE")]
#[entity(unique(email), unique(team, handle))]
#[entity(index(GSI1, name = by_email, pk = "EMAIL#{email}", sk = "USER#{id}"))]
pub(crate) struct User {
    pub(crate) id: u32,
    pub(crate) email: String,
    pub(crate) team: String,
    pub(crate) handle: Option<String>,
    pub(crate) name: String,
    pub(crate) logins: u64,
}

/// Expires; its token is unique, so what holds the token expires with it. Versioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Work, pk = "USER#{user}", sk = "SESSION#{session}", name = of_user)]
#[entity(unique(token))]
#[entity(index(GSI2, name = by_device, pk = "DEVICE#{device}", sk = "SESSION#{session}"))]
pub(crate) struct Session {
    pub(crate) user: u32,
    pub(crate) session: u32,
    pub(crate) token: String,
    pub(crate) device: Option<String>,
    pub(crate) hits: u32,
    #[entity(version)]
    pub(crate) version: Version,
    #[entity(ttl)]
    pub(crate) expires_at: Option<EpochSeconds>,
}

/// Nothing but numbers: no version, no index, so batches write it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "COUNTER#{name}", sk = "COUNTER", type_name = "Count")]
pub(crate) struct Counter {
    pub(crate) name: String,
    pub(crate) value: i64,
    pub(crate) small: u8,
    #[serde(default)]
    pub(crate) note: Option<String>,
}

pub(crate) fn task(number: u32) -> Task {
    Task {
        project: "p".to_owned(),
        number,
        title: "write".to_owned(),
        assignee: Some("ada".to_owned()),
        status: Status::Open,
        due: at(10),
        rank: Some(7),
        points: 3,
        balance: 0,
        tags: BTreeSet::new(),
        votes: BTreeSet::new(),
        log: Vec::new(),
        limits: BTreeMap::new(),
        note: None,
        version: Version::default(),
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    }
}

pub(crate) fn user(id: u32) -> User {
    User {
        id,
        email: format!("{id}@example.org"),
        team: "core".to_owned(),
        handle: Some(format!("u{id}")),
        name: "Ada".to_owned(),
        logins: 0,
    }
}

pub(crate) fn session(session: u32) -> Session {
    Session {
        user: 1,
        session,
        token: format!("token{session}"),
        device: None,
        hits: 0,
        version: Version::default(),
        expires_at: None,
    }
}

pub(crate) fn counter(name: &str) -> Counter {
    Counter { name: name.to_owned(), value: 0, small: 0, note: None }
}

/// When the tests begin: to come, as DynamoDB Local deletes what has expired by its own clock.
pub(crate) const START: i64 = 4_102_444_800;

/// Some seconds after the tests begin.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_secs(START + seconds).expect("a time of this century")
}

/// The table on a client, at a time that the test moves.
pub(crate) async fn open(client: Client) -> (Db<Work>, ManualClock) {
    let clock = ManualClock::new(at(0));
    let db = Db::<Work>::new(client).with_clock(clock.clone());
    db.create_table().await.expect("the table is created");
    (db, clock)
}
