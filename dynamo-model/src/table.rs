//! What `#[derive(Table)]` implements.

use crate::{
    db::Db,
    error::Error,
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
    fn embedded() -> impl Future<Output = Result<Db<Self>, Error>> + Send {
        async {
            let engine = crate::engine::Embedded::memory().map_err(Error::engine)?;
            let db = Db::new(engine.client());
            db.create_table().await?;
            Ok(db)
        }
    }

    /// The table on this client: the same as [`Db::new`].
    #[must_use]
    fn db(client: aws_sdk_dynamodb::Client) -> Db<Self> {
        Db::new(client)
    }
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
