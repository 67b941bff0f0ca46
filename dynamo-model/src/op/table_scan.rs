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
    progress: ScanProgress,
}

/// How far a [`TableScan`] is: what [`resume`](TableScan::resume) goes on from.
///
/// It holds keys of items, and can be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanProgress {
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Segment {
    Begin,
    Behind { partition: String, sort: Option<String> },
    Done,
}

/// What one request of a [`TableScan`] read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScanPage<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many items were of a type that the table does not have, or of none.
    pub unknown: usize,
    /// How far the scan is with this page: a scan that resumes here reads what no page up to this one has read.
    pub progress: ScanProgress,
}

impl ScanProgress {
    fn new(segments: NonZeroU16) -> Self {
        Self { segments: vec![Segment::Begin; segments.get().into()] }
    }

    /// Whether all of the table was read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.segments.iter().all(|segment| *segment == Segment::Done)
    }
}

impl<T: Table> Db<T> {
    /// Reads every item of the table, whatever its entity.
    pub fn scan(&self) -> TableScan<T> {
        TableScan { db: self.clone(), consistent: false, progress: ScanProgress::new(NonZeroU16::MIN) }
    }
}

impl<T: Table> TableScan<T> {
    /// Reads this many segments of the table in parallel.
    pub fn segments(mut self, segments: NonZeroU16) -> Self {
        self.progress = ScanProgress::new(segments);
        self
    }

    /// Goes on where another scan of this table stopped, with as many segments.
    pub fn resume(mut self, progress: ScanProgress) -> Self {
        self.progress = progress;
        self
    }

    /// Sees what the last successful write left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Reads the items as a stream.
    ///
    /// The stream's items fail as those of [`pages`](Self::pages) do.
    pub fn stream(self) -> impl Stream<Item = Result<T, Error>> + Send + 'static {
        self.pages().map_ok(|page| stream::iter(page.items.into_iter().map(Ok))).try_flatten()
    }

    /// Reads the items page by page, each with the progress that a later scan can resume from.
    ///
    /// The stream's items fail with [`Error::Decode`] if an item of a known type cannot be read, with [`Error::Cursor`]
    /// if the progress is of no scan of this table, and as the SDK and the service do.
    pub fn pages(self) -> impl Stream<Item = Result<ScanPage<T>, Error>> + Send + 'static {
        let Self { db, consistent, progress } = self;
        let total = i32::try_from(progress.segments.len()).unwrap_or(i32::MAX);
        let segments = progress.segments.iter().cloned().enumerate();
        let segments: Vec<_> = segments
            .map(|(at, place)| {
                let reader =
                    Reader { db: db.clone(), consistent, segment: i32::try_from(at).unwrap_or(i32::MAX), total };
                reader.read(place).map_ok(move |read| (at, read)).boxed()
            })
            .collect();
        let mut progress = progress;
        stream::select_all(segments).map_ok(move |(at, Read { items, unknown, place })| {
            progress.segments[at] = place;
            ScanPage { items, unknown, progress: progress.clone() }
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
        let (mut items, mut unknown) = (Vec::new(), 0);
        for item in output.items.unwrap_or_default() {
            let kind = item.get(schema.table.type_attribute).and_then(|value| value.as_s().ok());
            match kind.map(String::as_str) {
                Some(HELD_TYPE) => {}
                Some(kind) if schema.entities.iter().any(|entity| entity.type_name == kind) => {
                    if !is_expired(schema, &item, context.now) {
                        items.push(T::from_item(item)?);
                    }
                }
                _ => unknown += 1,
            }
        }
        let behind = output.last_evaluated_key.as_ref().and_then(|key| owner_of(schema.table, key));
        let place = behind.map_or(Segment::Done, |PrimaryKey { partition, sort }| Segment::Behind { partition, sort });
        Ok(Read { items, unknown, place })
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
