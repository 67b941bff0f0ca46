//! Reads every item of an entity, wherever it lies.

use std::{marker::PhantomData, num::NonZeroU16};

use aws_sdk_dynamodb::{
    operation::scan::{ScanOutput, builders::ScanInputBuilder},
    types::Select,
};
use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::{Context, Met, SdkRequest as _, meet};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    explain::Explanation,
    expr::{Names, Values, live},
    schema::FieldRole,
    table::Table,
    value::Item,
};

/// Reads every item of an entity in the table, in no order; DynamoDB reads, and charges for, the whole table.
///
/// An item without a type attribute is of no entity, so a scan passes over it.
#[must_use = "a request does nothing until it is sent"]
pub struct Scan<E> {
    segments: NonZeroU16,
    consistent: bool,
    limit: Option<usize>,
    entity: PhantomData<fn() -> E>,
}

/// One call for one segment.
struct Call {
    segment: u16,
    start: Option<Item>,
    count: bool,
}

request_traits!(Scan<E> { segments, consistent, limit, entity } as "Scan");

impl<E: Entity> Scan<E> {
    pub(crate) fn new() -> Self {
        Self { segments: NonZeroU16::MIN, consistent: false, limit: None, entity: PhantomData }
    }

    /// Reads this many segments of the table in parallel.
    pub fn segments(mut self, segments: NonZeroU16) -> Self {
        self.segments = segments;
        self
    }

    /// Sees what the last successful write left, at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Gives at most this many items.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// What the first segment's first call would ask of DynamoDB.
    #[must_use]
    pub fn explain(self) -> Explanation {
        self.into_sdk().explanation()
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    #[must_use]
    pub fn explain_in(self, context: &Context) -> Explanation {
        self.build(context).explanation()
    }

    /// The SDK's builder of the first segment's first call, with the schema's table name and the system clock.
    #[must_use]
    pub fn into_sdk(self) -> ScanInputBuilder {
        self.build(&Context::of(E::Table::SCHEMA.table))
    }

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    #[must_use]
    pub fn build(self, context: &Context) -> ScanInputBuilder {
        self.call(context, Call { segment: 0, start: None, count: false })
    }

    /// Reads all items.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if an item of the entity cannot be read; the failures of the SDK and the service.
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<E>, Error> {
        self.stream(db).try_collect().await
    }

    /// Reads the items as a stream, all segments at once.
    ///
    /// The stream's items fail as [`all`](Self::all) does.
    pub fn stream(self, db: &Db<E::Table>) -> impl Stream<Item = Result<E, Error>> + Send + 'static + use<E> {
        let limit = self.limit.unwrap_or(usize::MAX);
        let segments = (0..self.segments.get()).map(|segment| {
            let scan = Self { entity: PhantomData, ..self };
            scan.segment(segment, db.clone()).boxed()
        });
        stream::select_all(segments).take(limit)
    }

    /// Counts the items without fetching them; DynamoDB charges as if it did.
    ///
    /// # Errors
    ///
    /// The failures of the SDK and the service.
    pub async fn count(self, db: &Db<E::Table>) -> Result<u64, Error> {
        let context = db.context();
        let counts = (0..self.segments.get()).map(|segment| {
            let (scan, context) = (&self, &context);
            async move {
                let (mut count, mut start) = (0, None);
                loop {
                    let output = scan.send(db, context, Call { segment, start, count: true }).await?;
                    count += u64::try_from(output.count()).unwrap_or_default();
                    start = output.last_evaluated_key;
                    if start.is_none() {
                        return Ok::<_, Error>(count);
                    }
                }
            }
        });
        let counts = futures_util::future::try_join_all(counts).await?;
        let count = counts.into_iter().sum();
        Ok(self.limit.map_or(count, |limit| count.min(limit as u64)))
    }

    fn segment(self, segment: u16, db: Db<E::Table>) -> impl Stream<Item = Result<E, Error>> + Send {
        // `None` is the end; `Some(None)` the beginning.
        stream::try_unfold(Some(None), move |place: Option<Option<Item>>| {
            let (scan, db, context) = (Self { entity: PhantomData, ..self }, db.clone(), db.context());
            async move {
                let Some(start) = place else { return Ok::<_, Error>(None) };
                let output = scan.send(&db, &context, Call { segment, start, count: false }).await?;
                let mut found = Vec::new();
                for item in output.items.unwrap_or_default() {
                    if let Met::Entity(entity) = meet(item, context.now, Operation::Scan)? {
                        found.push(entity);
                    }
                }
                Ok(Some((stream::iter(found.into_iter().map(Ok)), output.last_evaluated_key.map(Some))))
            }
        })
        .try_flatten()
    }

    async fn send(&self, db: &Db<E::Table>, context: &Context, call: Call) -> Result<ScanOutput, Error> {
        let request = self.call(context, call);
        request.send_with(db.client()).await.map_err(|error| db.classify::<E>(Operation::Scan).error(error))
    }

    fn call(&self, context: &Context, call: Call) -> ScanInputBuilder {
        let table = E::Table::SCHEMA.table;
        let mut names = Names::default();
        let mut values = Values::default();
        let name = names.add("#type", table.type_attribute);
        let mut filter = format!("{name} = {}", values.text(":type", E::SCHEMA.type_name));
        // An item may have been given a TTL that its entity knows nothing of; what is only counted is not checked again.
        if let (Some(ttl), true) = (table.ttl, call.count || E::SCHEMA.has(FieldRole::Ttl)) {
            filter.push_str(" AND ");
            filter.push_str(&live(ttl, context.now, &mut names, &mut values));
        }
        let parallel = self.segments > NonZeroU16::MIN;
        ScanInputBuilder::default()
            .table_name(&context.table)
            .filter_expression(filter)
            .set_expression_attribute_names(names.into_sdk())
            .set_expression_attribute_values(values.into_sdk())
            .set_consistent_read(self.consistent.then_some(true))
            .set_segment(parallel.then_some(call.segment.into()))
            .set_total_segments(parallel.then_some(self.segments.get().into()))
            .set_select(call.count.then_some(Select::Count))
            .set_exclusive_start_key(call.start)
    }
}
