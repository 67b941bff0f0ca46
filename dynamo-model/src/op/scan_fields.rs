//! A scan that gives a few fields.

use std::{fmt, sync::Arc};

use aws_sdk_dynamodb::operation::scan::builders::ScanInputBuilder;
use futures_util::stream::{Stream, TryStreamExt as _};

use super::{
    Context, Scan,
    item::{check_type, is_expired},
    projected::places,
};
use crate::{
    db::Db,
    entity::Entity,
    error::{Error, Operation},
    expr::Selection,
    table::Table,
    timestamp::Timestamp,
    value::Item,
};

/// A [`Scan`] that gives a few fields of each item; what the scan does is said before.
#[must_use = "a request does nothing until it is sent"]
pub struct ScanFields<E, P> {
    scan: Scan<E>,
    fields: Arc<P>,
}

impl<E, P> Clone for ScanFields<E, P> {
    fn clone(&self) -> Self {
        Self { scan: self.scan.clone(), fields: Arc::clone(&self.fields) }
    }
}

impl<E: Entity, P> fmt::Debug for ScanFields<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ScanFields").field(&self.scan).finish()
    }
}

impl<E: Entity, P: Selection<E>> ScanFields<E, P> {
    pub(super) fn new(scan: Scan<E>, fields: P) -> Self {
        Self { scan, fields: Arc::new(fields) }
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
        self.scan.build_for(context, Some(&places(&*self.fields)))
    }

    /// Reads the fields of all items.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if a field of an item cannot be read; the failures of the SDK and the service.
    pub async fn all(self, db: &Db<E::Table>) -> Result<Vec<P::Output>, Error> {
        self.stream(db).try_collect().await
    }

    /// Reads the fields as a stream, all segments at once.
    ///
    /// The stream's items fail as [`all`](Self::all) does.
    pub fn stream(
        self,
        db: &Db<E::Table>,
    ) -> impl Stream<Item = Result<P::Output, Error>> + Send + 'static + use<E, P> {
        let places = places(&*self.fields).into();
        let fields = self.fields;
        self.scan.read(db, Some(&places), &move |item, now| read::<E, P>(&fields, &item, now))
    }
}

/// `None` for an item of another entity, or one that has expired.
fn read<E: Entity, P: Selection<E>>(fields: &P, item: &Item, now: Timestamp) -> Result<Option<P::Output>, Error> {
    let schema = E::Table::SCHEMA;
    if is_expired(schema, item, now) || check_type(schema, E::SCHEMA, item, Operation::Scan)?.is_some() {
        return Ok(None);
    }
    fields.read(item).map(Some).map_err(|unread| unread.during::<E>(Operation::Scan))
}
