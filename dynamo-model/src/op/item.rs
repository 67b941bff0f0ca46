//! Entities to items and back: what serde writes, plus keys and the type.

use aws_sdk_dynamodb::types::AttributeValue;

use super::KeyWriter;
use crate::{
    entity::Entity,
    error::{Error, ItemError, ItemErrorKind, Operation},
    schema::{EntitySchema, FieldRole, Schema},
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
    for attribute in table.synthetic_attributes().filter(|_| schema.open) {
        // A flattened map could put the item into an index that it is not in.
        if item.contains_key(attribute) && !schema.fields.iter().any(|field| field.attribute == attribute) {
            return Err(refuse(ItemErrorKind::Occupied { attribute }));
        }
    }
    // An optional field that is an index key itself: DynamoDB takes no NULL there, and without it the item is not listed.
    let is_null = |attribute: &&str| matches!(item.get(*attribute), Some(AttributeValue::Null(_)));
    for attribute in table.synthetic_attributes().filter(is_null).collect::<Vec<_>>() {
        item.remove(attribute);
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

fn decode<E: Entity>(item: Item, operation: Operation) -> Result<E, Error> {
    let table = E::Table::SCHEMA.table;
    let decoded = if E::SCHEMA.open {
        // Only a struct that takes every attribute could mistake the table's own for its data.
        let own_fields = |attribute: &&str| !E::SCHEMA.fields.iter().any(|field| field.attribute == *attribute);
        let hidden: Vec<&str> = table.synthetic_attributes().filter(own_fields).collect();
        E::__read_fields(item, &hidden)
    } else {
        E::__read_fields(item, &[])
    };
    decoded.map_err(|error| Error::Decode(ItemError::new(E::SCHEMA.name, operation, ItemErrorKind::Decode(error))))
}
