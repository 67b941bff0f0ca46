//! A table with an entity for each way in which a write is made safe: none, a version, a unique field, both.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_sdk_dynamodb::Client;
use dynamo_model::db::Backoff;
use dynamo_model::op::{Delete, Update};
use dynamo_model::{Condition, Error, prelude::*};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(name = "world", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
pub(crate) enum World {
    Plain(Plain),
    Versioned(Versioned),
    Unique(Unique),
    Both(Both),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = World, pk = "PLAIN#{id}", sk = "ITEM")]
#[entity(index(GSI1, name = by_text, pk = "TEXT#{text}", sk = "PLAIN#{id}"))]
pub(crate) struct Plain {
    pub(crate) id: u8,
    text: String,
    points: i64,
    log: Vec<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    tags: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = World, pk = "VERSIONED#{id}", sk = "ITEM")]
#[entity(index(GSI1, name = by_text, pk = "TEXT#{text}", sk = "VERSIONED#{id}"))]
pub(crate) struct Versioned {
    id: u8,
    text: String,
    points: i64,
    log: Vec<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    tags: BTreeSet<String>,
    #[entity(version)]
    version: Version,
    #[entity(created_at)]
    created_at: Timestamp,
    #[entity(updated_at)]
    updated_at: Timestamp,
}

/// Without an address it holds none, and its writes are single requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = World, pk = "SOLE#{id}", sk = "ITEM")]
#[entity(unique(email))]
#[entity(index(GSI1, name = by_text, pk = "TEXT#{text}", sk = "SOLE#{id}"))]
pub(crate) struct Unique {
    id: u8,
    text: String,
    points: i64,
    log: Vec<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    tags: BTreeSet<String>,
    email: Option<String>,
}

/// Nothing but the version tells one write from another that says the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = World, pk = "BOTH#{id}", sk = "ITEM")]
#[entity(unique(email))]
pub(crate) struct Both {
    id: u8,
    text: String,
    points: i64,
    log: Vec<String>,
    #[serde(default, with = "serde_dynamo::string_set")]
    tags: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[entity(version)]
    version: Version,
}

/// Which entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Plain,
    Versioned,
    Unique,
    Both,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Plain, Self::Versioned, Self::Unique, Self::Both];

    pub(crate) fn is_versioned(self) -> bool {
        matches!(self, Self::Versioned | Self::Both)
    }

    pub(crate) fn is_unique(self) -> bool {
        matches!(self, Self::Unique | Self::Both)
    }
}

/// What all of the entities hold, and what some do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) points: i64,
    pub(crate) log: Vec<String>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) email: Option<String>,
    pub(crate) version: u64,
}

/// What an update changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// The text, and with it the index key.
    Text(String),
    Add(i64),
    Append(String),
    Tag(String),
    /// The unique field.
    Email {
        from: Option<String>,
        to: Option<String>,
    },
}

impl Change {
    /// Does it in Rust.
    pub(crate) fn apply(&self, row: &mut Row) {
        match self {
            Self::Text(text) => row.text.clone_from(text),
            Self::Add(number) => row.points += number,
            Self::Append(element) => row.log.push(element.clone()),
            Self::Tag(tag) => _ = row.tags.insert(tag.clone()),
            Self::Email { to, .. } => row.email.clone_from(to),
        }
    }
}

/// What the tests do with each of the entities alike.
pub(crate) trait Cell: Entity<Table = World> + Clone + Debug + PartialEq {
    const KIND: Kind;

    fn of(id: u8, row: &Row) -> Self;
    fn row(&self) -> Row;
    fn key_of(id: u8) -> Self::Key;
    fn points_are(fields: Self::Fields, points: i64) -> Condition<Self>;
    fn changed(update: Update<Self>, change: &Change) -> Update<Self>;
    fn versioned(update: Update<Self>, version: u64) -> Update<Self>;
    fn of_version(delete: Delete<Self>, version: u64) -> Delete<Self>;
    async fn returning(update: Update<Self>, new: bool, db: &Db<World>) -> Result<Self, Error>;
    async fn deleted(delete: Delete<Self>, db: &Db<World>) -> Result<Option<Self>, Error>;

    /// Puts a row in the place of this one's, but for what no caller sets.
    fn set(&mut self, row: &Row);
}

