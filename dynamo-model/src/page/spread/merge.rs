//! The items of several partitions as one sequence.

use std::collections::{BinaryHeap, VecDeque};

use aws_sdk_dynamodb::types::{AttributeValue, ConsumedCapacity};
use futures_util::stream::{self, StreamExt as _};

use super::{fan::Fan, order::Head, reader::Reader};
use crate::{
    db::{Capacity, Db},
    entity::Entity,
    error::Error,
    op::Context,
    value::{Item, item_size},
};

/// Bytes of items after which a page without a limit is full, as one of DynamoDB's is.
const PAGE: usize = 1 << 20;

/// The partitions of a fan, as far as they are read.
pub(super) struct Merge<E: Entity, S> {
    pub(super) fan: Fan<E, S>,
    db: Db<E::Table>,
    pub(super) context: Context,
    /// The periods that are not read yet.
    unread: std::ops::Range<u64>,
    /// The period that is merged, then those that were read ahead.
    ahead: VecDeque<Bucket<E, S>>,
    /// How many periods the next call reads.
    window: u64,
    /// Bytes given.
    given: usize,
    /// What the calls cost, where that is measured.
    pub(super) capacity: Option<Capacity>,
}

/// The shards of one period.
struct Bucket<E, S> {
    nth: u64,
    /// In the order of shards.
    readers: Vec<Reader<E, S>>,
    /// The next item of each shard of which it is known.
    heads: BinaryHeap<Head>,
    /// Whether the next item of a shard is not known.
    is_waiting: bool,
}

/// How far a [`Merge`] may go before it stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// The end.
    End,
    /// The place where more than a page would have to be read.
    Full,
}

/// What comes next.
pub(super) enum Next {
    Item {
        /// The period, in the direction of reading.
        nth: u64,
        shard: u16,
        item: Item,
    },
    /// More would have to be read than a page.
    Full,
    End,
}

impl<E: Entity, S: Send + Sync + 'static> Merge<E, S> {
    /// With `reads_all`, several periods are read at once from the beginning.
    pub(super) fn new(fan: Fan<E, S>, db: Db<E::Table>, context: Context, reads_all: bool) -> Self {
        let unread = fan.to_read();
        let mut merge = Self { fan, db, context, unread, ahead: VecDeque::new(), window: 1, given: 0, capacity: None };
        if reads_all {
            merge.window = merge.widest();
        }
        merge
    }

    /// The next item; a call asks each partition for at most `limit`.
    pub(super) async fn next(&mut self, limit: Option<usize>, until: Until) -> Result<Next, Error> {
        loop {
            let Some(bucket) = self.ahead.front_mut() else {
                if self.unread.is_empty() {
                    return Ok(Next::End);
                }
                self.read_ahead(limit).await;
                continue;
            };
            if let Some(error) = bucket.readers.iter_mut().find_map(|reader| reader.failed.take()) {
                // The shard's next item may be the first of all.
                return Err(error);
            }
            if bucket.is_waiting {
                if until == Until::Full {
                    return Ok(Next::Full);
                }
                self.read_on(limit).await;
                continue;
            }
            if let Some((shard, item)) = bucket.pop(&self.fan) {
                if limit.is_none() {
                    self.given = self.given.saturating_add(item_size(&item));
                }
                return Ok(Next::Item { nth: bucket.nth, shard, item });
            }
            self.ahead.pop_front();
            let ends = self.ahead.is_empty() && self.unread.is_empty();
            if until == Until::Full && self.given >= PAGE && !ends {
                return Ok(Next::Full);
            }
        }
    }

    /// Reads the next periods; the more of them give nothing, the more at once.
    async fn read_ahead(&mut self, limit: Option<usize>) {
        let begin = self.unread.start;
        let end = (begin + self.window).min(self.unread.end);
        self.unread.start = end;
        self.window = (self.window * 2).min(self.widest());
        let periods: Vec<(u64, Vec<Reader<E, S>>)> = (begin..end)
            .map(|nth| {
                let branches = (0..self.fan.shards()).filter_map(|shard| self.fan.branch(nth, shard));
                (nth, branches.map(Reader::new).collect())
            })
            .collect();
        let sizes: Vec<(u64, usize)> = periods.iter().map(|(nth, readers)| (*nth, readers.len())).collect();
        let readers = periods.into_iter().flat_map(|(_, readers)| readers).collect();
        let mut readers = self.read(readers, limit).await.into_iter();
        for (nth, size) in sizes {
            let readers = readers.by_ref().take(size).collect();
            self.ahead.push_back(Bucket::new(nth, readers, &self.fan));
        }
    }

    /// Reads on in the shards of the first period whose next item is not known.
    async fn read_on(&mut self, limit: Option<usize>) {
        let Some(Bucket { nth, readers, .. }) = self.ahead.pop_front() else { return };
        let readers = self.read(readers, limit).await;
        self.ahead.push_front(Bucket::new(nth, readers, &self.fan));
    }

    /// Reads on in those of the partitions whose next item is not known.
    async fn read(&mut self, readers: Vec<Reader<E, S>>, limit: Option<usize>) -> Vec<Reader<E, S>> {
        // A page may take long, and so may whoever reads a stream: what expires meanwhile is gone.
        self.context.now = self.db.now();
        let backwards = self.fan.order().backwards;
        let calls = readers.into_iter().map(|mut reader| {
            let (db, context) = (self.db.clone(), self.context.clone());
            async move {
                reader.read(&db, &context, limit, backwards).await;
                reader
            }
        });
        let calls: Vec<_> = calls.collect();
        let mut readers: Vec<Reader<E, S>> = stream::iter(calls).buffered(self.fan.concurrency).collect().await;
        for consumed in readers.iter_mut().flat_map(|reader| reader.consumed.drain(..)) {
            add(&mut self.capacity, &consumed);
        }
        readers
    }

    /// As many periods as keep all the requests busy that may be under way at once.
    fn widest(&self) -> u64 {
        (self.fan.concurrency as u64 / u64::from(self.fan.shards())).max(1)
    }
}

fn add(capacity: &mut Option<Capacity>, consumed: &ConsumedCapacity) {
    capacity.get_or_insert_default().add(consumed);
}

impl<E: Entity, S: Send + Sync + 'static> Bucket<E, S> {
    fn new(nth: u64, readers: Vec<Reader<E, S>>, fan: &Fan<E, S>) -> Self {
        let heads = readers.iter().filter_map(|reader| head(reader, fan)).collect();
        let is_waiting = readers.iter().any(Reader::is_waiting);
        Self { nth, readers, heads, is_waiting }
    }

    /// The first item of all shards, whose next items are known.
    fn pop(&mut self, fan: &Fan<E, S>) -> Option<(u16, Item)> {
        let shard = self.heads.pop()?.shard;
        let reader = self.readers.iter_mut().find(|reader| reader.shard == shard)?;
        let item = reader.items.pop_front()?;
        self.heads.extend(head(reader, fan));
        self.is_waiting = reader.is_waiting();
        Some((shard, item))
    }
}

/// The place of a shard's next item.
fn head<E: Entity, S: Send + Sync + 'static>(reader: &Reader<E, S>, fan: &Fan<E, S>) -> Option<Head> {
    let item = reader.items.front()?;
    let sort = fan.key().sort.and_then(|sort| match item.get(sort.attribute) {
        Some(AttributeValue::S(text)) => Some(text.clone()),
        _ => None,
    });
    Some(fan.order().head(sort, reader.shard))
}
