//! What gathers the items of one field of a struct.

use crate::error::{CollectionError, CollectionErrorKind, Error};

/// A place for the items of one field.
///
/// It asks nothing of the item's type, so that a type which is no entity is one error, at the field.
#[doc(hidden)]
pub trait Slot<E> {
    /// The field's type.
    type Value;

    fn new() -> Self;
    fn is_empty(&self) -> bool;

    /// Takes an item, in the query's order.
    fn take(&mut self, item: E);

    /// The field's value; `names` are the collection's, the field's and the entity's.
    ///
    /// # Errors
    ///
    /// The field holds exactly one item, and there is none or are several.
    fn finish(self, names: [&'static str; 3]) -> Result<Self::Value, Error>;
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

impl<E> Slot<E> for One<E> {
    type Value = E;

    fn new() -> Self {
        Self { item: None, several: false }
    }

    fn is_empty(&self) -> bool {
        self.item.is_none()
    }

    fn take(&mut self, item: E) {
        self.several = !self.is_empty();
        self.item = Some(item);
    }

    fn finish(self, [collection, field, entity]: [&'static str; 3]) -> Result<E, Error> {
        let kind = match self.item {
            Some(item) if !self.several => return Ok(item),
            Some(_) => CollectionErrorKind::Several,
            None => CollectionErrorKind::Missing,
        };
        Err(Error::Collection(CollectionError { collection, field, entity, kind }))
    }
}

impl<E> Slot<E> for First<E> {
    type Value = Option<E>;

    fn new() -> Self {
        Self(None)
    }

    fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    fn take(&mut self, item: E) {
        self.0.get_or_insert(item);
    }

    fn finish(self, _: [&'static str; 3]) -> Result<Option<E>, Error> {
        Ok(self.0)
    }
}

impl<E> Slot<E> for Many<E> {
    type Value = Vec<E>;

    fn new() -> Self {
        Self(Vec::new())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, item: E) {
        self.0.push(item);
    }

    fn finish(self, _: [&'static str; 3]) -> Result<Vec<E>, Error> {
        Ok(self.0)
    }
}
