//! What `#[derive(Entity)]` implements.

use std::fmt;

use crate::{
    cost::ItemCost,
    error::{Error, Operation},
    expr::Changes,
    key::{KeyError, PrimaryKey},
    op::{BatchGet, Create, Delete, Exists, Get, Modify, Put, Remove, Scan, Update, Verdict, WriteShape},
    schema::EntitySchema,
    stamp::Stamp,
    table::Table,
    timestamp::Timestamp,
    value::{DecodeError, EncodeError, Item},
};

/// A struct that is stored as items of one table, under keys made from its fields.
///
/// serde says what its attributes are: it is `Serialize` and `Deserialize`.
///
/// Implemented by `#[derive(Entity)]`, which also generates `get`, `exists`, `delete`, `parse_key` and a method for
/// each access pattern.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity; derive `Entity` on the struct",
    label = "not an entity",
    note = "an entity is a struct with `#[derive(Serialize, Deserialize, Entity)]` and `#[entity(table = .., pk = .., sk = ..)]`"
)]
pub trait Entity: Sized + Send + Sync + 'static {
    /// The table that holds it.
    type Table: Table;

    /// Its primary key, typed.
    type Key: EntityKey<Entity = Self>;

    /// Its fields, which closures are given to write conditions and changes.
    type Fields: Copy + Send + Sync + 'static;

    /// Whether a write of it is one request of DynamoDB or, where unique constraints have to follow, a transaction.
    #[doc(hidden)]
    type Writes: WriteShape;

    /// Its description.
    const SCHEMA: &'static EntitySchema;

    /// The value's primary key.
    fn key(&self) -> Self::Key;

    /// Writes the value's key attributes: the primary key's and those of each index that it is in.
    #[doc(hidden)]
    fn __write_keys(&self, keys: &mut crate::op::KeyWriter<'_>) -> Result<(), KeyError>;

    /// Its fields.
    #[doc(hidden)]
    fn __fields() -> Self::Fields;

    /// Writes the keys of the items that hold the value's unique fields; what is `None` is not held.
    #[doc(hidden)]
    fn __write_uniques(&self, uniques: &mut crate::op::UniqueWriter) -> Result<(), KeyError>;

    /// Writes the attributes that serde gives the value.
    #[doc(hidden)]
    fn __write_fields(&self, item: &mut Item) -> Result<(), EncodeError>;

    /// Reads the value as serde does, as if the hidden attributes were not there.
    #[doc(hidden)]
    fn __read_fields(item: Item, hidden: &[&str]) -> Result<Self, DecodeError>;

    /// Sets the lifecycle fields for a write.
    #[doc(hidden)]
    fn __stamp(&mut self, stamp: &Stamp);

    /// Adds what every update changes: the time of the write, and the keys of the indexes that are made of it.
    #[doc(hidden)]
    fn __touch(_: &mut Changes, _: &Self::Key, _: Timestamp) {}

    /// Sets the version field, if there is one.
    #[doc(hidden)]
    fn __set_version(&mut self, _: Option<u64>) {}

    /// The value of the version field.
    #[doc(hidden)]
    fn __version(&self) -> Option<u64>;

    /// The attributes of the value's item: what serde writes, plus keys, index keys and the type.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if a key would be empty, too long or not fit its template; [`Error::Encode`] if a field has no
    /// DynamoDB form or stands in a key attribute's place.
    fn to_item(&self) -> Result<Item, Error> {
        crate::op::to_item(self, Operation::Encode)
    }

    /// The bytes of the value's item, and what DynamoDB charges to read and write it, indexes included.
    ///
    /// # Errors
    ///
    /// As [`to_item`](Self::to_item).
    fn size(&self) -> Result<ItemCost, Error> {
        ItemCost::of(self)
    }

    /// Decodes an item of this entity.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the item's type attribute is missing or names another entity, or an attribute does not
    /// fit; the error names the path, such as `tasks[3].due`.
    fn from_item(item: Item) -> Result<Self, Error> {
        crate::op::from_item(item, Operation::Decode)
    }

    /// Decodes an item of this entity that the query of a collection met.
    #[doc(hidden)]
    fn __met(item: Item) -> Result<Self, Error> {
        crate::op::from_item(item, Operation::Query)
    }

    /// Writes the value as a new item; fails if its key is taken.
    #[must_use = "a request does nothing until it is sent"]
    fn create(self) -> Create<Self> {
        Create::new(self)
    }

    /// Writes the value, in place of the item that may be there.
    ///
    /// An entity with a version replaces only the version that it was read as: [`Error::VersionConflict`] otherwise.
    #[must_use = "a request does nothing until it is sent"]
    fn put(self) -> Put<Self> {
        Put::new(self)
    }

    /// Deletes the item of the value, if it still is the version that the value was read as.
    ///
    /// `Task::delete(..)` deletes by the key.
    #[must_use = "a request does nothing until it is sent"]
    fn remove(self) -> Remove<Self> {
        Remove::new(self)
    }

    /// Reads many items by their keys, 100 a request.
    #[must_use = "a request does nothing until it is sent"]
    fn batch_get(keys: impl IntoIterator<Item = Self::Key>) -> BatchGet<Self> {
        BatchGet::new(keys)
    }

    /// Reads every item of the entity, in no order.
    #[must_use = "a request does nothing until it is sent"]
    fn scan() -> Scan<Self> {
        Scan::new()
    }
}

/// A typed primary key, such as `TaskKey`.
///
/// Implemented by `#[derive(Entity)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no key of an entity; give the typed key, such as `task.key()`",
    label = "not a key"
)]
pub trait EntityKey: Clone + PartialEq + fmt::Debug + Send + Sync + 'static {
    /// The entity that it identifies.
    type Entity: Entity<Key = Self>;

    /// The texts of the key attributes.
    ///
    /// # Errors
    ///
    /// A part is empty or does not fit its placeholder, or a text is too long.
    fn to_primary(&self) -> Result<PrimaryKey, KeyError>;

    /// The key that has these texts.
    #[doc(hidden)]
    fn __parse(partition: &str, sort: Option<&str>) -> Result<Self, KeyError>;

    /// Reads the item.
    #[must_use = "a request does nothing until it is sent"]
    fn get(&self) -> Get<Self::Entity> {
        Get::new(self.to_primary())
    }

    /// Asks whether the item exists.
    #[must_use = "a request does nothing until it is sent"]
    fn exists(&self) -> Exists<Self::Entity> {
        Exists::new(self.to_primary())
    }

    /// Deletes the item.
    #[must_use = "a request does nothing until it is sent"]
    fn delete(&self) -> Delete<Self::Entity> {
        Delete::new(self.to_primary())
    }

    /// Changes the item's fields; nothing until [`set`](Update::set) says which.
    #[must_use = "a request does nothing until it is sent"]
    fn update(&self) -> Update<Self::Entity> {
        Update::new(self.clone())
    }

    /// Reads the item, applies `change` to it, and writes what differs, again if another write came between.
    #[must_use = "a request does nothing until it is sent"]
    fn modify<F, V>(&self, change: F) -> Modify<Self::Entity, F>
    where
        F: FnMut(&mut Self::Entity) -> V,
        V: Verdict,
    {
        Modify::new(self.clone(), change)
    }
}
