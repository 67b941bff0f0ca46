//! Reads every item of a table, whatever its entity.

use std::{fmt, num::NonZeroU16};

use aws_sdk_dynamodb::operation::scan::builders::ScanInputBuilder;
use futures_util::{
    StreamExt as _, TryStreamExt as _,
    stream::{self, Stream},
};
use serde::{Deserialize, Serialize};

use super::{
    item::is_expired,
    write::{HELD_TYPE, owner_of},
};
use crate::{
    db::{Call, Db},
    error::{CursorError, Error, Operation},
    key::PrimaryKey,
    table::Table,
    value::{self, Item},
};

/// Reads every item of a table, whatever its entity, in no order.
///
/// Items of a type that the table does not have are passed over and counted: a newer program may have written them. The
/// items that hold unique values are the library's own, and what has expired is gone.
#[derive(Clone)]
#[must_use = "a scan does nothing until it is read"]
pub struct TableScan<T> {
    db: Db<T>,
    consistent: bool,
    segments: NonZeroU16,
    /// Where it goes on.
    resumed: Option<ScanProgress>,
}

/// How far a [`TableScan`] is: what [`resume`](TableScan::resume) goes on from.
///
/// It holds the table's name and keys of items, and can be stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanProgress {
    table: String,
    segments: Vec<Segment>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Segment {
    Begin,
    Behind { partition: String, sort: Option<String> },
    Done,
}

/// What one request of a [`TableScan`] read.
#[derive(Debug)]
#[must_use = "items that cannot be read are in `unreadable`"]
#[non_exhaustive]
pub struct ScanPage<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many items were of a type that the table does not have, or of none.
    pub unknown: usize,
    /// What is wrong with the items of known types that cannot be read: [`Error::Decode`], one an item.
    pub unreadable: Vec<Error>,
    /// How far the scan is with this page: a scan that resumes here reads what no page up to this one has read.
    pub progress: ScanProgress,
}

impl ScanProgress {
    fn new(table: &str, segments: NonZeroU16) -> Self {
        Self { table: table.to_owned(), segments: vec![Segment::Begin; segments.get().into()] }
    }

    /// Whether all of the table was read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.segments.iter().all(|segment| *segment == Segment::Done)
    }

    /// Why no scan of the table can go on from here.
    fn unfit(&self, table: &str) -> Option<&'static str> {
        if self.table != table {
            return Some("is of a scan of another table");
        }
        self.segments.is_empty().then_some("is of no scan: it has no segments")
    }
}

/// Keys are data of the table.
impl fmt::Debug for ScanProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = self.segments.iter().filter(|segment| **segment == Segment::Done).count();
        f.debug_struct("ScanProgress")
            .field("table", &self.table)
            .field("segments", &self.segments.len())
            .field("done", &done)
            .finish_non_exhaustive()
    }
}

impl<T: Table> Db<T> {
    /// Reads every item of the table, whatever its entity.
    pub fn scan(&self) -> TableScan<T> {
        TableScan { db: self.clone(), consistent: false, segments: NonZeroU16::MIN, resumed: None }
    }
}

impl<T: Table> TableScan<T> {
    /// Reads this many segments of the table in parallel; a scan that [resumes](Self::resume) has as many as it began with.
    pub fn segments(mut self, segments: NonZeroU16) -> Self {
        self.segments = segments;
        self
    }

    /// Goes on where another scan of this table stopped.
    pub fn resume(mut self, progress: ScanProgress) -> Self {
        self.resumed = Some(progress);
        self
    }

