//! The items of one case: in a table, and in memory as what the table should give.

use std::cell::Cell;

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use dynamo_model::{Db, Entity, Table as _, Timestamp, value::Item};
use dynamo_model_tests::{Engine, with_engine};
use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};

use super::{
    ask::{Ask, ask},
    draft::{Draft, NOW, drafts},
    model::{Activity, Metric, Note, Spreads},
};
use crate::{cases::cases, world::Stored};

pub(crate) struct World {
    pub(crate) activities: Vec<Stored<Activity>>,
    pub(crate) metrics: Vec<Stored<Metric>>,
    pub(crate) notes: Vec<Stored<Note>>,
}

impl World {
    /// Of drafts with one key, the last counts.
    pub(crate) fn new(drafts: &[Draft]) -> Self {
        let mut world = Self { activities: Vec::new(), metrics: Vec::new(), notes: Vec::new() };
        for draft in drafts {
            let expired = draft.is_expired();
            match draft.kind {
                0..5 => keep(&mut world.activities, draft.activity(), expired),
                5..10 => keep(&mut world.metrics, draft.metric(), expired),
                _ => keep(&mut world.notes, draft.note(), false),
            }
        }
        world
    }

    pub(crate) async fn store(&self, db: &Db<Spreads>) {
        let activities = self.activities.iter().map(|stored| &stored.item);
        let metrics = self.metrics.iter().map(|stored| &stored.item);
        let items: Vec<&Item> = activities.chain(metrics).chain(self.notes.iter().map(|stored| &stored.item)).collect();
        for items in items.chunks(25) {
            let puts = items.iter().map(|item| {
                let put = PutRequest::builder().set_item(Some((*item).clone())).build().expect("an item");
                WriteRequest::builder().put_request(put).build()
            });
            let write = db.client().batch_write_item().request_items(db.table_name(), puts.collect());
            write.send().await.expect("the items are written");
        }
    }
}

fn keep<E: Entity>(all: &mut Vec<Stored<E>>, entity: E, expired: bool) {
    let item = entity.to_item().expect("short texts");
    all.retain(|other| (&other.item["PK"], &other.item["SK"]) != (&item["PK"], &item["SK"]));
    all.push(Stored { entity, item, expired });
}

/// The table, empty, on a client that no other test has.
pub(crate) async fn table(engine: &Engine, test: &str) -> Db<Spreads> {
    let now = Timestamp::from_secs(NOW).expect("a time of this century");
    let db = Spreads::db(engine.client(test)).with_clock(move || now);
    db.create_table().await.expect("the table is created");
    db
}

/// One table, and as many cases as are asked for, each in partitions of its own.
#[allow(clippy::needless_pass_by_value, reason = "by reference, the closure's argument types are not inferred")]
pub(crate) fn on_cases(
    test: &'static str,
    source: &'static str,
    least: u32,
    body: impl AsyncFn(&Db<Spreads>, &World, &[Draft], &[Ask]),
) {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, test));
        let config = Config { source_file: Some(source), test_name: Some(test), ..cases(least) };
        let number = Cell::new(0_u64);
        let cases = (drafts(2..24), 0..3_usize, vec(ask(), 1..4));
        TestRunner::new(config)
            .run(&cases, |(drafts, spare, asks)| {
                number.set(number.get() + 1);
                let case = format!("{:06}", number.get());
                let drafts: Vec<Draft> = drafts.into_iter().map(|draft| draft.settle(&case)).collect();
                // Some are not stored; bounds are taken from all of them.
                let world = World::new(&drafts[..drafts.len() - spare.min(drafts.len() - 1)]);
                runtime.block_on(async {
                    world.store(&db).await;
                    body(&db, &world, &drafts, &asks).await;
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}
