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
    message = "`{Self}` is not a table",
    note = "a table is an enum with `#[derive(Table)]` and a variant for each of its entities"
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
