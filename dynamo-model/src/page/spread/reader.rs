//! One partition on its way through its pages.

use std::collections::VecDeque;

use aws_sdk_dynamodb::{operation::query::QueryOutput, types::ConsumedCapacity};

use super::fan::Branch;
use crate::{
    db::{Call as Sending, Db},
    entity::Entity,
    error::{Error, Operation},
    op::{Call, Context, Query},
    value::Item,
};

/// The items of a partition that were read and not given yet.
pub(super) struct Reader<E, S> {
    query: Query<E, S>,
    pub(super) shard: u16,
    pub(super) items: VecDeque<Item>,
    /// Where the next call starts.
    start: Option<Item>,
    /// Whether nothing more can be read.
    pub(super) done: bool,
    /// Why the last call gave nothing.
    pub(super) failed: Option<Error>,
    /// How many times the wanted items a call reads: a stretch of others is passed in few calls.
    stretch: usize,
    pub(super) consumed: Vec<ConsumedCapacity>,
}

const LONGEST_STRETCH: usize = 1 << 10;

impl<E: Entity, S: Send + Sync + 'static> Reader<E, S> {
    pub(super) fn new(Branch { shard, query, start }: Branch<E, S>) -> Self {
        Self {
            query,
            shard,
            items: VecDeque::new(),
            start,
            done: false,
            failed: None,
            stretch: 1,
            consumed: Vec::new(),
        }
    }

    /// Whether the next item is unknown.
    pub(super) fn is_waiting(&self) -> bool {
        self.items.is_empty() && !self.done && self.failed.is_none()
    }

    /// Reads more, unless the next item is known.
    pub(super) async fn read(&mut self, db: &Db<E::Table>, context: &Context, limit: Option<usize>, backwards: bool) {
        if !self.is_waiting() {
            return;
        }
        match self.call(db, context, limit, false, backwards).await {
            Ok(output) => self.items = output.items.unwrap_or_default().into(),
            Err(error) => self.failed = Some(error),
        }
    }

    /// Counts the items, up to a limit.
    pub(super) async fn count(
        mut self,
        db: &Db<E::Table>,
        context: &Context,
        limit: Option<usize>,
    ) -> Result<u64, Error> {
        let mut count = 0;
        while !self.done && limit.is_none_or(|limit| count < limit as u64) {
            let output = self.call(db, context, limit, true, false).await?;
            count += u64::try_from(output.count()).unwrap_or_default();
        }
        Ok(count)
    }

    async fn call(
        &mut self,
        db: &Db<E::Table>,
        context: &Context,
        limit: Option<usize>,
        count: bool,
        backwards: bool,
    ) -> Result<QueryOutput, Error> {
        let limit = limit.map(|limit| limit.saturating_mul(self.stretch));
        self.stretch = (self.stretch * 2).min(LONGEST_STRETCH);
        let request = self.query.call(context, Call { start: self.start.take(), limit, count, backwards })?;
        let index = self.query.index();
        let mut output = db.send(request, Sending::new(Some(E::SCHEMA.name), Operation::Query).on(index)).await?;
        self.consumed.extend(output.consumed_capacity.take());
        self.start = output.last_evaluated_key.take();
        self.done = self.start.is_none();
        Ok(output)
    }
}
