//! The items of one case: in a table, and in memory as what the table should give.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest},
};
use dynamo_model::{Db, Entity, Table as _, Timestamp, value::Item};
use dynamo_model_tests::Engine;

use crate::{
    draft::{Draft, NOW},
    model::{Event, Marker, Note, Queries, Task},
};

/// What was stored.
pub(crate) struct World {
    pub(crate) notes: Vec<Stored<Note>>,
    pub(crate) tasks: Vec<Stored<Task>>,
    pub(crate) events: Vec<Stored<Event>>,
    pub(crate) markers: Vec<Stored<Marker>>,
}

/// An entity with its item.
pub(crate) struct Stored<E> {
    pub(crate) entity: E,
    pub(crate) item: Item,
    pub(crate) expired: bool,
}

impl<E> Stored<E> {
    /// A text attribute of the item; `None` if it has none.
    pub(crate) fn text(&self, attribute: &str) -> Option<&str> {
        self.item.get(attribute).and_then(|value| value.as_s().ok()).map(String::as_str)
    }
}

/// The table, empty, on a client that no other test has.
pub(crate) async fn table(engine: &Engine, test: &str) -> Db<Queries> {
    let now =
        Timestamp::from_secs(i64::try_from(NOW).expect("a time of this century")).expect("a time of this century");
    let db = Queries::db(engine.client(test)).with_clock(move || now);
    db.create_table().await.expect("the table is created");
    db
}

/// Deletes what an earlier case left.
pub(crate) async fn empty(db: &Db<Queries>) {
    let scanned = db.client().scan().table_name(db.table_name()).send().await.expect("the table is read");
    let deletes = scanned.items().iter().map(|item| {
        let key = ["PK", "SK"].map(|name| (name.to_owned(), item[name].clone()));
        let delete = DeleteRequest::builder().set_key(Some(HashMap::from(key))).build().expect("a key");
        WriteRequest::builder().delete_request(delete).build()
    });
    write(db.client(), db.table_name(), deletes.collect()).await;
}

impl World {
    /// Of drafts with one key, the last counts.
    pub(crate) fn new(drafts: &[Draft]) -> Self {
        let mut world = Self { notes: Vec::new(), tasks: Vec::new(), events: Vec::new(), markers: Vec::new() };
        for draft in drafts {
            let expired = draft.is_expired();
            match draft.kind {
                0..4 => keep(&mut world.notes, draft.note(), None, expired),
                4..8 => keep(&mut world.tasks, draft.task(), None, expired),
                8..12 => keep(&mut world.events, draft.event(), draft.expires, expired),
                _ => keep(&mut world.markers, draft.marker(), draft.expires, expired),
            }
        }
        world
    }

    pub(crate) async fn store(&self, db: &Db<Queries>) {
        let items = self.items().map(|item| {
            let put = PutRequest::builder().set_item(Some(item.clone())).build().expect("an item");
            WriteRequest::builder().put_request(put).build()
        });
        write(db.client(), db.table_name(), items.collect()).await;
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        let notes = self.notes.iter().map(|stored| &stored.item);
        let tasks = self.tasks.iter().map(|stored| &stored.item);
        let events = self.events.iter().map(|stored| &stored.item);
        notes.chain(tasks).chain(events).chain(self.markers.iter().map(|stored| &stored.item))
    }
}

/// `ttl` is set from outside, on an entity that has no such field.
fn keep<E: Entity>(all: &mut Vec<Stored<E>>, entity: E, ttl: Option<u64>, expired: bool) {
    let mut item = entity.to_item().expect("short texts");
    if let Some(ttl) = ttl {
        item.insert("expires".to_owned(), AttributeValue::N(ttl.to_string()));
    }
    all.retain(|other| (&other.item["PK"], &other.item["SK"]) != (&item["PK"], &item["SK"]));
    all.push(Stored { entity, item, expired });
}

/// One call takes 25 writes.
async fn write(client: &Client, table: &str, requests: Vec<WriteRequest>) {
    for requests in requests.chunks(25) {
        let write = client.batch_write_item().request_items(table, requests.to_vec());
        let output = write.send().await.expect("the items are written");
        assert!(
            output.unprocessed_items().is_none_or(HashMap::is_empty),
            "an engine on this machine leaves nothing undone"
        );
    }
}
