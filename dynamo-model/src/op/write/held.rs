//! The items that hold unique values.

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Act, ItemWrite, Rule};
use crate::{
    entity::Entity,
    error::Operation,
    key::PrimaryKey,
    op::{Context, UniqueWriter},
    schema::{NativeIndexSchema, TableSchema},
    table::Table,
    value::{self, Item},
};

/// What the type attribute of an item that holds a unique value says.
pub(crate) const HELD_TYPE: &str = "UNIQUE";

/// The attribute that says whose the value is.
const OWNER: &str = "heldBy";

/// Holds the values under `key` for the item `owner`; refused if another item has them.
pub(crate) fn hold<E: Entity>(
    operation: Operation,
    context: &Context,
    (at, key): (usize, PrimaryKey),
    owner: &PrimaryKey,
    expires: Option<&AttributeValue>,
) -> ItemWrite {
    let table = E::Table::SCHEMA.table;
    let mut item = value::key_item(key, table.key);
    item.insert(table.type_attribute.to_owned(), AttributeValue::S(HELD_TYPE.to_owned()));
    item.insert(owner_attribute(table), owner_value(table, owner));
    // DynamoDB takes any other TTL for none.
    if let (Some(attribute), Some(AttributeValue::N(seconds))) = (table.ttl, expires) {
        item.insert(attribute.to_owned(), AttributeValue::N(seconds.clone()));
    }
    let mut write = ItemWrite::new::<E>(operation, context, Act::Put(item), rule::<E>(at));
    let free = free(&mut write, context, owner);
    write.require(free);
    write
}

/// Gives the values under `key` back; another item's are left alone.
pub(crate) fn release<E: Entity>(
    operation: Operation,
    context: &Context,
    (_, key): (usize, PrimaryKey),
    owner: &PrimaryKey,
) -> ItemWrite {
    let key = value::key_item(key, E::Table::SCHEMA.table.key);
    let mut write = ItemWrite::new::<E>(operation, context, Act::Delete(key), Rule::Any);
    let free = free(&mut write, context, owner);
    write.require(free);
    write
}

/// Holds the values of `new` and gives back those of `old` that it does not have.
pub(crate) fn follow<E: Entity>(
    operation: Operation,
    context: &Context,
    owner: &PrimaryKey,
    old: Vec<(usize, PrimaryKey)>,
    new: Vec<(usize, PrimaryKey)>,
    expires: Option<&AttributeValue>,
) -> Vec<ItemWrite> {
    let gone = old.into_iter().filter(|held| !new.contains(held)).collect::<Vec<_>>();
    let held = new.into_iter().map(|held| hold::<E>(operation, context, held, owner, expires));
    let held = held.collect::<Vec<_>>();
    held.into_iter().chain(gone.into_iter().map(|gone| release::<E>(operation, context, gone, owner))).collect()
}

/// The keys of the items that hold the value's unique fields.
pub(crate) fn held_by<E: Entity>(entity: &E) -> Result<Vec<(usize, PrimaryKey)>, crate::key::KeyError> {
    let mut uniques = UniqueWriter::new(E::SCHEMA);
    entity.__write_uniques(&mut uniques)?;
    Ok(uniques.into_held())
}

/// Nobody holds the values, or the item itself does.
fn free(write: &mut ItemWrite, context: &Context, owner: &PrimaryKey) -> String {
    let table = write.facts.schema.table;
    let terms = &mut write.terms;
    let free = crate::expr::unless_live(table, context, &mut terms.names, &mut terms.values);
    let name = terms.names.add("#owner", &owner_attribute(table));
    let value = terms.values.add(":owner", owner_value(table, owner));
    format!("({free} OR {name} = {value})")
}

fn rule<E: Entity>(at: usize) -> Rule {
    Rule::Held(E::SCHEMA.uniques.get(at).map_or(&[], |unique| unique.fields))
}

fn owner_value(table: &TableSchema, owner: &PrimaryKey) -> AttributeValue {
    AttributeValue::M(value::key_item(owner.clone(), table.key))
}

/// A table may have a key attribute of that name.
fn owner_attribute(table: &TableSchema) -> String {
    let mut name = OWNER.to_owned();
    let native: Vec<&str> = table.native_indexes.iter().flat_map(NativeIndexSchema::names).collect();
    let is_taken = |name: &str| {
        let mut synthetic = table.synthetic_attributes();
        synthetic.any(|attribute| attribute == name) || table.ttl == Some(name) || native.contains(&name)
    };
    while is_taken(&name) {
        name.push('_');
    }
    name
}

/// The primary key of an item, as its texts.
pub(crate) fn owner_of(table: &TableSchema, item: &Item) -> Option<PrimaryKey> {
    let text = |name: &str| item.get(name)?.as_s().ok().cloned();
    Some(PrimaryKey { partition: text(table.key.partition)?, sort: table.key.sort.and_then(text) })
}
