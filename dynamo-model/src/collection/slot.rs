//! What gathers the items of one field of a struct.

use crate::{
    entity::Entity,
    error::{CollectionError, CollectionErrorKind, Error, Operation},
    op::from_item,
    value::Item,
};

/// A place for the items of one field.
#[doc(hidden)]
pub trait Slot: Send {
    /// The field's type.
    type Value;

    fn new() -> Self;
    fn is_empty(&self) -> bool;

    /// Takes an item, in the query's order.
    ///
    /// # Errors
    ///
    /// The item cannot be read.
    fn take(&mut self, item: Item) -> Result<(), Error>;

    /// The field's value.
    ///
    /// # Errors
    ///
    /// The field holds exactly one item, and there is none or are several.
    fn finish(self, collection: &'static str, field: &'static str) -> Result<Self::Value, Error>;
}

/// Of a field that holds one item: no fewer, no more.
#[derive(Debug)]
pub struct One<E> {
    item: Option<E>,
    several: bool,
}

/// Of a field that holds the first item in the query's order, if there is one.
#[derive(Debug)]
pub struct First<E>(Option<E>);

/// Of a field that holds all items, in the query's order.
#[derive(Debug)]
pub struct Many<E>(Vec<E>);

impl<E: Entity> Slot for One<E> {
    type Value = E;

    fn new() -> Self {
        Self { item: None, several: false }
    }

    fn is_empty(&self) -> bool {
        self.item.is_none()
    }

    fn take(&mut self, item: Item) -> Result<(), Error> {
        self.several = !self.is_empty();
        self.item = Some(from_item(item, Operation::Query)?);
        Ok(())
    }

    fn finish(self, collection: &'static str, field: &'static str) -> Result<E, Error> {
        let kind = match self.item {
            Some(item) if !self.several => return Ok(item),
            Some(_) => CollectionErrorKind::Several,
            None => CollectionErrorKind::Missing,
        };
        Err(Error::Collection(CollectionError { collection, field, entity: E::SCHEMA.name, kind }))
    }
}

impl<E: Entity> Slot for First<E> {
    type Value = Option<E>;

    fn new() -> Self {
        Self(None)
    }

    fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    fn take(&mut self, item: Item) -> Result<(), Error> {
        // Every item is read, so that one that cannot be is found whichever form the field has.
        let item = from_item(item, Operation::Query)?;
        self.0.get_or_insert(item);
        Ok(())
    }

    fn finish(self, _: &'static str, _: &'static str) -> Result<Option<E>, Error> {
        Ok(self.0)
    }
}

impl<E: Entity> Slot for Many<E> {
    type Value = Vec<E>;

    fn new() -> Self {
        Self(Vec::new())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, item: Item) -> Result<(), Error> {
        self.0.push(from_item(item, Operation::Query)?);
        Ok(())
    }

    fn finish(self, _: &'static str, _: &'static str) -> Result<Vec<E>, Error> {
        Ok(self.0)
    }
}
