//! The writes of a batch, before and after their times are known.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::batch_write_item::builders::BatchWriteItemInputBuilder,
    types::{DeleteRequest, PutRequest, WriteRequest},
};

use super::write::OPERATION;
use crate::{
    entity::{Entity, EntityKey},
    error::{Error, Operation, SameItemError},
    key::PrimaryKey,
    op::{Context, to_item},
    schema::TableSchema,
    stamp::Stamp,
    value::{self, Item},
};

/// A write, before and after its times are known.
pub(super) enum Entry {
    Asked(Box<dyn Step>),
    Ready(Ready),
}

pub(super) trait Step: Send {
    fn ready(self: Box<Self>, context: &Context) -> Result<Ready, Error>;
}

/// A write that can be sent, and sent again.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) entity: &'static str,
    pub(super) key: PrimaryKey,
    /// `None` deletes.
    pub(super) item: Option<Item>,
}

pub(super) struct PutStep<E>(pub(super) E);

impl<E: Entity> Step for PutStep<E> {
    fn ready(mut self: Box<Self>, context: &Context) -> Result<Ready, Error> {
        self.0.__stamp(&Stamp::put(context.now));
        let item = to_item(&self.0, OPERATION)?;
        let key = self.0.key().to_primary().map_err(|error| error.during(OPERATION))?;
        Ok(Ready { entity: E::SCHEMA.name, key, item: Some(item) })
    }
}

pub(super) struct DeleteStep<K>(pub(super) K);

impl<K: EntityKey> Step for DeleteStep<K> {
    fn ready(self: Box<Self>, _: &Context) -> Result<Ready, Error> {
        let key = self.0.to_primary().map_err(|error| error.during(OPERATION))?;
        Ok(Ready { entity: K::Entity::SCHEMA.name, key, item: None })
    }
}

impl Entry {
    pub(super) fn ready(self, context: &Context) -> Result<Ready, Error> {
        match self {
            Self::Asked(step) => step.ready(context),
            Self::Ready(ready) => Ok(ready),
        }
    }
}

/// The attributes of an unprocessed write that hold its key.
pub(super) fn key_of(write: &WriteRequest) -> Option<Item> {
    match (write.put_request(), write.delete_request()) {
        (Some(put), _) => Some(put.item().clone()),
        (None, Some(delete)) => Some(delete.key().clone()),
        (None, None) => None,
    }
}

/// The writes as they can be sent; where one cannot be, or two are on one item, all the others come back.
pub(super) fn ready(entries: Vec<Entry>, context: &Context) -> Result<Vec<Ready>, Box<(Error, Vec<Entry>)>> {
    let mut ready: Vec<Ready> = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter();
    let mut seen: HashMap<PrimaryKey, usize> = HashMap::new();
    let back = |ready: Vec<Ready>, entries: std::vec::IntoIter<Entry>| {
        ready.into_iter().map(Entry::Ready).chain(entries).collect::<Vec<_>>()
    };
    while let Some(entry) = entries.next() {
        let write = match entry.ready(context) {
            Ok(write) => write,
            Err(error) => return Err(Box::new((error, back(ready, entries)))),
        };
        let second = ready.len();
        if let Some(&first) = seen.get(&write.key) {
            let name = |write: &Ready| {
                let verb = if write.item.is_some() { Operation::Put } else { Operation::Delete };
                format!("`{}` {verb}", write.entity)
            };
            let operations = [name(&ready[first]), name(&write)];
            let error = SameItemError { operation: OPERATION, table: context.table.clone(), first, second, operations };
            ready.push(write);
            return Err(Box::new((Error::SameItem(error), back(ready, entries))));
        }
        seen.insert(write.key.clone(), second);
        ready.push(write);
    }
    Ok(ready)
}

pub(super) fn request<'w>(
    name: &str,
    table: &TableSchema,
    writes: impl Iterator<Item = &'w Ready>,
) -> BatchWriteItemInputBuilder {
    let writes = writes.map(|write| {
        let put = write.item.clone().and_then(|item| PutRequest::builder().set_item(Some(item)).build().ok());
        let delete = put.is_none().then(|| value::key_item(write.key.clone(), table.key));
        let delete = delete.and_then(|key| DeleteRequest::builder().set_key(Some(key)).build().ok());
        WriteRequest::builder().set_put_request(put).set_delete_request(delete).build()
    });
    let items = HashMap::from([(name.to_owned(), writes.collect())]);
    BatchWriteItemInputBuilder::default().set_request_items(Some(items))
}