    /// Sees what the last successful write left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Reads the items as a stream.
    ///
    /// An item that cannot be read is [`Error::Decode`], and others may follow; the stream ends with whatever else
    /// [`pages`](Self::pages) fails with.
    pub fn stream(self) -> impl Stream<Item = Result<T, Error>> + Send + 'static {
        self.pages().flat_map(|page| {
            let (items, unreadable) = match page {
                Ok(ScanPage { items, unreadable, .. }) => (items, unreadable),
                Err(error) => (Vec::new(), vec![error]),
            };
            stream::iter(items.into_iter().map(Ok).chain(unreadable.into_iter().map(Err)))
        })
    }

    /// Reads the items page by page, each with the progress that a later scan can resume from.
    ///
    /// The stream fails with [`Error::Cursor`] if the progress is of no scan of this table, and as the SDK and the service
    /// do; it ends there. Items that cannot be read are in their page, so that one of them does not keep from the rest.
    pub fn pages(self) -> impl Stream<Item = Result<ScanPage<T>, Error>> + Send + 'static {
        let Self { db, consistent, segments, resumed } = self;
        let mut progress = resumed.unwrap_or_else(|| ScanProgress::new(db.table_name(), segments));
        let unfit = progress.unfit(db.table_name()).map(|reason| Error::from(CursorError { entity: None, reason }));
        let total = i32::try_from(progress.segments.len()).unwrap_or(i32::MAX);
        let places = if unfit.is_some() { Vec::new() } else { progress.segments.clone() };
        let segments: Vec<_> = places
            .into_iter()
            .enumerate()
            .map(|(at, place)| {
                let reader =
                    Reader { db: db.clone(), consistent, segment: i32::try_from(at).unwrap_or(i32::MAX), total };
                reader.read(place).map_ok(move |read| (at, read)).boxed()
            })
            .collect();
        let pages = stream::select_all(segments).map_ok(move |(at, Read { items, unknown, unreadable, place })| {
            progress.segments[at] = place;
            ScanPage { items, unknown, unreadable, progress: progress.clone() }
        });
        // The other segments would go on, and the end look like one of a whole scan.
        stream::iter(unfit.map(Err)).chain(pages).scan(false, |has_failed, page| {
            let page = (!*has_failed).then_some(page);
            *has_failed |= matches!(page, Some(Err(_)));
            std::future::ready(page)
        })
    }
}

impl<T: Table> fmt::Debug for TableScan<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableScan").field("table", &self.db.table_name()).finish_non_exhaustive()
    }
}

/// Reads one segment.
struct Reader<T> {
    db: Db<T>,
    consistent: bool,
    segment: i32,
    total: i32,
}

/// What one request read.
struct Read<T> {
    items: Vec<T>,
    unknown: usize,
    unreadable: Vec<Error>,
    place: Segment,
}

impl<T: Table> Reader<T> {
    fn read(self, place: Segment) -> impl Stream<Item = Result<Read<T>, Error>> + Send {
        stream::try_unfold((self, place), async |(reader, place)| {
            let start = match place {
                Segment::Done => return Ok(None),
                Segment::Begin => None,
                Segment::Behind { partition, sort } => Some(start::<T>(PrimaryKey { partition, sort })?),
            };
            let read = reader.page(start).await?;
            let place = read.place.clone();
            Ok(Some((read, (reader, place))))
        })
    }

    async fn page(&self, start: Option<Item>) -> Result<Read<T>, Error> {
        let context = self.db.context();
        let parallel = self.total > 1;
        let request = ScanInputBuilder::default()
            .table_name(&context.table)
            .set_consistent_read(self.consistent.then_some(true))
            .set_segment(parallel.then_some(self.segment))
            .set_total_segments(parallel.then_some(self.total))
            .set_exclusive_start_key(start);
        let output = self.db.send(request, Call::new(None, Operation::Scan)).await?;
        let schema = T::SCHEMA;
        let (mut items, mut unknown, mut unreadable) = (Vec::new(), 0, Vec::new());
        for item in output.items.unwrap_or_default() {
            let kind = item.get(schema.table.type_attribute).and_then(|value| value.as_s().ok());
            match kind.map(String::as_str) {
                Some(HELD_TYPE) => {}
                Some(kind) if schema.entities.iter().any(|entity| entity.type_name == kind) => {
                    if !is_expired(schema, &item, context.now) {
                        match T::from_item(item) {
                            Ok(item) => items.push(item),
                            Err(error) => unreadable.push(error),
                        }
                    }
                }
                _ => unknown += 1,
            }
        }
        let place = match output.last_evaluated_key {
            None => Segment::Done,
            Some(key) => match owner_of(schema.table, &key) {
                Some(PrimaryKey { partition, sort }) if sort.is_some() == schema.table.key.sort.is_some() => {
                    Segment::Behind { partition, sort }
                }
                _ => {
                    let reason = "cannot be made: the table's key is not the schema's, as `verify` tells";
                    return Err(CursorError { entity: None, reason }.into());
                }
            },
        };
        Ok(Read { items, unknown, unreadable, place })
    }
}

/// Where a segment goes on.
fn start<T: Table>(key: PrimaryKey) -> Result<Item, Error> {
    let table = T::SCHEMA.table;
    if key.sort.is_some() != table.key.sort.is_some() {
        return Err(CursorError { entity: None, reason: "is of a scan of another table" }.into());
    }
    Ok(value::key_item(key, table.key))
}
