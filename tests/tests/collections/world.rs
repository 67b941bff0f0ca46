//! The items of one case: in a table, and in memory as what the table should give.

use std::cell::Cell;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use dynamo_model::{Collection, Db, Table as _, Timestamp, value::Item};
use dynamo_model_tests::{Engine, with_engine};
use proptest::test_runner::{Config, TestRunner};

use crate::{
    cases::cases,
    draft::{Draft, Kind, NOW, drafts},
    model::Collections,
};

/// What was stored.
pub(crate) struct World {
    stored: Vec<Stored>,
    /// The partition, which some cases leave empty.
    pub(crate) p: String,
    pub(crate) group: String,
}

struct Stored {
    draft: Draft,
    item: Item,
}

/// What a collection should give.
pub(crate) struct Expected {
    pub(crate) items: Vec<Collections>,
    pub(crate) unknown: usize,
}

/// The table, empty, on a client that no other test has.
pub(crate) async fn table(engine: &Engine, test: &str) -> Db<Collections> {
    let now = Timestamp::from_secs(i64::try_from(NOW).expect("a time of this century")).expect("the same");
    let db = Collections::db(engine.client(test)).with_clock(move || now);
    db.create_table().await.expect("the table is created");
    db
}

/// One table, and as many cases as are asked for.
#[allow(clippy::needless_pass_by_value, reason = "by reference, the closure's argument types are not inferred")]
pub(crate) fn on_cases(
    test: &'static str,
    source: &'static str,
    least: u32,
    body: impl AsyncFn(&Db<Collections>, &World),
) {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, test));
        let config = Config { source_file: Some(source), test_name: Some(test), ..cases(least) };
        let number = Cell::new(0_u64);
        TestRunner::new(config)
            .run(&drafts(), |drafts| {
                number.set(number.get() + 1);
                let world = World::new(&drafts, &format!("{:06}", number.get()));
                runtime.block_on(async {
                    world.store(&db).await;
                    body(&db, &world).await;
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

impl World {
    /// Of drafts with one key, the last counts.
    fn new(drafts: &[Draft], case: &str) -> Self {
        let mut world = Self { stored: Vec::new(), p: format!("{case}p"), group: format!("{case}g") };
        for draft in drafts {
            let draft = draft.clone().settle(case);
            let mut item = draft.value().to_item().expect("short texts");
            let mut set = |attribute: &str, value| item.insert(attribute.to_owned(), value);
            match draft.kind {
                Kind::Unknown => drop(set("kind", AttributeValue::S("Later".to_owned()))),
                Kind::Held => drop(set("kind", AttributeValue::S("UNIQUE".to_owned()))),
                _ => {}
            }
            // Items may be given a TTL that their entity knows nothing of.
            if let Some(expires) = draft.expires {
                set("expires", AttributeValue::N(expires.to_string()));
            }
            if draft.kind == Kind::Untyped {
                item.remove("kind");
            }
            world.stored.retain(|other| ["PK", "SK"].iter().any(|key| other.item[*key] != item[*key]));
            world.stored.push(Stored { draft, item });
        }
        world
    }

    async fn store(&self, db: &Db<Collections>) {
        let requests: Vec<WriteRequest> = self
            .stored
            .iter()
            .map(|stored| {
                let put = PutRequest::builder().set_item(Some(stored.item.clone())).build().expect("an item");
                WriteRequest::builder().put_request(put).build()
            })
            .collect();
        if requests.is_empty() {
            return;
        }
        let write = db.client().batch_write_item().request_items(db.table_name(), requests);
        let left = write.send().await.expect("the items are written").unprocessed_items;
        assert!(left.is_none_or(|left| left.is_empty()), "an engine on this machine leaves nothing undone");
    }

    /// The items of the collection in the partition that has this text, in order of their sort keys.
    pub(crate) fn expected<C: Collection>(&self, partition: &str) -> Expected {
        let key = C::SCHEMA.key();
        let sort = key.sort.expect("the table and its indexes have sort keys").attribute;
        let text = |stored: &Stored, attribute: &str| {
            stored.item.get(attribute).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
        };
        let mut here: Vec<&Stored> = self
            .stored
            .iter()
            .filter(|stored| text(stored, key.partition.attribute) == partition)
            .filter(|stored| stored.draft.expires.is_none_or(|expires| expires > NOW))
            .collect();
        here.sort_by_key(|stored| text(stored, sort));
        let is_member = |stored: &Stored| {
            C::SCHEMA.members.iter().any(|member| {
                stored.item.get("kind").is_some_and(|kind| kind.as_s().is_ok_and(|kind| kind == member.type_name))
            })
        };
        let condition = C::SCHEMA.condition();
        let unknown = here
            .iter()
            .filter(|stored| matches!(stored.draft.kind, Kind::Unknown | Kind::Untyped))
            .filter(|stored| condition.matches(&text(stored, sort)))
            .count();
        let items = here.into_iter().filter(|stored| is_member(stored)).map(|stored| stored.draft.value()).collect();
        Expected { items, unknown }
    }
}
