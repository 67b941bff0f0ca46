//! The keys of secondary indexes have the limits that the table's keys have.

use std::collections::HashMap;

use dynoxide::actions::batch_write_item::BatchWriteItemRequest;
use dynoxide::actions::put_item::PutItemRequest;
use dynoxide::actions::transact_write_items::{TransactWriteItem, TransactWriteItemsRequest};
use dynoxide::actions::update_item::UpdateItemRequest;
use dynoxide::errors::CancellationReason;
use dynoxide::storage::TableMetadata;
use dynoxide::types::{GlobalSecondaryIndex, KeySchemaElement, KeyType, LocalSecondaryIndex};
use dynoxide::{AttributeValue, Database, DynoxideError};
use serde::de::DeserializeOwned;

use crate::value::number_size;

/// The most bytes of an index's partition key and of its sort key.
const LIMITS: [(KeyType, usize); 2] = [(KeyType::HASH, 2048), (KeyType::RANGE, 1024)];

pub(in crate::engine) fn put_item(db: &Database, request: &PutItemRequest) -> Result<(), DynoxideError> {
    check(db, &request.table_name, &whole(&request.item))
}

pub(in crate::engine) fn update_item(db: &Database, request: &UpdateItemRequest) -> Result<(), DynoxideError> {
    let assigned = assigned(
        request.update_expression.as_deref(),
        request.expression_attribute_names.as_ref(),
        request.expression_attribute_values.as_ref(),
    );
    check(db, &request.table_name, &assigned)
}

pub(in crate::engine) fn batch_write_item(db: &Database, request: &BatchWriteItemRequest) -> Result<(), DynoxideError> {
    for (table, writes) in &request.request_items {
        for put in writes.iter().filter_map(|write| write.put_request.as_ref()) {
            check(db, table, &whole(&put.item))?;
        }
    }
    Ok(())
}

/// In a transaction the failure is the reason of the operation that it is in.
pub(in crate::engine) fn transact_write_items(
    db: &Database,
    request: &TransactWriteItemsRequest,
) -> Result<(), DynoxideError> {
    let operation = |operation: &TransactWriteItem| match (&operation.put, &operation.update) {
        (Some(put), _) => check(db, &put.table_name, &whole(&put.item)),
        (_, Some(update)) => check(
            db,
            &update.table_name,
            &assigned(
                Some(&update.update_expression),
                update.expression_attribute_names.as_ref(),
                update.expression_attribute_values.as_ref(),
            ),
        ),
        _ => Ok(()),
    };
    let mut reasons = Vec::with_capacity(request.transact_items.len());
    for item in &request.transact_items {
        let mut reason = CancellationReason { code: "None".to_owned(), ..CancellationReason::default() };
        match operation(item) {
            Ok(()) => {}
            Err(DynoxideError::ValidationException(message)) => {
                "ValidationError".clone_into(&mut reason.code);
                reason.message = Some(message);
            }
            Err(error) => return Err(error),
        }
        reasons.push(reason);
    }
    if reasons.iter().all(|reason| reason.message.is_none()) {
        return Ok(());
    }
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    Err(DynoxideError::TransactionCanceledException(message, reasons))
}

type Attributes<'a> = Vec<(&'a str, &'a AttributeValue)>;

/// The attributes of an item that is written whole, if some may be too long for a key together.
fn whole(item: &HashMap<String, AttributeValue>) -> Attributes<'_> {
    let shortest = LIMITS.iter().map(|(_, limit)| *limit).min().unwrap_or_default();
    if item.values().map(size).sum::<usize>() <= shortest {
        return Vec::new();
    }
    item.iter().map(|(name, value)| (name.as_str(), value)).collect()
}

/// The attributes that an update sets to a value of the request (`name = :value`) that may be too long for a key. What it sets
/// in another way is not known before it runs.
fn assigned<'a>(
    update: Option<&'a str>,
    names: Option<&'a HashMap<String, String>>,
    values: Option<&'a HashMap<String, AttributeValue>>,
) -> Attributes<'a> {
    let (Some(update), Some(values)) = (update, values) else { return Vec::new() };
    if !values.values().any(is_long) {
        return Vec::new();
    }
    // Only an assignment has an equals sign.
    let word = |c: char| c.is_whitespace() || c == ',';
    let sides: Vec<&str> = update.split('=').collect();
    sides
        .windows(2)
        .filter_map(|sides| {
            let name = sides[0].trim_end().rsplit(word).next()?;
            let name = names.and_then(|names| names.get(name)).map_or(name, String::as_str);
            let value = values.get(sides[1].trim_start().split(word).next()?)?;
            is_long(value).then_some((name, value))
        })
        .collect()
}

fn is_long(value: &AttributeValue) -> bool {
    LIMITS.iter().any(|(_, limit)| size(value) > *limit)
}

/// The size of a value that a key can have; other types are refused for their type.
fn size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(text) => number_size(text),
        AttributeValue::B(bytes) => bytes.len(),
        _ => 0,
    }
}

fn check(db: &Database, table: &str, attributes: &Attributes<'_>) -> Result<(), DynoxideError> {
    if attributes.is_empty() {
        return Ok(());
    }
    // A table that does not exist is the database's to refuse.
    let Some(table) = db.get_table_metadata(table)? else { return Ok(()) };
    for (index, keys) in indexes(&table)? {
        for (part, limit) in LIMITS {
            let names = keys.iter().filter(|key| key.key_type == part).map(|key| key.attribute_name.as_str());
            let names: Vec<&str> = names.collect();
            let held = attributes.iter().filter(|(attribute, _)| names.contains(attribute));
            // The attributes of a key share its limit.
            let bytes: usize = held.map(|(_, value)| size(value)).sum();
            if bytes > limit {
                let names = names.join(", ");
                return Err(DynoxideError::ValidationException(format!(
                    "One or more parameter values were invalid: Size of the key exceeds the limit of {limit} bytes. IndexName: \
                     {index}, IndexKey: {names}"
                )));
            }
        }
    }
    Ok(())
}

fn indexes(table: &TableMetadata) -> Result<Vec<(String, Vec<KeySchemaElement>)>, DynoxideError> {
    let global: Vec<GlobalSecondaryIndex> = definitions(table.gsi_definitions.as_deref())?;
    let local: Vec<LocalSecondaryIndex> = definitions(table.lsi_definitions.as_deref())?;
    let global = global.into_iter().map(|index| (index.index_name, index.key_schema));
    Ok(global.chain(local.into_iter().map(|index| (index.index_name, index.key_schema))).collect())
}

fn definitions<T: DeserializeOwned>(json: Option<&str>) -> Result<Vec<T>, DynoxideError> {
    let read = json.map(serde_json::from_str).transpose();
    read.map(Option::unwrap_or_default).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}
