//! A table on a client: the one place where requests meet the SDK.

mod attempts;
mod backoff;
mod create_table;
mod deployed;
mod difference;
mod dispatch;
mod meter;
mod native;
mod send;

use std::{env, fmt, marker::PhantomData, sync::Arc};

use aws_sdk_dynamodb::Client;

pub use backoff::Backoff;
pub use difference::Difference;
pub use meter::{Capacity, Meter};
pub(crate) use send::{Call, Failed, Written};

use crate::{
    error::{Classify, Operation},
    lifecycle::{Clock, SystemClock},
    op::Context,
    page::CursorKey,
    table::Table,
    timestamp::Timestamp,
};

/// A table on an SDK client: what requests are sent to.
///
/// Cheap to clone. The client's settings (endpoint, credentials, retries, timeouts) are the application's.
pub struct Db<T> {
    inner: Arc<Inner>,
    table: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Inner {
    client: Client,
    table: String,
    clock: Arc<dyn Clock>,
    backoff: Backoff,
    meter: Option<Meter>,
    cursor_key: Option<CursorKey>,
}

impl<T: Table> Db<T> {
    /// The table on this client.
    ///
    /// Its name is the schema's, or the value of the environment variable that `#[table(name_env = "..")]` names, if
    /// that is set and not empty.
    #[must_use]
    pub fn new(client: Client) -> Self {
        let schema = T::SCHEMA.table;
        let named = schema.name_env.and_then(|variable| env::var(variable).ok()).filter(|name| !name.is_empty());
        let table = named.unwrap_or_else(|| schema.name.to_owned());
        let clock = Arc::new(SystemClock);
        let inner = Inner { client, table, clock, backoff: Backoff::default(), meter: None, cursor_key: None };
        Self { inner: Arc::new(inner), table: PhantomData }
    }

    /// The same table under another name: for stages, tenants and tests.
    #[must_use]
    pub fn with_table_name(mut self, name: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).table = name.into();
        self
    }

    /// Takes the time from `clock`: for lifecycle fields and for expiry.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        Arc::make_mut(&mut self.inner).clock = Arc::new(clock);
        self
    }

    /// Tries again, what DynamoDB left undone, as `backoff` says.
    #[must_use]
    pub fn with_backoff(mut self, backoff: Backoff) -> Self {
        Arc::make_mut(&mut self.inner).backoff = backoff;
        self
    }

    /// Signs cursors by HMAC-SHA-256 with this secret, and refuses those that it did not sign.
    ///
    /// Every process that is to read the cursors needs the same secret. A cursor that was signed with another one, or
    /// before there was one, is [`Error::Cursor`](crate::Error::Cursor). Without a secret a cursor still reaches no other
    /// partition or query, but a client may make one up for a place in its own.
    #[must_use]
    pub fn with_cursor_key(mut self, secret: impl Into<CursorKey>) -> Self {
        Arc::make_mut(&mut self.inner).cursor_key = Some(secret.into());
        self
    }

    /// Has `meter` sum what the requests cost that are sent to this value and its clones: a scope of its own.
    #[must_use]
    pub fn with_meter(mut self, meter: &Meter) -> Self {
        Arc::make_mut(&mut self.inner).meter = Some(meter.clone());
        self
    }

    /// The table's name.
    #[must_use]
    pub fn table_name(&self) -> &str {
        &self.inner.table
    }

    /// The SDK's client, for what the library does not do.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    /// What a request takes from here when it is built: the table's name and the time.
    #[must_use]
    pub fn context(&self) -> Context {
        Context { table: self.inner.table.clone(), now: self.now(), cursor_key: self.inner.cursor_key.clone() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn meter(&self) -> Option<&Meter> {
        self.inner.meter.as_ref()
    }

    pub(crate) fn backoff(&self) -> Backoff {
        self.inner.backoff
    }

    /// Sorts the errors of a request for the table itself.
    fn classify_table(&self, operation: Operation) -> Classify<'_> {
        self.classify(Call::new(None, operation))
    }
}

impl<T> Clone for Db<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), table: PhantomData }
    }
}

impl<T> fmt::Debug for Db<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("table", &self.inner.table).finish_non_exhaustive()
    }
}
