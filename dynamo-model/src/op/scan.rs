//! Reads every item of an entity, wherever it lies.

use std::{
    marker::PhantomData,
    num::NonZeroU16,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use aws_sdk_dynamodb::{
    operation::scan::{ScanOutput, builders::ScanInputBuilder},
    types::Select,
};
use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};

use super::{Context, Met, ScanFields, meet, projected::projection, write::check_expression};
use crate::{
    db::{Call as Sending, Db},
    entity::Entity,
    error::{Error, Operation},
    expr::{Condition, ExpressionError, ExpressionErrorKind, Place, Selection, Terms, live},
    projection::Projection,
    schema::FieldRole,
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// Reads every item of an entity in the table, in no order; DynamoDB reads, and charges for, the whole table.
///
/// An item without a type attribute is of no entity, so a scan passes over it.
#[must_use = "a request does nothing until it is sent"]
pub struct Scan<E> {
    segments: NonZeroU16,
    consistent: bool,
    filter: Option<Condition<E>>,
    limit: Option<usize>,
    entity: PhantomData<fn() -> E>,
}

/// One call for one segment.
struct Call {
    segment: u16,
    start: Option<Item>,
    count: bool,
}

request_traits!(Scan<E> { segments, consistent, filter, limit, entity } as "Scan");

impl<E: Entity> Scan<E> {
    pub(crate) fn new() -> Self {
        Self { segments: NonZeroU16::MIN, consistent: false, filter: None, limit: None, entity: PhantomData }
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

    /// Leaves out what does not fulfil this: `.filter(|t| t.points().ge(3))`.
    ///
    /// DynamoDB reads, and charges for, what it leaves out.
    pub fn filter(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.filter = Some(Condition::joined(self.filter.take(), condition(E::__fields())));
        self
    }

    /// Gives at most this many items.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Gives only the fields of this struct, which has `#[derive(Projection)]`. DynamoDB charges for the whole items.
    pub fn select<P: Projection<E>>(self) -> ScanFields<E, P::Fields> {
        ScanFields::new(self, P::Fields::default())
    }

    /// Gives only these fields: `.project(|t| (t.title(), t.points()))`. DynamoDB charges for the whole items.
    pub fn project<P: Selection<E>>(self, fields: impl FnOnce(E::Fields) -> P) -> ScanFields<E, P> {
        ScanFields::new(self, fields(E::__fields()))
    }

    explained!(
        ScanInputBuilder,
        E::Table,
        "the first segment's first call",
        "[`Error::Expression`] if DynamoDB would refuse the filter."
    );

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    pub fn build(self, context: &Context) -> Result<ScanInputBuilder, Error> {
        self.build_for(context, None)
    }

    /// The first call, for these places or for whole items.
    pub(super) fn build_for(&self, context: &Context, places: Option<&[Place]>) -> Result<ScanInputBuilder, Error> {
        self.call(context, Call { segment: 0, start: None, count: false }, places)
    }

    /// Reads all items.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if an item of the entity cannot be read; [`Error::Expression`] if DynamoDB would refuse the
    /// filter; the failures of the SDK and the service.
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<E>, Error> {
        self.stream(db).try_collect().await
    }

    /// Reads the items as a stream, all segments at once.
    ///
    /// The stream's items fail as [`all`](Self::all) does. One that cannot be read is an error in its place, and others may
    /// follow.
    pub fn stream(self, db: &Db<E::Table>) -> impl Stream<Item = Result<E, Error>> + Send + 'static + use<E> {
        self.read(db, None, &|item, now| {
            Ok(match meet(item, now, Operation::Scan)? {
                Met::Entity(entity) => Some(entity),
                Met::Expired | Met::Other(_) => None,
            })
        })
    }

    /// Reads whole items, or these places of them; `meet` gives `None` for one to pass over.
    pub(super) fn read<T, M>(
        self,
        db: &Db<E::Table>,
        places: Option<&Arc<[Place]>>,
        meet: &M,
    ) -> impl Stream<Item = Result<T, Error>> + Send + 'static + use<E, T, M>
    where
        T: Send + 'static,
        M: Fn(Item, Timestamp) -> Result<Option<T>, Error> + Clone + Send + Sync + 'static,
    {
        let limit = self.limit.unwrap_or(usize::MAX);
        let segments = (0..self.segments.get())
            .map(|segment| self.clone().segment(segment, db.clone(), places.cloned(), meet.clone()).boxed());
        stream::select_all(segments).take(limit)
    }

    /// Counts the items without fetching them; DynamoDB charges as if it did. It reads no further than the page that
    /// reaches the [`limit`](Self::limit).
    ///
    /// # Errors
    ///
    /// [`Error::Expression`] if DynamoDB would refuse the filter; the failures of the SDK and the service.
    pub async fn count(self, db: &Db<E::Table>) -> Result<u64, Error> {
        let limit = self.limit.map(|limit| limit as u64);
        let count = AtomicU64::new(0);
        let is_enough = || limit.is_some_and(|limit| count.load(Ordering::Relaxed) >= limit);
        let segments = (0..self.segments.get()).map(|segment| {
            let (scan, count, is_enough) = (&self, &count, &is_enough);
            async move {
                let mut start = None;
                while !is_enough() {
                    let call = Call { segment, start, count: true };
                    let output = scan.send(db, &db.context(), call, None).await?;
                    count.fetch_add(u64::try_from(output.count()).unwrap_or_default(), Ordering::Relaxed);
                    start = output.last_evaluated_key;
                    if start.is_none() {
                        break;
                    }
                }
                Ok::<_, Error>(())
            }
        });
        futures_util::future::try_join_all(segments).await?;
        let count = count.into_inner();
        Ok(limit.map_or(count, |limit| count.min(limit)))
    }

    fn segment<T: Send>(
        self,
        segment: u16,
        db: Db<E::Table>,
        places: Option<Arc<[Place]>>,
        meet: impl Fn(Item, Timestamp) -> Result<Option<T>, Error> + Clone + Send + Sync,
    ) -> impl Stream<Item = Result<T, Error>> + Send {
        // `None` is the end; `Some(None)` the beginning.
        stream::try_unfold(Some(None), move |place: Option<Option<Item>>| {
            let (scan, db, context) = (self.clone(), db.clone(), db.context());
            let (places, meet) = (places.clone(), meet.clone());
            async move {
                let Some(start) = place else { return Ok::<_, Error>(None) };
                let call = Call { segment, start, count: false };
                let output = scan.send(&db, &context, call, places.as_deref()).await?;
                let items = output.items.unwrap_or_default().into_iter();
                let found: Vec<_> = items.filter_map(|item| meet(item, context.now).transpose()).collect();
                Ok(Some((stream::iter(found), output.last_evaluated_key.map(Some))))
            }
        })
        .try_flatten()
    }

    async fn send(
        &self,
        db: &Db<E::Table>,
        context: &Context,
        call: Call,
        places: Option<&[Place]>,
    ) -> Result<ScanOutput, Error> {
        let request = self.call(context, call, places)?;
        db.send(request, Sending::new(Some(E::SCHEMA.name), Operation::Scan)).await
    }

    fn call(&self, context: &Context, call: Call, places: Option<&[Place]>) -> Result<ScanInputBuilder, Error> {
        let table = E::Table::SCHEMA.table;
        let mut terms = Terms::default();
        let name = terms.names.add("#type", table.type_attribute);
        let mut filters = vec![format!("{name} = {}", terms.values.text(":type", E::SCHEMA.type_name))];
        // An item may have been given a TTL that its entity knows nothing of; what is only counted is not checked again.
        if let (Some(ttl), true) = (table.ttl, call.count || E::SCHEMA.has(FieldRole::Ttl)) {
            let Terms { names, values } = &mut terms;
            filters.push(live(ttl, context.now, names, values));
        }
        if let Some(filter) = &self.filter {
            filters.push(terms.condition(filter.node(), table.type_attribute).map_err(refuse::<E>)?);
        }
        let filter = filters.join(" AND ");
        check_expression(&filter).map_err(refuse::<E>)?;
        let projection = places.map(|places| projection(table, places, &mut terms));
        let parallel = self.segments > NonZeroU16::MIN;
        Ok(ScanInputBuilder::default()
            .table_name(&context.table)
            .filter_expression(filter)
            .set_projection_expression(projection)
            .set_expression_attribute_names(terms.names.into_sdk())
            .set_expression_attribute_values(terms.values.into_sdk())
            .set_consistent_read(self.consistent.then_some(true))
            .set_segment(parallel.then_some(call.segment.into()))
            .set_total_segments(parallel.then_some(self.segments.get().into()))
            .set_select(call.count.then_some(Select::Count))
            .set_exclusive_start_key(call.start))
    }
}

fn refuse<E: Entity>(kind: ExpressionErrorKind) -> Error {
    ExpressionError::new(E::SCHEMA.name, Operation::Scan, kind).into()
}