macro_rules! cells {
    ($($entity:ident $key:ident [$($version:ident)?] [$($time:ident)*] [$($email:ident $given:ident)?] $single:tt;)*) => {$(
        impl Cell for $entity {
            const KIND: Kind = Kind::$entity;

            fn of(id: u8, row: &Row) -> Self {
                let Row { text, points, log, tags, .. } = row.clone();
                Self {
                    id,
                    text,
                    points,
                    log,
                    tags,
                    $($version: row.version.into(),)?
                    $($time: Timestamp::default(),)*
                    $($email: row.email.clone(),)?
                }
            }

            fn row(&self) -> Row {
                let Self { text, points, log, tags, .. } = self.clone();
                let row = Row { text, points, log, tags, ..Row::default() };
                $(let row = Row { version: self.$version.get(), ..row };)?
                $(let row = Row { $email: self.$email.clone(), ..row };)?
                row
            }

            fn key_of(id: u8) -> Self::Key {
                $key { id }
            }

            fn points_are(fields: Self::Fields, points: i64) -> Condition<Self> {
                fields.points().eq(points)
            }

            fn changed(update: Update<Self>, change: &Change) -> Update<Self> {
                match change.clone() {
                    Change::Text(text) => update.set(|row| row.text().to(text)),
                    Change::Add(number) => update.set(|row| row.points().add(number)),
                    Change::Append(element) => update.set(|row| row.log().append([element])),
                    Change::Tag(tag) => update.set(|row| row.tags().add([tag])),
                    $(Change::Email { from, to } => update.set(|row| row.$email().to(to).$given(from)),)?
                    #[allow(unreachable_patterns, reason = "some have a unique field")]
                    other => unreachable!("{other:?}"),
                }
            }

            fn versioned(update: Update<Self>, version: u64) -> Update<Self> {
                cells!(@versioned update version $($version)?)
            }

            fn of_version(delete: Delete<Self>, version: u64) -> Delete<Self> {
                cells!(@versioned delete version $($version)?)
            }

            async fn returning(update: Update<Self>, new: bool, db: &Db<World>) -> Result<Self, Error> {
                cells!(@returning $single update new db)
            }

            async fn deleted(delete: Delete<Self>, db: &Db<World>) -> Result<Option<Self>, Error> {
                cells!(@deleted $single delete db)
            }

            fn set(&mut self, row: &Row) {
                let Row { text, points, log, tags, .. } = row.clone();
                (self.text, self.points, self.log, self.tags) = (text, points, log, tags);
                $(self.$email = row.email.clone();)?
            }
        }
    )*};
    (@versioned $request:ident $number:ident $version:ident) => { $request.version($number) };
    (@versioned $request:ident $number:ident) => { unreachable!("{:?} of version {}", $request, $number) };
    (@returning single $update:ident $new:ident $db:ident) => {
        if $new { $update.returning_new().send($db).await } else { $update.returning_old().send($db).await }
    };
    (@returning many $update:ident $new:ident $db:ident) => { unreachable!("{:?} {} {:?}", $update, $new, $db) };
    (@deleted single $delete:ident $db:ident) => { $delete.returning_old().send($db).await };
    (@deleted many $delete:ident $db:ident) => { unreachable!("{:?} {:?}", $delete, $db) };
}

cells! {
    Plain PlainKey [] [] [] single;
    Versioned VersionedKey [version] [created_at updated_at] [] single;
    Unique UniqueKey [] [] [email given_email] many;
    Both BothKey [version] [] [email given_email] many;
}

/// Calls a function of the kind's entity.
macro_rules! of_kind {
    ($kind:expr, $entity:ident => $call:expr) => {
        match $kind {
            $crate::world::Kind::Plain => {
                type $entity = $crate::world::Plain;
                $call
            }
            $crate::world::Kind::Versioned => {
                type $entity = $crate::world::Versioned;
                $call
            }
            $crate::world::Kind::Unique => {
                type $entity = $crate::world::Unique;
                $call
            }
            $crate::world::Kind::Both => {
                type $entity = $crate::world::Both;
                $call
            }
        }
    };
}
pub(crate) use of_kind;

/// How often the library tries what the SDK does not repeat.
pub(crate) const TRIES: u32 = 4;

/// The table on a client. No two writes have the same time.
pub(crate) fn db(client: Client) -> Db<World> {
    let clock = AtomicI64::new(4_102_444_800);
    Db::<World>::new(client).with_backoff(Backoff::default().with_tries(TRIES)).with_clock(move || {
        Timestamp::from_secs(clock.fetch_add(1, Ordering::Relaxed)).expect("a time of this century")
    })
}
