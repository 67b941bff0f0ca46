//! Walks the pages of a query that reads several partitions.

use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::{
    fan::Fan,
    merge::{Merge, Next, Until},
    reader::Reader,
};
use crate::{
    db::Db,
    entity::Entity,
    error::Error,
    op::Spreading,
    page::{Cursor, Page, Seen, Walk as _},
};

/// A query on its way through its pages.
pub(crate) struct SpreadPager<E: Entity, S> {
    fan: Fan<E, S>,
    db: Db<E::Table>,
    wanted: Option<usize>,
}

/// What one page holds, in the order in which it is read.
struct Read<E> {
    items: Vec<E>,
    /// The place of the first item.
    first: Option<Cursor>,
    /// The place behind which the next page begins, if anything follows.
    beyond: Option<Cursor>,
}

impl<E: Entity, S: Send + Sync + 'static> SpreadPager<E, S> {
    pub(crate) fn new(spreading: Spreading<E, S>, db: Db<E::Table>, backwards: bool) -> Result<Self, Error> {
        let wanted = spreading.query.total();
        Ok(Self { fan: Fan::new(spreading, &db.context(), backwards)?, db, wanted })
    }

    pub(crate) async fn page(self) -> Result<Page<E>, Error> {
        let begins_inside = self.fan.query().cursor().is_some();
        let (Read { items, first, beyond }, capacity) = self.read().await?;
        Ok(Page { items, next: beyond, previous: first.filter(|_| begins_inside), capacity })
    }

    /// The page that ends at the query's cursor.
    pub(crate) async fn page_before(self) -> Result<Page<E>, Error> {
        let (Read { mut items, first, beyond }, capacity) = self.read().await?;
        items.reverse();
        Ok(Page { items, next: first, previous: beyond, capacity })
    }

    async fn read(self) -> Result<(Read<E>, Option<crate::db::Capacity>), Error> {
        let wanted = self.wanted;
        let mut read = Read { items: Vec::new(), first: None, beyond: None };
        if wanted == Some(0) {
            return Ok((read, None));
        }
        let mut merge = self.merge(false);
        let mut last = None;
        loop {
            // One item more than wanted tells whether a next page exists.
            let ahead = wanted.map(|wanted| (wanted - read.items.len()).saturating_add(1));
            let until = if wanted.is_none() && !read.items.is_empty() { Until::Full } else { Until::End };
            let (nth, shard, item) = match merge.next(ahead, until).await? {
                Next::Item { nth, shard, item } => (nth, shard, item),
                Next::Full => {
                    read.beyond = last;
                    break;
                }
                Next::End => break,
            };
            let is_full = Some(read.items.len()) == wanted;
            let is_end = wanted.is_none_or(|wanted| read.items.len() + 1 == wanted) || read.items.is_empty();
            let cursor = is_end.then(|| merge.fan.cursor(&merge.context, nth, shard, &item));
            match merge.fan.query().meet(item, merge.context.now) {
                // An item that cannot be read follows too; the page that it is on reports it.
                Ok(Seen::Item(_)) | Err(_) if is_full => {
                    read.beyond = last;
                    break;
                }
                Ok(Seen::Item(item)) => {
                    let cursor = cursor.transpose()?;
                    if read.items.is_empty() {
                        read.first.clone_from(&cursor);
                    }
                    last = cursor;
                    read.items.push(item);
                }
                Ok(Seen::Passed | Seen::Unknown) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((read, merge.capacity))
    }

    pub(crate) async fn all(self) -> Result<Vec<E>, Error> {
        self.stream().try_collect().await
    }

    pub(crate) fn stream(self) -> impl Stream<Item = Result<E, Error>> + Send + 'static {
        let wanted = self.wanted;
        let merge = self.merge(wanted.is_none());
        stream::try_unfold((merge, wanted), |(mut merge, mut wanted)| async move {
            loop {
                if wanted == Some(0) {
                    return Ok(None);
                }
                let Next::Item { item, .. } = merge.next(wanted, Until::End).await? else { return Ok(None) };
                if let Seen::Item(item) = merge.fan.query().meet(item, merge.context.now)? {
                    wanted = wanted.map(|wanted| wanted - 1);
                    return Ok(Some((item, (merge, wanted))));
                }
            }
        })
    }

    pub(crate) async fn count(self) -> Result<u64, Error> {
        let Self { fan, db, wanted } = self;
        let limit = wanted.map(|wanted| wanted as u64);
        let concurrency = fan.concurrency;
        let shards = fan.shards();
        let branches = fan.to_read().flat_map(move |nth| (0..shards).map(move |shard| (nth, shard)));
        let counts = branches.filter_map(move |(nth, shard)| fan.branch(nth, shard)).map(move |branch| {
            let (db, context) = (db.clone(), db.context());
            async move { Reader::new(branch).count(&db, &context, wanted).await }
        });
        let mut counts = stream::iter(counts).buffer_unordered(concurrency);
        let mut count = 0;
        while limit.is_none_or(|limit| count < limit) {
            let Some(more) = counts.try_next().await? else { break };
            count += more;
        }
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    fn merge(self, reads_all: bool) -> Merge<E, S> {
        let context = self.db.context();
        Merge::new(self.fan, self.db, context, reads_all)
    }
}
