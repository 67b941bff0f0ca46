//! The changes of a batch of records.

use std::{fmt, marker::PhantomData, vec};

use super::{
    Change,
    record::{Raw, Sorted},
};
use crate::{error::Error, table::Table};

/// The changes of a batch of records, in the stream's order.
///
/// An iterator: each record is typed when its turn comes, and one that cannot be read does not stop those after it.
#[must_use = "nothing is read until it is iterated over, or handled"]
pub struct Changes<T> {
    records: vec::IntoIter<Raw>,
    skipped: Skipped,
    table: PhantomData<fn() -> T>,
}

/// How many records were passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Skipped {
    /// Of items of a type that the table does not have, or of none.
    pub unknown: usize,
    /// Of items that hold unique values: the library's own.
    pub held: usize,
}

impl Skipped {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.unknown + self.held
    }

    /// Those since an earlier count.
    pub(super) fn since(self, earlier: Self) -> Self {
        Self { unknown: self.unknown - earlier.unknown, held: self.held - earlier.held }
    }

    /// The change, unless its record is one to pass over.
    pub(super) fn or_change<T>(&mut self, sorted: Sorted<T>) -> Option<Change<T>> {
        match sorted {
            Sorted::Change(change) => return Some(change),
            Sorted::Unknown => self.unknown += 1,
            Sorted::Held => self.held += 1,
        }
        None
    }
}

impl<T> Changes<T> {
    pub(super) fn new(records: Vec<Raw>) -> Self {
        Self { records: records.into_iter(), skipped: Skipped::default(), table: PhantomData }
    }

    /// How many records were passed over so far.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }

    /// The next record, and the change that it tells of unless it is one to pass over.
    #[cfg(feature = "lambda")]
    pub(super) fn next_raw(&mut self) -> Option<Raw> {
        self.records.next()
    }

    #[cfg(feature = "lambda")]
    pub(super) fn skipped_mut(&mut self) -> &mut Skipped {
        &mut self.skipped
    }
}

impl<T: Table> Iterator for Changes<T> {
    type Item = Result<Change<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.records.next()?.decode() {
                Ok(sorted) => {
                    if let Some(change) = self.skipped.or_change(sorted) {
                        return Some(Ok(change));
                    }
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.records.len()))
    }
}

impl<T: Table> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes")
            .field("table", &T::SCHEMA.table.name)
            .field("left", &self.records.len())
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}
