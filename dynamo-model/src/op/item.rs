//! Entities to items and back: what serde writes, plus keys and the type.

use aws_sdk_dynamodb::types::AttributeValue;

use super::KeyWriter;
use crate::{
    entity::{Entity, EntityKey as _},
    error::{Error, ItemError, ItemErrorKind, Operation},
    key::{KeyError, PrimaryKey},
    native::refused,
    schema::{EntitySchema, FieldRole, Schema, check::stores_keys},
    table::Table,
    timestamp::Timestamp,
    value::{self, Item},
};

/// What an item that a read met turned out to be.
pub(crate) enum Met<E> {
    /// An item of the entity.
    Entity(E),
    /// An item that has expired, though DynamoDB has not deleted it yet.
    Expired,
    /// An item of another entity.
    Other(ItemError),
}

/// The item of a value.
pub(crate) fn to_item<E: Entity>(entity: &E, operation: Operation) -> Result<Item, Error> {
    let schema = E::SCHEMA;
    let table = E::Table::SCHEMA.table;
    let refuse = |kind| Error::Encode(ItemError::new(schema.name, operation, kind));
    let synthetic = 3 + 2 * schema.indexes.len();
    let mut item = Item::with_capacity(schema.fields.len() + synthetic);
    entity.__write_fields(&mut item).map_err(|error| refuse(ItemErrorKind::Encode(error)))?;
    if schema.open {
        // A flattened map could put the item into an index that it is not in.
        if let Some(attribute) = not_of_the_struct::<E>().find(|attribute| item.contains_key(*attribute)) {
            return Err(refuse(ItemErrorKind::Occupied { attribute }));
        }
    }
    if const { stores_keys(E::Table::LAYOUT, E::SCHEMA) } {
        // An optional field that is an index key itself: DynamoDB takes no NULL there, and without it the item is not
        // listed.
        for attribute in table.synthetic_attributes() {
            if let Some(AttributeValue::Null(_)) = item.get(attribute) {
                item.remove(attribute);
            }
        }
    }
    let mut keys = KeyWriter::new(schema, &mut item);
    entity.__write_keys(&mut keys).map_err(|error| error.during(operation))?;
    keys.insert(table.type_attribute, schema.type_name.to_owned());
    if let Some(attribute) = keys.occupied() {
        return Err(refuse(ItemErrorKind::Occupied { attribute }));
    }
    if let (Some(attribute), true) = (table.ttl, schema.has(FieldRole::Ttl)) {
        match item.get(attribute) {
            Some(AttributeValue::N(seconds)) if seconds == "0" => {
                return Err(refuse(ItemErrorKind::Ttl { attribute, found: "0, which is long ago" }));
            }
            None | Some(AttributeValue::N(_) | AttributeValue::Null(_)) => {}
            Some(other) => return Err(refuse(ItemErrorKind::Ttl { attribute, found: value::shape(other) })),
        }
    }
    if let Some(error) = refused(E::Table::SCHEMA, schema, &item) {
        return Err(error.during(operation).into());
    }
    let bytes = value::item_size(&item);
    if bytes > value::ITEM_SIZE_LIMIT {
        return Err(refuse(ItemErrorKind::TooLarge { bytes }));
    }
    Ok(item)
}

/// The value of an item of the entity.
pub(crate) fn from_item<E: Entity>(item: Item, operation: Operation) -> Result<E, Error> {
    match check_type(E::Table::SCHEMA, E::SCHEMA, &item, operation)? {
        None => decode(item, operation),
        Some(other) => Err(Error::Decode(other)),
    }
}

/// Sorts an item that a read met.
pub(crate) fn meet<E: Entity>(item: Item, now: Timestamp, operation: Operation) -> Result<Met<E>, Error> {
    if is_expired(E::Table::SCHEMA, &item, now) {
        return Ok(Met::Expired);
    }
    match check_type(E::Table::SCHEMA, E::SCHEMA, &item, operation)? {
        None => Ok(Met::Entity(decode(item, operation)?)),
        Some(other) => Ok(Met::Other(other)),
    }
}

/// Whether the item's TTL has passed.
pub(crate) fn is_expired(schema: Schema, item: &Item, now: Timestamp) -> bool {
    let ttl = schema.table.ttl.and_then(|attribute| item.get(attribute));
    let Some(AttributeValue::N(seconds)) = ttl else { return false };
    #[expect(clippy::cast_precision_loss, reason = "seconds of the years 0 to 9999 are exact")]
    seconds.parse::<f64>().is_ok_and(|seconds| seconds <= now.as_secs() as f64)
}

/// `None` if the item is of the entity, the error if it is of another.
pub(crate) fn check_type(
    schema: Schema,
    entity: &EntitySchema,
    item: &Item,
    operation: Operation,
) -> Result<Option<ItemError>, Error> {
    let attribute = schema.table.type_attribute;
    let error = |kind| ItemError::new(entity.name, operation, kind);
    match item.get(attribute) {
        Some(AttributeValue::S(name)) if name == entity.type_name => Ok(None),
        Some(AttributeValue::S(name)) => {
            let found = schema.entities.iter().find(|other| other.type_name == name).map(|other| other.name);
            Ok(Some(error(ItemErrorKind::OtherType { attribute, found })))
        }
        _ => Err(Error::Decode(error(ItemErrorKind::NoType { attribute, type_name: Some(entity.type_name) }))),
    }
}

/// The entity of the item that a read by its key found; `None` if there is none or it has expired.
pub(super) fn found<E: Entity>(item: Option<Item>, now: Timestamp, operation: Operation) -> Result<Option<E>, Error> {
    match item.map(|item| meet(item, now, operation)).transpose()? {
        Some(Met::Entity(entity)) => Ok(Some(entity)),
        Some(Met::Expired) | None => Ok(None),
        Some(Met::Other(error)) => Err(Error::Decode(error)),
    }
}

/// The texts of a value's primary key.
pub(super) fn key_texts<E: Entity>(entity: &E, operation: Operation) -> Result<PrimaryKey, Error> {
    entity.key().to_primary().map_err(|error| error.during(operation).into())
}

/// The key that a request names, as DynamoDB takes it.
pub(super) fn key_of<E: Entity>(key: Result<PrimaryKey, KeyError>, operation: Operation) -> Result<Item, Error> {
    let key = key.map_err(|error| error.during(operation))?;
    Ok(value::key_item(key, E::SCHEMA.primary.key.attributes()))
}

fn decode<E: Entity>(item: Item, operation: Operation) -> Result<E, Error> {
    // Only a struct that takes every attribute could mistake the table's own for its data.
    let hidden: Vec<&str> = if E::SCHEMA.open { not_of_the_struct::<E>().collect() } else { Vec::new() };
    E::__read_fields(item, &hidden)
        .map_err(|error| Error::Decode(ItemError::new(E::SCHEMA.name, operation, ItemErrorKind::Decode(error))))
}

/// The table's own attributes, but for those that a field of the struct is stored as.
fn not_of_the_struct<E: Entity>() -> impl Iterator<Item = &'static str> {
    let is_field = |attribute: &str| E::SCHEMA.fields.iter().any(|field| field.attribute == attribute);
    E::Table::SCHEMA.table.synthetic_attributes().filter(move |attribute| !is_field(attribute))
}
