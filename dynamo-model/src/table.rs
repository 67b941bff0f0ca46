//! What `#[derive(Table)]` implements.

use crate::{
    db::Db,
    error::Error,
    op::{BatchWrite, TransactGet, TransactGets, Transaction},
    schema::{Schema, TableSchema},
    value::Item,
};

/// One DynamoDB table: an enum with a variant for each entity that is stored in it.
///
/// Implemented by `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table; derive `Table` on the enum of the entities",
    label = "not a table"
)]
pub trait Table: Sized + Send + Sync + 'static {
    /// The table without its entities.
    #[doc(hidden)]
    const LAYOUT: &'static TableSchema;

    /// The table and its entities.
    const SCHEMA: Schema;

    /// Decodes any item of the table into the variant that its type attribute names.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the item has no type attribute, one that no entity bears, or attributes that do not fit
    /// the entity.
    fn from_item(item: Item) -> Result<Self, Error>;

    /// The attributes of the value's item: what serde writes, plus keys, index keys and the type.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] or [`Error::Encode`], as [`Entity::to_item`](crate::Entity::to_item).
    fn to_item(&self) -> Result<Item, Error>;

    /// A fresh in-process DynamoDB in memory with this table created: for tests and examples.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] if the engine does not start.
    #[cfg(feature = "embedded")]
    #[must_use = "the engine starts when the future is awaited"]
    fn embedded() -> impl Future<Output = Result<Db<Self>, Error>> + Send {
        created(crate::engine::Embedded::memory())
    }

    /// An in-process DynamoDB in a file, with this table created if it is not there yet: it outlives the process.
    ///
    /// # Errors
    ///
    /// [`Error::Engine`] if the file cannot be opened or written; [`Error::Table`] if it holds the table with other
    /// keys.
    #[cfg(feature = "embedded")]
    #[must_use = "the engine starts when the future is awaited"]
    fn embedded_file(path: impl AsRef<std::path::Path>) -> impl Future<Output = Result<Db<Self>, Error>> + Send {
        created(crate::engine::Embedded::file(path))
    }

    /// Several writes of the table's entities, all of them or none.
    ///
    /// ```
    /// # use dynamo_model::prelude::*;
    /// # #[derive(Debug, Clone, PartialEq, Table)]
    /// # #[table(name = "work", pk = "PK", sk = "SK")]
    /// # pub enum Work { Project(Project), Task(Task) }
    /// # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Work, pk = "PROJECT#{project}", sk = "METADATA")]
    /// # pub struct Project { project: String, tasks: u32 }
    /// # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Work, pk = "PROJECT#{project}", sk = "TASK#{number}")]
    /// # pub struct Task { project: String, number: u32 }
    /// let task = Task { project: "456".to_owned(), number: 1 };
    /// let together = Work::transaction()
    ///     .and(task.create())
    ///     .and(Project::update("456").set(|p| p.tasks().add(1)));
    /// assert_eq!(together.len(), 2);
    /// ```
    fn transaction() -> Transaction<Self> {
        Transaction::new()
    }

    /// Reads several items as they are at one moment: a tuple or a `Vec` of `get`s.
    fn transact_get<G: TransactGets<Self>>(gets: G) -> TransactGet<Self, G> {
        TransactGet::new(gets)
    }

    /// Puts and deletes of many items, 25 a request.
    fn batch_write() -> BatchWrite<Self> {
        BatchWrite::new()
    }

    /// The table on this client: the same as [`Db::new`].
    #[must_use]
    fn db(client: aws_sdk_dynamodb::Client) -> Db<Self> {
        Db::new(client)
    }
}

/// The table on an engine that has started, or has not.
#[cfg(feature = "embedded")]
async fn created<T: Table>(
    engine: Result<crate::engine::Embedded, crate::engine::EngineError>,
) -> Result<Db<T>, Error> {
    let db = Db::new(engine.map_err(Error::Engine)?.client());
    db.create_table().await?;
    Ok(db)
}

/// The table that an entity names is the one in whose enum it is a variant.
#[diagnostic::on_unimplemented(
    message = "`{E}` lies in table `{Self}`, so it is no variant of `{Here}`; write `#[entity(table = {Here})]` on it",
    label = "an entity of `{Self}`"
)]
#[doc(hidden)]
pub trait LiesIn<Here, E> {
    /// What generated code names to ask.
    const HERE: () = ();
}

impl<T: Table, E> LiesIn<T, E> for T {}

/// The members of a collection lie in one table.
#[diagnostic::on_unimplemented(
    message = "`{E}` lies in table `{Self}`, and the collection reads `{Here}`; remove it here, and read it with a query of its own",
    label = "an entity of `{Self}`"
)]
#[doc(hidden)]
pub trait IsRead<Here, E> {
    /// What generated code names to ask.
    const HERE: () = ();
}

impl<T: Table, E> IsRead<T, E> for T {}

/// The table of an entity is the one that a request writes to or reads from.
#[diagnostic::on_unimplemented(
    message = "`{E}` lies in table `{Self}`, and this is a request to `{Here}`; make a request of its own to `{Self}`",
    label = "an entity of `{Self}`"
)]
#[doc(hidden)]
pub trait IsTable<Here, E> {}

impl<T: Table, E> IsTable<T, E> for T {}
