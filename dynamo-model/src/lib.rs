//! The single-table DynamoDB data layer for Rust.
//!
//! State each key pattern once, on the struct. Typed keys, requests, a query for every access pattern, indexes that are
//! always in step and the table itself follow from it.
//!
//! ```
//! use dynamo_model::prelude::*;
//!
//! /// The table: an enum with a variant for each entity.
//! #[derive(Debug, Clone, PartialEq, Table)]
//! #[table(name = "codexflow-main", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
//! pub enum Codexflow {
//!     Project(Project),
//!     Task(Task),
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Codexflow, pk = "PROJECT#{project_id}", sk = "METADATA")]
//! pub struct Project {
//!     pub project_id: String,
//!     pub name: String,
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Codexflow, pk = "PROJECT#{project_id}", sk = "TASK#{number}", name = in_project)]
//! #[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "DUE#{due}"))]
//! pub struct Task {
//!     pub project_id: String,
//!     pub number: u32,
//!     pub assignee: Option<String>,
//!     pub due: Timestamp,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dynamo_model::Error> {
//! let db = Codexflow::embedded().await?; // with the feature `embedded`; or Db::<Codexflow>::new(sdk_client)
//!
//! for number in 1..=20 {
//!     let assignee = (number % 2 == 0).then(|| "ada".to_owned());
//!     let due = Timestamp::default();
//!     Task { project_id: "456".to_owned(), number, assignee, due }.create().send(&db).await?;
//! }
//!
//! let task = Task::get("456", &7).send(&db).await?.expect("it was created");
//! assert_eq!(task.assignee, None);
//!
//! let some = Task::in_project("456").number(9..=11).all(&db).await?;
//! assert_eq!(some.iter().map(|task| task.number).collect::<Vec<_>>(), [9, 10, 11]);
//! assert_eq!(Task::by_assignee("ada").count(&db).await?, 10);
//!
//! assert_eq!(
//!     Task::in_project("456").number(9..=11).explain().to_string(),
//!     r#"Query PK = "PROJECT#456" AND SK BETWEEN "TASK#0000000009" AND "TASK#0000000011""#,
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # The table
//!
//! `#[derive(Table)]` on an enum whose variants each hold one entity (which may be boxed). In `#[table(..)]`:
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `name = ".."` | the table's name; [`Db::with_table_name`] overrides it |
//! | `name_env = ".."` | an environment variable that overrides it |
//! | `pk = ".."`, `sk = ".."` | the primary key's attributes, both strings; `sk` is optional |
//! | `gsi(NAME, pk = "..", sk = "..")` | a global secondary index; `sk` is optional |
//! | `gsi(NAME, native(pk = ("..", ".."), sk = ("..", "..")))` | a global secondary index on attributes of the entities' own, which carries all: [`native`] |
//! | `lsi(NAME, sk = "..")` | a local secondary index |
//! | in `gsi(.., pk = ..)` and `lsi`: `projection = ".."` | `all`, as if nothing is said, or `keys_only`; clippy takes several as `projection("..")` |
//! | in `gsi(.., pk = ..)` and `lsi`: `include("..", ..)` | carries keys and these attributes, and the type and the TTL by itself |
//! | `type_attribute = ".."` | the attribute that names an item's entity; `entityType` if not given |
//! | `ttl = ".."` | the attribute that DynamoDB reads as the time to live |
//! | `stream = ".."` | `keys_only`, `new_image`, `old_image` or `new_and_old_images` |
//! | `point_in_time_recovery` | continuous backups |
//! | `deletion_protection` | the table refuses to be deleted |
//! | `crate = path` | this crate under another name |
//!
//! # Entities
//!
//! `#[derive(Entity)]` on a struct that serde can write and read. In `#[entity(..)]`:
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `table = Path` | the table's enum |
//! | `pk = ".."`, `sk = ".."` | the templates of the primary key |
//! | `name = ident` | the method that queries by the primary key; `query` if not given |
//! | `index(NAME, name = ident, pk = "..", sk = "..")` | the templates on an index (no `pk` on a local one), and the method that queries it |
//! | `index(NAME, name = ident, native(pk = (field, ..), sk = (field, ..)))` | the fields that are a native index's attributes, in its order |
//! | `unique(field, ..)` | no two items have the same values in these fields; `unique(email: lower)` takes no notice of case |
//! | `type_name = ".."` | the value of the type attribute; the struct's name if not given |
//! | `crate = path` | this crate under another name |
//! | on a field: `version` | a [`Version`], `u64` or `u32` that counts writes; a stale value never replaces a newer one |
//! | on a field: `created_at`, `updated_at` | a [`Timestamp`], or another [`ClockField`], set by the write |
//! | on a field: `ttl` | an [`EpochSeconds`], or another [`TtlField`]; what has expired is never returned |
//!
//! The derive generates `get`, `exists`, `delete`, `update`, `modify`, `parse_key`, the typed key (`TaskKey`), the typed
//! fields (`TaskFields`) and a method for each access pattern; [`Entity`] adds `create`, `put`, `remove`, `scan`,
//! `batch_get`, `to_item` and `from_item`. Requests are values: [`Request`] and [`QueryRequest`] say what can be done with
//! them.
//!
//! An item holds what serde makes of the struct, plus the key attributes, the index keys and the type attribute. serde's
//! `rename`, `rename_all`, `default`, `skip_serializing_if`, `with` and `flatten` mean what they mean to serde.
//!
//! `#[derive(Attribute)]` on the type of a field says what it is stored as, so that the field can be compared and changed
//! as such ([`expr`]): a newtype as the value inside, a unit enum as a string, a struct as a map, whose fields then have
//! paths of their own (`t.address().city()`). In `#[attribute(..)]` stands `crate = path`, if anything.
//!
//! # Collections
//!
//! `#[derive(Collection)]` reads entities that share a partition in one query: on a struct all of it, with
//! `ProjectView::get("456")`, on an enum page by page, with `InProject::query("456")`. Both take a reference to the part
//! of the partition key, or a tuple of references if it has several. [`collection`] has an example.
//!
//! | On a struct, a field of type | Holds |
//! |---|---|
//! | `E`, `Box<E>` | the one item of the entity; [`Error::Collection`] if there is none or are several |
//! | `Option<E>` | the first item in the query's order, which `descending` reverses |
//! | `Vec<E>` | every item, in the query's order |
//!
//! | Attribute in `#[collection(..)]` | Meaning |
//! |---|---|
//! | `index = NAME` | reads the members on this index; by the primary key if not given |
//! | `crate = path` | this crate under another name |
//!
//! Members lie in one table and have partition keys of the same shape: others do not compile. The condition on the sort
//! key is as narrow as the members' leading literals allow. What lies between them is passed over: other entities, what
//! has expired, and, counted, items of types that the table does not have, which a newer program may have written.
//!
//! # Projections
//!
//! `#[derive(Projection)]` on a struct names some of an entity's fields; `select::<TaskCard>()` on a `get`, a `batch_get`, a
//! query or a scan asks for just those. serde's attributes on the entity say how each is stored, so the struct needs none.
//! For a field or two, `project(|t| (t.title(), t.points()))` does without a struct.
//!
//! | Attribute | Meaning |
//! |---|---|
//! | `#[projection(of = Task)]` | the entity |
//! | `#[projection(from(by_status, ..))]` | it can be read from these access patterns, whose indexes carry all that it names |
//! | on a field: `field = title`, `field = address.city` | the entity's field, where the name is another, or a value inside one |
//! | `crate = path` | this crate under another name |
//!
//! An index with `keys_only` or `include(..)` has no whole items, so a query of it does not compile until it says what it
//! gives instead: a projection with `from`, `keys()`, or `hydrate()`, which fetches the items in the index's order.
//! `count` and `exists` are exact on any index. An entity with a `ttl` field is in no index of keys only: there nothing
//! tells what has expired, so `keys` and `count` also meet items to which others than the entity have given a TTL.
//!
//! ```
//! use dynamo_model::prelude::*;
//!
//! #[derive(Debug, Clone, PartialEq, Table)]
//! #[table(name = "work", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK", include("title")))]
//! pub enum Work {
//!     Task(Task),
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}", name = in_project)]
//! #[entity(index(GSI1, name = by_status, pk = "STATUS#{status}", sk = "TASK#{number}"))]
//! pub struct Task {
//!     pub project: String,
//!     pub number: u32,
//!     pub status: String,
//!     pub title: String,
//!     pub notes: Vec<String>,
//! }
//!
//! #[derive(Debug, PartialEq, Projection)]
//! #[projection(of = Task, from(by_status))]
//! pub struct TaskCard {
//!     pub title: String,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dynamo_model::Error> {
//! let db = Work::embedded().await?;
//! # let (project, status, title) = ("456".to_owned(), "open".to_owned(), "Log in".to_owned());
//! # let task = Task { project, number: 7, status, title, notes: vec!["at last".to_owned()] };
//! let task = task.create().send(&db).await?;
//!
//! let card = TaskCard { title: "Log in".to_owned() };
//! assert_eq!(Task::get("456", &7).select::<TaskCard>().send(&db).await?.as_ref(), Some(&card));
//! assert_eq!(Task::by_status("open").select::<TaskCard>().limit(20).page(&db).await?.items, [card]);
//!
//! assert_eq!(Task::by_status("open").keys().all(&db).await?, [task.key()]);
//! assert_eq!(Task::by_status("open").hydrate().all(&db).await?, [task]);
//! assert!(Task::by_status("open").exists(&db).await?);
//! # Ok(())
//! # }
//! ```
//!
//! # Keys
//!
//! A template is literals and `{placeholders}` for fields, with `#` between the parts (`{{` and `}}` for braces). What
//! follows a placeholder is `#` or the end, unless its width is fixed.
//!
//! | Type | Text in the key | Order in the key |
//! |---|---|---|
//! | strings | bytes 0x00 to 0x25 (controls, space, `!"#$%`) as `%XX`, the rest as it is | as the value's UTF-8 bytes |
//! | `u8` to `u128` | zero-padded to the type's widest value | numeric |
//! | `i8` to `i128` | one digit wider; negative: `-` and the nines' complement | numeric |
//! | timestamps | RFC 3339, UTC, fixed-width fraction | chronological |
//! | `Ulid`, `Uuid` | canonical text | as the id's bytes |
//! | `bool`, unit enums with `#[derive(KeyPart)]` | serde's name | by text; no ranges |
//! | newtypes with `#[derive(KeyPart)]` | as the value inside | as the value inside |
//!
//! `{email:lower}` writes lower case, `{seq:08}` pads an integer to another width, `{name:raw}` leaves a text unescaped
//! (for tables that exist already) and refuses a `#`. A field of type `Option` leaves its item out of an index while it is
//! `None`: the index is sparse.
//!
//! A partition key has 1 to 2,048 bytes, a sort key 1 to 1,024, and no part is empty: checked before anything is sent.
//! Two entities of a table whose templates could give the same primary key do not compile.
//!
//! A native index has no template: its key is up to four fields and four more to sort by, in their own types, and DynamoDB
//! keeps it by itself. [`native`] has an example.
//!
//! # Spread partitions
//!
//! DynamoDB bounds what one partition key takes: 1,000 write units and 3,000 read units a second. A part of a partition
//! key that holds less than its field spreads the items of one value over several keys:
//!
//! | Part | Holds | For |
//! |---|---|---|
//! | `{id:shard(16)}` | one of 2 to 1,000 shards, by a hash of the text: `00` to `15` | what is written often |
//! | `{at:year}`, `{at:month}`, `{at:day}`, `{at:hour}` | the period, in UTC: `2026-11-20` | series of a time or a date |
//!
//! The derive sees to it that the primary key holds the field in full too, and that the sort key of a bucketed partition
//! begins with the time. A query is given the other parts, reads all partitions, 8 at a time, and gives one sequence in
//! the order of the sort key: [`SpreadRequest`] has what [`QueryRequest`] has. Of a bucketed partition it asks for a range
//! with both ends, which says what is read: at most 10,000 partitions. One with a limit asks every shard of a period for
//! as many items, since they could all lie in one: choose no more shards than the writes need.
//!
//! ```
//! use dynamo_model::prelude::*;
//!
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "plant", pk = "PK", sk = "SK")]
//! # pub enum Plant { Activity(Activity), Reading(Reading) }
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Plant, pk = "ORG#{org}#{id:shard(4)}", sk = "AT#{at}#{id}", name = of_organization)]
//! pub struct Activity {
//!     pub org: String,
//!     pub at: Timestamp,
//!     pub id: String,
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Plant, pk = "SENSOR#{sensor}#{at:day}", sk = "{at}", name = of_sensor)]
//! pub struct Reading {
//!     pub sensor: String,
//!     pub at: Timestamp,
//!     pub celsius: i32,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let db = Plant::embedded().await?;
//! let noon: Timestamp = "2026-11-20T12:00:00Z".parse()?;
//! let hours = |hours: u64| noon + std::time::Duration::from_secs(hours * 3_600);
//! for hour in 0..20 {
//!     let (id, sensor) = (format!("{hour:02}"), "boiler".to_owned());
//!     Activity { org: "acme".to_owned(), at: hours(hour), id }.create().send(&db).await?;
//!     Reading { sensor, at: hours(hour), celsius: 80 }.create().send(&db).await?;
//! }
//!
//! let latest = Activity::of_organization("acme").descending().limit(3).page(&db).await?;
//! assert_eq!(latest.items.iter().map(|activity| &*activity.id).collect::<Vec<_>>(), ["19", "18", "17"]);
//! let before = Activity::of_organization("acme").descending().limit(3).after(latest.next).page(&db).await?;
//! assert_eq!(before.items[0].id, "16");
//!
//! // Two days, each of which is a partition.
//! let night = Reading::of_sensor("boiler").at(hours(10)..=hours(13));
//! assert_eq!(night.clone().count(&db).await?, 4);
//! assert_eq!(
//!     night.explain().to_string(),
//!     "Query PK = \"SENSOR#boiler#2026-11-20\" AND SK BETWEEN \"2026-11-20T22:00:00.000Z\" AND \
//!      \"2026-11-21T01:00:00.000Z\" | first of 2 requests",
//! );
//!
//! let first = Activity::get("acme", "00", &noon).send(&db).await?; // the key holds the id once more than it is given
//! assert!(first.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! The shard is FNV-1a (64 bits) of the part's key text in UTF-8, mixed by `fmix64` of `MurmurHash3`, modulo the number of
//! shards. It never changes, and neither may the number of shards or the period of a table that holds items: a query
//! looks for them where the template says.
//!
//! # Updates
//!
//! A closure is given the typed fields, and says what becomes of them. What an index key is made of takes the key along.
//! Where the key is made of several fields, `to` on one asks what the others are: `given_..` says what is stored (and the
//! update fails if it is not), `with_..` what they become, and the access pattern's name sets all of them. A change that
//! leaves one out does not compile.
//!
//! ```
//! use dynamo_model::prelude::*;
//!
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "work", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
//! # pub enum Work { Task(Task) }
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
//! #[entity(index(GSI1, name = by_assignee, pk = "ASSIGNEE#{assignee}", sk = "DUE#{due}"))]
//! pub struct Task {
//!     pub project: String,
//!     pub number: u32,
//!     pub assignee: String,
//!     pub due: Timestamp,
//!     pub title: String,
//!     pub points: u32,
//!     #[entity(version)]
//!     pub version: Version,
//!     #[entity(updated_at)]
//!     pub updated_at: Timestamp,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dynamo_model::Error> {
//! # let db = Work::embedded().await?;
//! # let due = Timestamp::UNIX_EPOCH;
//! # let (version, updated_at) = (Version::default(), due);
//! # let title = "Log in".to_owned();
//! # let task = Task { project: "456".to_owned(), number: 7, assignee: "ada".to_owned(), due, title, points: 1, version, updated_at };
//! let task = task.create().send(&db).await?;
//!
//! Task::update("456", &7)
//!     .set(|t| (t.title().to("Implement SSO"), t.points().add(2)))
//!     .set(|t| t.assignee().to("bob").given_due(task.due))
//!     .when(|t| t.points().lt(5))
//!     .version(task.version)
//!     .send(&db)
//!     .await?;
//!
//! let moved = Task::by_assignee("bob").first(&db).await?.expect("its index key followed");
//! assert_eq!((&*moved.title, moved.points, moved.version), ("Implement SSO", 3, 2.into()));
//!
//! // Reads, changes in Rust and writes what differs; again if another write came between.
//! let done = Task::modify("456", &7, |task| task.title.push_str(": done")).send(&db).await?;
//! assert_eq!(done.title, "Implement SSO: done");
//! # Ok(())
//! # }
//! ```
//!
//! # Unique fields
//!
//! An item of its own holds the values of a unique constraint, so that each write of the entity is a transaction which
//! moves it. [`Error::NotUnique`] names the fields that another item has. A constraint on several fields
//! (`unique(org, handle)`) holds their combination; where one of them is `None`, nothing is held. An update of a unique
//! field is given the stored value, which it gives back.
//!
//! ```
//! use dynamo_model::{Error, prelude::*};
//!
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "people", pk = "PK", sk = "SK")]
//! # pub enum People { User(User) }
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = People, pk = "USER#{id}", sk = "PROFILE", unique(email: lower))]
//! pub struct User {
//!     pub id: String,
//!     pub email: String,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! # let db = People::embedded().await?;
//! # let user = |id: &str, email: &str| User { id: id.to_owned(), email: email.to_owned() };
//! user("1", "ada@example.org").create().send(&db).await?;
//! let taken = user("2", "Ada@example.org").create().send(&db).await;
//! assert!(matches!(taken, Err(Error::NotUnique(refusal)) if refusal.fields() == ["email"]));
//!
//! User::update("1").set(|u| u.email().to("ada@new.org").given_email("ada@example.org")).send(&db).await?;
//! user("2", "Ada@example.org").create().send(&db).await?;
//! # Ok(())
//! # }
//! ```
//! # Streams
//!
//! With the feature `streams`, a record of the table's stream is a `Change<Codexflow>`: `Insert`, `Modify` or `Remove`,
//! with the table's enum before and after. The feature `lambda` reads them from Lambda's events. The module `change` has
//! an example.
//!
//! # Without surprises
//!
//! - A query's range becomes exactly one key condition, exact at both ends. An empty range sends nothing.
//! - A get that meets another entity's item is an error; a query passes over it. Expired items are not returned.
//! - Every write keeps every index true: a change that leaves a field of an index key out does not compile, and an update
//!   is refused where a key changes with the time or the version and the update does not know the rest of it.
//! - An update changes an item that is there ([`Error::NotFound`]), is of the entity and has not expired.
//! - What was done, was done once: where no answer came, a write is tried again only if doing it twice is doing it once,
//!   and else the error is [`Error::OutcomeUnknown`].
//! - `limit` counts items of the entity, not what DynamoDB reads. [`Page::next`] is `None` exactly on the last page.
//! - [`Error`] names the entity, the operation and the attribute path, and holds no stored value; the SDK's error is its
//!   source.

