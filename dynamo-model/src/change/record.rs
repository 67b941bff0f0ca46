//! A record before it is typed, whatever it came from.

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Change, Record, Removed, image::Image};
use crate::{
    error::{ChangeError, ChangeErrorKind, Error, ItemError, ItemErrorKind, Operation, Which},
    key::PrimaryKey,
    op::write::{HELD_TYPE, owner_of},
    schema::{EntitySchema, Schema, StreamView, TableSchema},
    table::Table,
    timestamp::Timestamp,
};

/// The service that deletes what has expired, as a record names it.
const TTL_TYPE: &str = "Service";
const TTL_PRINCIPAL: &str = "dynamodb.amazonaws.com";

/// A record before it is typed.
#[derive(Debug)]
pub(super) struct Raw {
    /// `None` where the record is of a kind that is not known here.
    pub(super) event: Option<Event>,
    pub(super) event_id: Option<String>,
    pub(super) sequence_number: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) view: Option<StreamView>,
    pub(super) keys: Option<Image>,
    pub(super) old: Option<Image>,
    pub(super) new: Option<Image>,
    pub(super) removed: Removed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    Insert,
    Modify,
    Remove,
}

/// A record, as far as it concerns the table's program.
#[derive(Debug)]
pub(super) enum Sorted<T> {
    Change(Change<T>),
    /// Of an item whose type the table does not have.
    Unknown,
    /// Of an item that holds a unique value.
    Held,
}

/// Whose item an image shows.
enum Owner {
    Entity(&'static EntitySchema),
    Unknown,
    Held,
}

/// Who made a change, as a record names them.
pub(super) fn removed_by(kind: Option<&str>, principal: Option<&str>) -> Removed {
    if kind == Some(TTL_TYPE) && principal == Some(TTL_PRINCIPAL) { Removed::Expired } else { Removed::Deleted }
}

impl Event {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "INSERT" => Self::Insert,
            "MODIFY" => Self::Modify,
            "REMOVE" => Self::Remove,
            _ => return None,
        })
    }
}

impl Raw {
    /// The typed change.
    ///
    /// # Errors
    ///
    /// [`Error::Change`] if an image of a known type cannot be read, or the record has not the table's key.
    pub(super) fn decode<T: Table>(mut self) -> Result<Sorted<T>, Error> {
        let schema = T::SCHEMA;
        let owners = [&self.new, &self.old].map(|image| image.as_ref().map(|image| owner(schema, image)));
        let Some(key) = self.key(schema.table) else {
            let attribute = self.missing(schema.table);
            return Err(self.fail(schema, ChangeErrorKind::NoKey { attribute }));
        };
        if !owners.iter().flatten().any(|owner| matches!(owner, Owner::Entity(_))) {
            // Without an image only the key can tell.
            let held = if owners.iter().all(Option::is_none) {
                holds(schema, &key)
            } else {
                owners.iter().flatten().any(|owner| matches!(owner, Owner::Held))
            };
            if held {
                return Ok(Sorted::Held);
            }
            if owners.iter().any(Option::is_some) {
                return Ok(Sorted::Unknown);
            }
        }
        let Some(event) = self.event else { return Err(self.fail(schema, ChangeErrorKind::UnknownEvent)) };
        let [new_owner, old_owner] = owners;
        let (new, old) = (self.new.take(), self.old.take());
        let new = self.image::<T>(new_owner, new, Which::New)?;
        let (old, old_unreadable) = match self.image::<T>(old_owner, old, Which::Old) {
            // An item is often changed so that it can be read: what it is now is what counts.
            Err(error) if event == Event::Modify && new.is_some() => (None, Some(error.to_string())),
            old => (old?, None),
        };
        let Self { event_id, sequence_number, created_at, view, removed, .. } = self;
        let record = Record { event_id, sequence_number, created_at, key, view, old_unreadable };
        Ok(Sorted::Change(match event {
            Event::Insert => Change::Insert { new, record },
            Event::Modify => Change::Modify { old, new, record },
            Event::Remove => Change::Remove { old, cause: removed, record },
        }))
    }

    /// The texts of the item's key, which each image has too.
    fn key(&self, table: &TableSchema) -> Option<PrimaryKey> {
        let whole = |key: &PrimaryKey| key.sort.is_some() == table.key.sort.is_some();
        let images = [&self.keys, &self.new, &self.old].into_iter().flatten();
        images.filter_map(|image| owner_of(table, &image.item)).find(whole)
    }

    /// The attribute of the primary key that the record lacks, if it lacks one.
    fn missing(&self, table: &TableSchema) -> &'static str {
        let has =
            |name: &str| self.keys.as_ref().is_some_and(|keys| keys.item.get(name).is_some_and(AttributeValue::is_s));
        table.key.names().find(|name| !has(name)).unwrap_or(table.key.partition)
    }

    fn image<T: Table>(&self, owner: Option<Owner>, image: Option<Image>, which: Which) -> Result<Option<T>, Error> {
        let (Some(Owner::Entity(entity)), Some(Image { item, fault })) = (owner, image) else { return Ok(None) };
        let error = match fault {
            Some(fault) => ItemError::new(entity.name, Operation::Decode, ItemErrorKind::Decode(fault)),
            None => match T::from_item(item) {
                Ok(item) => return Ok(Some(item)),
                Err(Error::Decode(error)) => error,
                Err(other) => return Err(other),
            },
        };
        Err(self.fail(T::SCHEMA, ChangeErrorKind::Image { which, error }))
    }

    fn fail(&self, schema: Schema, kind: ChangeErrorKind) -> Error {
        let (event_id, sequence_number) = (self.event_id.clone(), self.sequence_number.clone());
        Error::Change(ChangeError::new(schema.table.name, event_id, sequence_number, kind))
    }
}

/// Whose item an image shows.
fn owner(schema: Schema, image: &Image) -> Owner {
    let kind = image.item.get(schema.table.type_attribute).and_then(|value| value.as_s().ok());
    match kind.map(String::as_str) {
        Some(HELD_TYPE) => Owner::Held,
        Some(kind) => {
            let entity = schema.entities.iter().find(|entity| entity.type_name == kind);
            entity.map_or(Owner::Unknown, |entity| Owner::Entity(entity))
        }
        None => Owner::Unknown,
    }
}

/// Whether the item of this key holds a unique value: no entity can have such a key.
fn holds(schema: Schema, key: &PrimaryKey) -> bool {
    schema.entities.iter().flat_map(|entity| entity.uniques).any(|unique| {
        let sort = unique.key.sort.map(|sort| sort.template.leading_literal());
        key.partition.starts_with(unique.key.partition.template.leading_literal()) && key.sort.as_deref() == sort
    })
}
