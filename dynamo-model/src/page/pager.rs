//! Walks a query's pages.

use aws_sdk_dynamodb::operation::query::QueryOutput;
use futures_util::stream::{self, Stream, TryStreamExt as _};

use super::{Cursor, Page};
use crate::{
    db::{Call as Sending, Capacity, Db},
    entity::Entity,
    error::{Error, Operation},
    key::SortCondition,
    op::{Call, Context, Met, Query, meet},
    value::Item,
};

/// A query on its way through its pages.
pub(crate) struct Pager<E: Entity, S> {
    query: Query<E, S>,
    db: Db<E::Table>,
    context: Context,
    /// Where the next call starts.
    start: Option<Item>,
    /// Items still wanted; `None` is all.
    wanted: Option<usize>,
    /// How many times the wanted items a call reads: a stretch of others is passed in few calls.
    stretch: usize,
    /// What ended a batch, for the next one to report.
    failed: Option<Error>,
    done: bool,
    /// Against the query's own order.
    backwards: bool,
    /// What the calls cost, where that is measured.
    capacity: Option<Capacity>,
}

/// What one page holds.
struct Read<E> {
    items: Vec<E>,
    /// The place of the first item.
    first: Option<Cursor>,
    /// The place of the last, if anything follows.
    beyond: Option<Cursor>,
}

const LONGEST_STRETCH: usize = 1 << 10;

impl<E: Entity, S: Send + Sync + 'static> Pager<E, S> {
    pub(crate) fn new(query: Query<E, S>, db: Db<E::Table>) -> Result<Self, Error> {
        let context = db.context();
        let start = query.cursor().map(|cursor| cursor.start(&query, &context)).transpose()?;
        let done = matches!(query.condition()?, (_, SortCondition::Nothing)) || query.total() == Some(0);
        Ok(Self {
            wanted: query.total(),
            query,
            db,
            context,
            start,
            stretch: 1,
            failed: None,
            done,
            backwards: false,
            capacity: None,
        })
    }

    /// One page, and the places of its ends where anything lies beyond them.
    pub(crate) async fn page(mut self) -> Result<Page<E>, Error> {
        let begins_inside = self.query.cursor().is_some();
        let Read { items, first, beyond } = self.read().await?;
        Ok(Page { items, next: beyond, previous: first.filter(|_| begins_inside), capacity: self.capacity })
    }

    /// The page that ends at the query's cursor.
    pub(crate) async fn page_before(mut self) -> Result<Page<E>, Error> {
        self.backwards = true;
        let Read { mut items, first, beyond } = self.read().await?;
        items.reverse();
        Ok(Page { items, next: first, previous: beyond, capacity: self.capacity })
    }

    /// The items of one page, in the order in which they are read.
    async fn read(&mut self) -> Result<Read<E>, Error> {
        let mut read = Read { items: Vec::new(), first: None, beyond: None };
        let mut last = None;
        while !self.done {
            // One item more than wanted tells whether a next page exists.
            let ahead = self.wanted.map(|wanted| (wanted - read.items.len()).saturating_add(1));
            for item in self.fetch(ahead).await? {
                let full = Some(read.items.len()) == self.wanted;
                let completes = Some(read.items.len() + 1) == self.wanted;
                let is_end = completes || read.items.is_empty();
                let cursor = is_end.then(|| Cursor::at(&self.query, &self.context, &item));
                match meet(item, self.context.now, Operation::Query) {
                    // An item that cannot be read follows too; the page that it is on reports it.
                    Ok(Met::Entity(_)) | Err(_) if full => {
                        read.beyond = last;
                        return Ok(read);
                    }
                    Ok(Met::Entity(entity)) => {
                        let cursor = cursor.transpose()?;
                        if read.items.is_empty() {
                            read.first.clone_from(&cursor);
                        }
                        last = cursor;
                        read.items.push(entity);
                    }
                    Ok(Met::Expired | Met::Other(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            if self.wanted.is_none() {
                let at = |item| Cursor::at(&self.query, &self.context, item);
                read.beyond = self.start.as_ref().map(at).transpose()?;
                break;
            }
        }
        Ok(read)
    }

    pub(crate) async fn all(mut self) -> Result<Vec<E>, Error> {
        let mut all = Vec::new();
        while let Some(batch) = self.batch().await? {
            all.extend(batch);
        }
        Ok(all)
    }

    pub(crate) fn stream(self) -> impl Stream<Item = Result<E, Error>> + Send + 'static {
        stream::try_unfold(self, |mut pager| async move {
            let batch = pager.batch().await?;
            Ok::<_, Error>(batch.map(|batch| (stream::iter(batch.into_iter().map(Ok)), pager)))
        })
        .try_flatten()
    }

    pub(crate) async fn count(mut self) -> Result<u64, Error> {
        let limit = self.wanted.map(|wanted| wanted as u64);
        let mut count = 0;
        while !self.done && limit.is_none_or(|limit| count < limit) {
            let output = self.call(self.wanted, true).await?;
            count += u64::try_from(output.count()).unwrap_or_default();
        }
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    /// The items of the entity in one call, cut at the limit and before one that cannot be read; `None` at the end.
    async fn batch(&mut self) -> Result<Option<Vec<E>>, Error> {
        if let Some(error) = self.failed.take() {
            self.done = true;
            return Err(error);
        }
        if self.done {
            return Ok(None);
        }
        let mut batch = Vec::new();
        for item in self.fetch(self.wanted).await? {
            if Some(batch.len()) == self.wanted {
                break;
            }
            match meet(item, self.context.now, Operation::Query) {
                Ok(Met::Entity(entity)) => batch.push(entity),
                Ok(Met::Expired | Met::Other(_)) => {}
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        if let Some(wanted) = &mut self.wanted {
            *wanted -= batch.len();
            self.done |= *wanted == 0;
        }
        Ok(Some(batch))
    }

    async fn fetch(&mut self, limit: Option<usize>) -> Result<Vec<Item>, Error> {
        Ok(self.call(limit, false).await?.items.unwrap_or_default())
    }

    async fn call(&mut self, limit: Option<usize>, count: bool) -> Result<QueryOutput, Error> {
        // A page may take long, and so may whoever reads a stream: what expires meanwhile is gone.
        self.context.now = self.db.now();
        let limit = limit.map(|limit| limit.saturating_mul(self.stretch));
        self.stretch = (self.stretch * 2).min(LONGEST_STRETCH);
        let request = self
            .query
            .call(&self.context, Call { start: self.start.take(), limit, count, backwards: self.backwards })?;
        let index = self.query.pattern().key.index.map(|index| index.name);
        let mut output = self.db.send(request, Sending::new(Some(E::SCHEMA.name), Operation::Query).on(index)).await?;
        if let Some(consumed) = &output.consumed_capacity {
            self.capacity.get_or_insert_default().add(consumed);
        }
        self.start = output.last_evaluated_key.take();
        self.done = self.start.is_none();
        Ok(output)
    }
}
