//! What an item weighs, and what DynamoDB charges to read and write it.

use crate::{
    entity::Entity,
    error::{Error, Operation},
    op::to_item,
    table::Table as _,
    value::{Item, item_size},
};

/// Bytes that a write unit pays for.
///
/// Source: "Read/write capacity mode", *Write request units*.
const WRITE_UNIT: usize = 1024;

/// Bytes that a read unit pays for, strongly consistent.
///
/// Source: "Read/write capacity mode", *Read request units*.
const READ_UNIT: usize = 4096;

/// The size of an item, and the capacity units that follow from it.
///
/// Units are those of one request outside a transaction, in which each costs double. A write that replaces an item costs
/// by the larger of the two; on an index, a changed key costs twice, since the old entry goes and a new one comes.
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
        let item = to_item(entity, Operation::Encode)?;
        let bytes = item_size(&item);
        // An index projects all attributes, so its entry is the item.
        let is_in = |item: &Item, key: &crate::schema::KeyAttributes| {
            item.contains_key(key.partition) && key.sort.is_none_or(|sort| item.contains_key(sort))
        };
        let indexes = E::SCHEMA.indexes.iter().filter_map(|pattern| pattern.key.index);
        let indexes = indexes.filter(|index| is_in(&item, &index.key)).map(|index| index.name);
        // DynamoDB lists an item that has the attributes, whether its entity uses the index or not.
        let native = E::Table::SCHEMA.table.native_indexes.iter();
        let native = native.filter(|index| index.names().all(|name| item.contains_key(name))).map(|index| index.name);
        Ok(Self { bytes, indexes: indexes.chain(native).map(|index| IndexCost { index, bytes }).collect() })
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

/// Begun units count whole.
fn units(bytes: usize, unit: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "an item has at most 400 KB")]
    let units = bytes.div_ceil(unit).max(1) as f64;
    units
}
