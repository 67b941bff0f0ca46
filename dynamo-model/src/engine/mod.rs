//! An in-process DynamoDB for tests, examples and local work: the real SDK client, answered by `SQLite` in this process.
//!
//! [`Embedded`] opens a database in memory or in a file and gives an [`aws_sdk_dynamodb::Client`] whose HTTP requests
//! never leave the process: no port, no TLS, no server, no credentials. Everything above the wire is the SDK's own, so
//! code under test runs as it does against AWS.
//!
//! ```
//! use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType};
//! use aws_sdk_dynamodb::types::ScalarAttributeType::S;
//! use dynamo_model::engine::Embedded;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Embedded::memory()?.client();
//! client
//!     .create_table()
//!     .table_name("notes")
//!     .attribute_definitions(AttributeDefinition::builder().attribute_name("id").attribute_type(S).build()?)
//!     .key_schema(KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash).build()?)
//!     .billing_mode(BillingMode::PayPerRequest)
//!     .send()
//!     .await?;
//!
//! let id = AttributeValue::S("n1".into());
//! client.put_item().table_name("notes").item("id", id.clone()).send().await?;
//! let found = client.get_item().table_name("notes").key("id", id.clone()).send().await?;
//! assert_eq!(found.item.and_then(|mut item| item.remove("id")), Some(id));
//! # Ok(())
//! # }
//! ```
//!
//! # How it differs from DynamoDB
//!
//! Operations of the service around tables (backups, exports, imports, global tables, limits, Kinesis) answer
//! `UnknownOperationException`. Throughput is never exceeded, transactions never conflict, tables and indexes are active at
//! once, and expired items stay until [`Embedded::sweep_ttl`]. Error messages differ in places: assert error codes, not
//! messages. A stream has one shard, has a record of a write that changes nothing too, and is gone when it is switched off.
//! Where the database takes what AWS refuses and that is cheap to tell, the engine refuses it too: empty values in key
//! conditions, index keys that are too long, TTL set to what it is, two index changes in one update, no billing mode.

mod clock;
mod connector;
mod error;
mod records;
mod route;
mod stack;
mod strict;
mod wire;

use std::fmt;
use std::path::Path;
use std::time::SystemTime;

use aws_sdk_dynamodb::Client;
use dynoxide::Database;

pub use error::EngineError;

/// An in-process DynamoDB.
///
/// A value is a handle: clones, and the clients made from it, share one database, which lives as long as any of them.
/// Databases made by separate calls share nothing, so each test can have its own.
#[derive(Clone)]
pub struct Embedded {
    database: Database,
    client: Client,
}

impl Embedded {
    /// Opens an empty database in memory; it is gone when its last handle is dropped.
    ///
    /// # Errors
    ///
    /// When `SQLite` cannot set up a database in memory.
    pub fn memory() -> Result<Self, EngineError> {
        Database::memory().map(Self::over).map_err(EngineError::memory)
    }

    /// Opens an empty database in memory that takes the time from `clock`.
    ///
    /// The clock decides what [`sweep_ttl`](Self::sweep_ttl) deletes and the times in stream records, which DynamoDB keeps in
    /// whole seconds. Creation times of tables are the machine's.
    ///
    /// # Errors
    ///
    /// When `SQLite` cannot set up a database in memory.
    pub fn memory_with_clock(clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Result<Self, EngineError> {
        Database::memory_with_clock(clock::shared(clock)).map(Self::over).map_err(EngineError::memory)
    }

    /// Opens the database in the file at `path`, or creates it; what is written there is found when it is opened again.
    ///
    /// The folder must exist. `SQLite` keeps two more files beside it (`-wal`, `-shm`) while it is open. One process, and
    /// one `Embedded` with its clones, may have the file open at a time.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened or created, is not a database of this engine, or its path is not UTF-8.
    pub fn file(path: impl AsRef<Path>) -> Result<Self, EngineError> {
        let path = path.as_ref();
        let text = path.to_str().ok_or_else(|| EngineError::path_not_utf8(path))?;
        Database::new(text).map(Self::over).map_err(|source| EngineError::file(path, source))
    }

    /// Deletes the expired items of all tables that have TTL enabled, and returns how many there were.
    ///
    /// DynamoDB does this late, within days; here nothing expires until it is called. The deletions are in the
    /// tables' streams, marked as made by the service. An item expires when its TTL attribute, a number of seconds since 1970,
    /// is below the clock's.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written.
    pub fn sweep_ttl(&self) -> Result<usize, EngineError> {
        self.database.sweep_ttl().map_err(EngineError::sweep)
    }

    /// The SDK's client whose requests this database answers.
    ///
    /// It works on any async runtime and without one: a call suspends once, as one on the network does, then runs to its
    /// end on the caller's thread, in tens of microseconds for small items. It asks once (no retries), never times out, and
    /// signs nothing.
    ///
    /// A client of your own, with interceptors or retries, starts from its configuration:
    ///
    /// ```
    /// # use aws_sdk_dynamodb::config::retry::RetryConfig;
    /// # fn main() -> Result<(), dynamo_model::engine::EngineError> {
    /// let client = dynamo_model::engine::Embedded::memory()?.client();
    /// let patient = client.config().to_builder().retry_config(RetryConfig::standard()).build();
    /// let client = aws_sdk_dynamodb::Client::from_conf(patient);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Its `config().http_client()` also answers DynamoDB Streams' operations, for a client of that service: with the
    /// feature `streams`, `streams_client` gives one.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The SDK's client of DynamoDB Streams, answered by this database.
    ///
    /// It behaves as [`client`](Self::client) does.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let streams = dynamo_model::engine::Embedded::memory()?.streams_client();
    /// assert!(streams.list_streams().send().await?.streams().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "streams")]
    #[must_use]
    pub fn streams_client(&self) -> aws_sdk_dynamodbstreams::Client {
        connector::streams_client(self.client.config())
    }

    fn over(database: Database) -> Self {
        let client = connector::client(database.clone());
        Self { database, client }
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").finish_non_exhaustive()
    }
}
