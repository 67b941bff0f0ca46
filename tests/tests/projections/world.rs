//! The items of one case: in a table, and in memory as what reads should give.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use dynamo_model::{Db, Entity, EpochSeconds, Table as _, Timestamp, value::Item};
use dynamo_model_tests::Engine;

use crate::{
    draft::{Draft, NOW},
    model::{Book, Crate, Library, Lid},
};

/// What was stored.
pub(crate) struct World {
    pub(crate) books: Vec<Stored<Book>>,
    pub(crate) crates: Vec<Stored<Crate>>,
    pub(crate) lids: Vec<Stored<Lid>>,
}

/// An entity with its item.
pub(crate) struct Stored<E> {
    pub(crate) entity: E,
    pub(crate) item: Item,
    pub(crate) expired: bool,
}

/// The table, empty, on a client that no other test has.
pub(crate) async fn table(engine: &Engine, test: &str) -> Db<Library> {
    let now =
        Timestamp::from_secs(i64::try_from(NOW).expect("a time of this century")).expect("a time of this century");
    let db = Library::db(engine.client(test)).with_clock(move || now);
    db.create_table().await.expect("the table is created");
    db
}

impl World {
    /// In places that no other case uses. Of drafts with one key, the last counts.
    pub(crate) fn new(drafts: Vec<Draft>, case: &str) -> Self {
        let mut world = Self { books: Vec::new(), crates: Vec::new(), lids: Vec::new() };
        let settle = |shelf: &mut String, group: &mut Option<String>| {
            shelf.insert_str(0, case);
            if let Some(group) = group {
                group.insert_str(0, case);
            }
        };
        for draft in drafts {
            match draft {
                Draft::Book(mut book) => {
                    settle(&mut book.shelf, &mut book.group);
                    let until = book.until.map(EpochSeconds::get);
                    keep(&mut world.books, *book, None, until.is_some_and(|until| until <= NOW));
                }
                Draft::Crate(mut item, expires) => {
                    settle(&mut item.shelf, &mut item.group);
                    keep(&mut world.crates, item, expires, expires.is_some_and(|expires| expires <= NOW));
                }
                Draft::Lid(mut lid) => {
                    settle(&mut lid.shelf, &mut lid.group);
                    keep(&mut world.lids, lid, None, false);
                }
            }
        }
        world
    }

    pub(crate) async fn store(&self, db: &Db<Library>) {
        let books = self.books.iter().map(|stored| &stored.item);
        let crates = self.crates.iter().map(|stored| &stored.item);
        let items = books.chain(crates).chain(self.lids.iter().map(|stored| &stored.item));
        let puts = items.map(|item| {
            let put = PutRequest::builder().set_item(Some(item.clone())).build().expect("an item");
            WriteRequest::builder().put_request(put).build()
        });
        let request = db.client().batch_write_item().request_items(db.table_name(), puts.collect());
        let output = request.send().await.expect("the items are written");
        assert!(output.unprocessed_items().is_none_or(HashMap::is_empty), "an engine here leaves nothing undone");
    }
}

fn keep<E: Entity>(all: &mut Vec<Stored<E>>, entity: E, ttl: Option<u64>, expired: bool) {
    let mut item = entity.to_item().expect("short texts");
    if let Some(ttl) = ttl {
        item.insert("expires".to_owned(), AttributeValue::N(ttl.to_string()));
    }
    all.retain(|other| (&other.item["PK"], &other.item["SK"]) != (&item["PK"], &item["SK"]));
    all.push(Stored { entity, item, expired });
}

/// The stored entities that fulfil this, in the order of a sort key; what lacks the key is not on its index.
pub(crate) fn in_order<'w, E: Clone>(
    all: &'w [Stored<E>],
    sort: &str,
    filter: impl Fn(&Stored<E>) -> bool + 'w,
) -> Vec<E> {
    let text = |stored: &Stored<E>| stored.item.get(sort).and_then(|value| value.as_s().ok()).cloned();
    let mut found: Vec<_> = all.iter().filter(|stored| text(stored).is_some() && filter(stored)).collect();
    found.sort_by_key(|stored| text(stored));
    found.into_iter().map(|stored| stored.entity.clone()).collect()
}