#[cfg(feature = "streams")]
pub mod change;
pub mod collection;
pub mod cost;
pub mod db;
#[cfg(feature = "embedded")]
pub mod engine;
pub mod entity;
pub mod error;
pub mod explain;
pub mod expr;
pub mod key;
pub mod lifecycle;
pub mod native;
pub mod op;
mod operation;
pub mod page;
mod projection;
pub mod schema;
mod sleep;
mod stamp;
#[doc(hidden)]
pub mod stored;
pub mod table;
mod timestamp;
pub mod value;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "streams")]
pub use change::Change;
pub use collection::Collection;
pub use db::Db;
pub use dynamo_model_derive::{Attribute, Collection, Entity, KeyPart, Projection, Table};
pub use entity::{Entity, EntityKey};
pub use error::{Error, Operation};
pub use expr::{Attribute, Condition, Path};
pub use key::{KeyPart, OrderedKeyPart};
pub use lifecycle::{Clock, ClockField, EpochSeconds, ManualClock, SystemClock, TtlField, Version, VersionField};
pub use native::{NativePart, OrderedNativePart};
pub use op::{
    NativeCondition, PartCondition, Query, QueryRequest, Request, Spread, SpreadRequest, Transaction, WriteRequest,
};
pub use page::{Cursor, CursorKey, CursorKeyError, Page};
#[doc(hidden)]
pub use projection::ReadFrom;
pub use projection::{Carried, Projection};
pub use table::Table;
pub use timestamp::{Timestamp, TimestampError};

/// What a file that defines or uses entities wants in scope.
pub mod prelude {
    pub use serde::{Deserialize, Serialize};

    pub use crate::{
        Attribute, Collection, Cursor, Db, Entity, EntityKey, EpochSeconds, KeyPart, Page, Projection, QueryRequest,
        Request, SpreadRequest, Table, Timestamp, Version,
    };
}
