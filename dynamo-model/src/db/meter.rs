//! What requests cost.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_sdk_dynamodb::types::{Capacity as TableCapacity, ConsumedCapacity};

/// The capacity that requests consumed, in DynamoDB's units.
///
/// A read unit is 4 KB strongly consistent or 8 KB eventually consistent, a write unit 1 KB; in a transaction each costs
/// double.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Capacity {
    /// Units in all, of reads and of writes, on the table and its indexes.
    pub total: f64,
    /// Units on the table itself.
    pub table: f64,
    /// Units on each index.
    pub indexes: BTreeMap<String, f64>,
}

impl fmt::Display for Capacity {
    /// `3 units: 1 on the table, 1 on GSI1, 1 on LSI1`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |units: f64| if (units - 1.0).abs() < f64::EPSILON { "unit" } else { "units" };
        write!(f, "{} {}", self.total, counted(self.total))?;
        if self.indexes.is_empty() {
            return Ok(());
        }
        let table = (self.table > 0.0).then(|| format!("{} on the table", self.table));
        let indexes = self.indexes.iter().map(|(index, units)| format!("{units} on {index}"));
        write!(f, ": {}", table.into_iter().chain(indexes).collect::<Vec<_>>().join(", "))
    }
}

impl Capacity {
    pub(crate) fn add_all(&mut self, other: Self) {
        self.total += other.total;
        self.table += other.table;
        for (index, units) in other.indexes {
            *self.indexes.entry(index).or_default() += units;
        }
    }

    pub(crate) fn add(&mut self, consumed: &ConsumedCapacity) {
        self.total += consumed.capacity_units().unwrap_or_default();
        self.table += consumed.table().and_then(TableCapacity::capacity_units).unwrap_or_default();
        let local = consumed.local_secondary_indexes().into_iter().flatten();
        for (index, capacity) in consumed.global_secondary_indexes().into_iter().flatten().chain(local) {
            *self.indexes.entry(index.clone()).or_default() += capacity.capacity_units().unwrap_or_default();
        }
    }
}

/// Sums what the requests of a [`Db`](crate::Db) cost, once [`with_meter`](crate::Db::with_meter) was given it.
///
/// Clones share the sum. What failed is not counted, though DynamoDB charges for a condition that does not hold.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Sum>>);

#[derive(Debug, Default)]
struct Sum {
    capacity: Capacity,
    requests: u64,
}

impl Meter {
    /// What was consumed since the meter was made, or since the last [`take`](Self::take).
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        self.lock().capacity.clone()
    }

    /// How many requests were answered since the meter was made, or since the last [`take`](Self::take).
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.lock().requests
    }

    /// What was consumed; the sum starts anew.
    #[must_use]
    pub fn take(&self) -> Capacity {
        std::mem::take(&mut *self.lock()).capacity
    }

    pub(crate) fn add(&self, consumed: &[ConsumedCapacity]) {
        let mut sum = self.lock();
        sum.requests += 1;
        for consumed in consumed {
            sum.capacity.add(consumed);
        }
    }

    /// Takes in what another one summed.
    pub(crate) fn add_all(&self, other: &Self) {
        let (capacity, requests) = (other.capacity(), other.requests());
        let mut sum = self.lock();
        sum.requests += requests;
        sum.capacity.add_all(capacity);
    }

    /// Nothing panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, Sum> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
