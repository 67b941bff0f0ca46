//! The order in which items of several partitions are given.

use std::cmp::{Ordering, Reverse};

/// The way through the periods, the sort keys and the shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// From the last period and the largest sort key down.
    pub(super) descending: bool,
    /// Against the query's own order: what else is equal comes from the last shard down.
    pub(super) backwards: bool,
}

impl Order {
    pub(super) fn new(query_descends: bool, backwards: bool) -> Self {
        Self { descending: query_descends != backwards, backwards }
    }

    /// The position of the n-th of so many periods.
    pub(super) fn period(self, nth: u64, periods: u64) -> u64 {
        if self.descending { periods - 1 - nth } else { nth }
    }

    /// Whether the items of one shard come behind those of another where their sort keys are equal.
    pub(super) fn is_behind(self, shard: u16, other: u16) -> bool {
        if self.backwards { shard < other } else { shard > other }
    }

    /// The place of a shard's next item among those of the other shards: the greatest comes first.
    pub(super) fn head(self, sort: Option<String>, shard: u16) -> Head {
        let sort = if self.descending { Sort::Down(sort) } else { Sort::Up(Reverse(sort)) };
        Head { sort, is_last_shard_first: self.backwards, shard }
    }
}

/// The next item of a shard.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    sort: Sort,
    is_last_shard_first: bool,
    pub(super) shard: u16,
}

/// A sort key; those of one query are of one kind.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Up(Reverse<Option<String>>),
    Down(Option<String>),
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        let shards = self.shard.cmp(&other.shard);
        self.sort.cmp(&other.sort).then(if self.is_last_shard_first { shards } else { shards.reverse() })
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
