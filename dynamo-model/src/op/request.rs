//! What all requests have in common.

use crate::{
    db::{Capacity, Db, Meter},
    error::Error,
    explain::Explanation,
    lifecycle::{Clock as _, SystemClock},
    page::CursorKey,
    schema::TableSchema,
    table::Table,
    timestamp::Timestamp,
};

/// What a request takes from its surroundings when it is built.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// The table's name.
    pub table: String,
    /// The time of the write, or the time against which expiry is judged.
    pub now: Timestamp,
    /// What signs cursors.
    pub(crate) cursor_key: Option<CursorKey>,
}

impl Context {
    /// The schema's own table name and the system clock; [`Db::context`] gives those of a `Db`.
    #[must_use]
    pub fn of(table: &TableSchema) -> Self {
        Self { table: table.name.to_owned(), now: SystemClock.now(), cursor_key: None }
    }
}

/// An SDK request that can say what it asks for.
pub trait SdkRequest {
    /// DynamoDB's name of the operation, such as `GetItem`.
    const OPERATION: &'static str;

    /// The request in words and in DynamoDB's JSON.
    fn explanation(&self) -> Explanation;
}

/// One call of DynamoDB that has not been sent.
///
/// A request is a value: it can be compared, explained, turned into the SDK's own request, or sent.
pub trait Request: Sized {
    /// The table that the request is for.
    type Table: Table;

    /// What sending it gives.
    type Output;

    /// The SDK's builder of the same request.
    type Sdk: SdkRequest;

    /// The SDK's builder of this request, for a table name and a time.
    ///
    /// # Errors
    ///
    /// A key or an item that cannot be built: [`Error::Key`] or [`Error::Encode`].
    fn build(self, context: &Context) -> Result<Self::Sdk, Error>;

    /// The SDK's builder of this request, with the schema's table name and the system clock.
    ///
    /// It can be changed further and sent with its `send_with(&client)`.
    ///
    /// # Errors
    ///
    /// A key or an item that cannot be built: [`Error::Key`] or [`Error::Encode`].
    fn into_sdk(self) -> Result<Self::Sdk, Error> {
        self.build(&Context::of(Self::Table::SCHEMA.table))
    }

    /// What the request would ask of DynamoDB; shows the values.
    fn explain(self) -> Explanation {
        self.explain_in(&Context::of(Self::Table::SCHEMA.table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    fn explain_in(self, context: &Context) -> Explanation {
        match self.build(context) {
            Ok(request) => request.explanation().on(Self::Table::SCHEMA.table),
            Err(error) => Explanation::refused(Self::Sdk::OPERATION, &error),
        }
    }

    /// Sends the request, and says what it cost.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    fn send_metered(self, db: &Db<Self::Table>) -> impl Future<Output = Result<(Self::Output, Capacity), Error>> + Send
    where
        Self: Send,
        Self::Output: Send,
    {
        let meter = Meter::default();
        let metered = db.clone().with_meter(&meter);
        async move {
            let output = self.send(&metered).await;
            // It counts for the scope too.
            if let Some(scope) = db.meter() {
                scope.add_all(&meter);
            }
            Ok((output?, meter.capacity()))
        }
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// A key or an item that cannot be built, a failure of the SDK or of DynamoDB, or an answer that does not fit the
    /// entity.
    fn send(self, db: &Db<Self::Table>) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}
