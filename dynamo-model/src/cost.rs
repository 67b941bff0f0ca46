//! What an item weighs, and what DynamoDB charges to read and write it.

use crate::{
    entity::Entity,
    error::{Error, Operation},
    op::to_item,
    schema::{IndexProjection, IndexSchema, KeyAttributes, TableSchema},
    table::Table,
    value::{Item, item_size},
};

/// Bytes that a write unit pays for.
///
/// Source: "Read/write capacity mode", *Write request units*.
const WRITE_UNIT: usize = 1024;

/// Bytes that a read unit pays for, strongly consistent.
///
/// Source: "Read/write capacity mode", *Read request units*.
pub(crate) const READ_UNIT: usize = 4096;

/// The size of an item, and the capacity units that follow from it.
///
/// Units are those of one request outside a transaction, in which those of the table cost double. A write that replaces
/// an item costs by the larger of the two; on an index, a changed key costs twice, since the old entry goes and a new one
/// comes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemCost {
    /// Bytes of the item, names included.
    pub bytes: usize,
    /// Bytes of its entry in each index that it is in.
    pub indexes: Vec<IndexCost>,
}

/// The size of an item in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexCost {
    /// The index.
    pub index: &'static str,
    /// Bytes, names included.
    pub bytes: usize,
}

impl ItemCost {
    /// The cost of an entity's item.
    pub(crate) fn of<E: Entity>(entity: &E) -> Result<Self, Error> {
        Ok(Self::of_item(&to_item(entity, Operation::Encode)?, E::Table::SCHEMA.table))
    }

    /// The cost of an item of this table.
    pub(crate) fn of_item(item: &Item, table: &TableSchema) -> Self {
        let bytes = item_size(item);
        let is_in = |key: &KeyAttributes| {
            item.contains_key(key.partition) && key.sort.is_none_or(|sort| item.contains_key(sort))
        };
        let indexes = table.indexes.iter().filter(|index| is_in(&index.key));
        let entry = |index: &IndexSchema| IndexCost { index: index.name, bytes: entry_size(item, bytes, index, table) };
        // DynamoDB lists an item that has the attributes, whether its entity uses the index or not.
        let native = table.native_indexes.iter();
        let native = native.filter(|index| index.names().all(|name| item.contains_key(name)));
        let native = native.map(|index| IndexCost { index: index.name, bytes });
        Self { bytes, indexes: indexes.map(entry).chain(native).collect() }
    }

    /// The units of a read by its key: whole ones strongly consistent, half of that eventually.
    #[must_use]
    pub fn read_units(&self, consistent: bool) -> f64 {
        let units = units(self.bytes, READ_UNIT);
        if consistent { units } else { units / 2.0 }
    }

    /// The units of the write that creates it, on the table and on all indexes.
    #[must_use]
    pub fn write_units(&self) -> f64 {
        self.table_write_units() + self.indexes.iter().map(IndexCost::write_units).sum::<f64>()
    }

    /// The units of that write on the table alone.
    #[must_use]
    pub fn table_write_units(&self) -> f64 {
        units(self.bytes, WRITE_UNIT)
    }
}

impl IndexCost {
    /// The units of the write that puts the item into the index.
    #[must_use]
    pub fn write_units(&self) -> f64 {
        units(self.bytes, WRITE_UNIT)
    }
}

/// The bytes of what the index carries of an item.
fn entry_size(item: &Item, bytes: usize, index: &IndexSchema, table: &TableSchema) -> usize {
    if index.projection == IndexProjection::All {
        return bytes;
    }
    let carried = item.iter().filter(|(attribute, _)| index.carries(table, attribute));
    item_size(&carried.map(|(attribute, value)| (attribute.clone(), value.clone())).collect())
}

/// Begun units count whole.
pub(crate) fn units(bytes: usize, unit: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "an item has at most 400 KB")]
    let units = bytes.div_ceil(unit).max(1) as f64;
    units
}
