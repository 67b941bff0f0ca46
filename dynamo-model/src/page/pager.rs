//! Walks a query's pages.

use aws_sdk_dynamodb::operation::query::QueryOutput;
use futures_util::stream::{self, Stream, TryStreamExt as _};

use super::{
    Cursor, Page,
    walk::{Entry, Seen, Walk},
};
use crate::{
    db::{Call as Sending, Capacity, Db},
    error::{Error, Operation},
    op::{Call, Context},
    value::Item,
};

/// A query on its way through its pages.
pub(crate) struct Pager<Q: Walk> {
    query: Q,
    db: Db<Q::Table>,
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
    /// Items met whose type the table does not have.
    unknown: usize,
}

/// What one page holds.
struct Read<T> {
    items: Vec<T>,
    /// The place of the first item.
    first: Option<Cursor>,
    /// The place of the last, if anything follows.
    beyond: Option<Cursor>,
    /// Items of an unknown type, up to the last item or, where nothing follows, to the end.
    unknown: usize,
}

const LONGEST_STRETCH: usize = 1 << 10;

impl<Q: Walk> Pager<Q> {
    pub(crate) fn new(query: Q, db: Db<Q::Table>) -> Result<Self, Error> {
        let context = db.context();
        let start = query.cursor().map(|cursor| cursor.start(&query, &context)).transpose()?;
        let done = query.target()?.nothing().is_some() || query.total() == Some(0);
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
            unknown: 0,
        })
    }

    /// One page, the places of its ends where anything lies beyond them, and how many items of an unknown type were
    /// passed on the way to its end.
    pub(crate) async fn page(mut self) -> Result<(Page<Q::Output>, usize), Error> {
        let begins_inside = self.query.cursor().is_some();
        let Read { items, first, beyond, unknown } = self.read().await?;
        let previous = first.filter(|_| begins_inside);
        Ok((Page { items, next: beyond, previous, capacity: self.capacity }, unknown))
    }

    /// The page that ends at the query's cursor.
    pub(crate) async fn page_before(mut self) -> Result<(Page<Q::Output>, usize), Error> {
        self.backwards = true;
        let Read { mut items, first, beyond, unknown } = self.read().await?;
        items.reverse();
        Ok((Page { items, next: first, previous: beyond, capacity: self.capacity }, unknown))
    }

    /// The items of one page, in the order in which they are read.
    async fn read(&mut self) -> Result<Read<Q::Output>, Error> {
        let mut read = Read { items: Vec::new(), first: None, beyond: None, unknown: 0 };
        let mut last = None;
        while !self.done {
            // One item more than wanted tells whether a next page exists.
            let ahead = self.wanted.map(|wanted| (wanted - read.items.len()).saturating_add(1));
            for entry in self.fetch(ahead).await? {
                let full = Some(read.items.len()) == self.wanted;
                let completes = Some(read.items.len() + 1) == self.wanted;
                let is_end = completes || read.items.is_empty();
                let cursor = is_end.then(|| Cursor::at(&self.query, &self.context, entry.place()));
                match self.query.meet(entry.item, self.context.now) {
                    // An item that cannot be read follows too; the page that it is on reports it.
                    Ok(Seen::Item(_)) | Err(_) if full => {
                        read.beyond = last;
                        return Ok(read);
                    }
                    Ok(Seen::Item(item)) => {
                        let cursor = cursor.transpose()?;
                        if read.items.is_empty() {
                            read.first.clone_from(&cursor);
                        }
                        last = cursor;
                        read.items.push(item);
                        read.unknown = self.unknown;
                    }
                    Ok(Seen::Passed) => {}
                    Ok(Seen::Unknown) => self.unknown += 1,
                    Err(error) => return Err(error),
                }
            }
            if self.wanted.is_none() {
                let at = |item| Cursor::at(&self.query, &self.context, item);
                read.beyond = self.start.as_ref().map(at).transpose()?;
                break;
            }
        }
        read.unknown = self.unknown;
        Ok(read)
    }

    /// All items, and how many of an unknown type lie among them.
    pub(crate) async fn all_counted(mut self) -> Result<(Vec<Q::Output>, usize), Error> {
        let mut all = Vec::new();
        while let Some(batch) = self.batch().await? {
            all.extend(batch);
        }
        Ok((all, self.unknown))
    }

    pub(crate) async fn all(self) -> Result<Vec<Q::Output>, Error> {
        Ok(self.all_counted().await?.0)
    }

    pub(crate) fn stream(self) -> impl Stream<Item = Result<Q::Output, Error>> + Send + 'static {
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
            let left = limit.map(|limit| usize::try_from(limit - count).unwrap_or(usize::MAX));
            let output = self.call(left, true).await?;
            count += u64::try_from(output.count()).unwrap_or_default();
        }
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    /// Counts the items that are met, where DynamoDB cannot tell which they are.
    pub(crate) async fn count_met(mut self) -> Result<u64, Error> {
        let mut count = 0;
        while let Some(batch) = self.batch().await? {
            count += batch.len() as u64;
        }
        Ok(count)
    }

    /// The items to give of one call, cut at the limit and before one that cannot be read; `None` at the end.
    pub(crate) async fn batch(&mut self) -> Result<Option<Vec<Q::Output>>, Error> {
        if let Some(error) = self.failed.take() {
            self.done = true;
            return Err(error);
        }
        if self.done {
            return Ok(None);
        }
        let mut batch = Vec::new();
        for entry in self.fetch(self.wanted).await? {
            if Some(batch.len()) == self.wanted {
                break;
            }
            match self.query.meet(entry.item, self.context.now) {
                Ok(Seen::Item(item)) => batch.push(item),
                Ok(Seen::Passed) => {}
                Ok(Seen::Unknown) => self.unknown += 1,
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

    /// How many items of an unknown type were met.
    pub(crate) fn unknown(&self) -> usize {
        self.unknown
    }

    async fn fetch(&mut self, limit: Option<usize>) -> Result<Vec<Entry>, Error> {
        let items = self.call(limit, false).await?.items.unwrap_or_default();
        let entries = self.query.complete(items, &self.db, &mut self.capacity).await?;
        // What is fetched for them takes time too.
        self.context.now = self.db.now();
        Ok(entries)
    }

    async fn call(&mut self, limit: Option<usize>, count: bool) -> Result<QueryOutput, Error> {
        // A page may take long, and so may whoever reads a stream: what expires meanwhile is gone.
        self.context.now = self.db.now();
        let limit = limit.map(|limit| limit.saturating_mul(self.stretch));
        self.stretch = (self.stretch * 2).min(LONGEST_STRETCH);
        let request = self
            .query
            .call(&self.context, Call { start: self.start.take(), limit, count, backwards: self.backwards })?;
        let index = self.query.index();
        let mut output = self.db.send(request, Sending::new(Some(Q::NAME), Operation::Query).on(index)).await?;
        if let Some(consumed) = &output.consumed_capacity {
            self.capacity.get_or_insert_default().add(consumed);
        }
        self.start = output.last_evaluated_key.take();
        self.done = self.start.is_none();
        Ok(output)
    }
}
