//! What is compared.

use dynamo_model::{Entity as _, EntityKey as _, value};

use crate::{
    by_hand, by_serde_dynamo,
    task::{Task, task},
};

/// A thing that is done in several ways; the first is this library's.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) ways: &'static [Way],
}

/// One way to do it.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Gives the call that is measured; its result says that something was done.
    pub(crate) prepare: fn() -> Box<dyn FnMut() -> usize>,
}

/// The task's own ten attributes.
const ENCODE: Case = Case {
    name: "encode attributes",
    ways: &[
        Way { name: "dynamo-model", prepare: || each(|task| value::to_item(task).map_or(0, |item| item.len())) },
        Way { name: "serde_dynamo", prepare: || each(|task| by_serde_dynamo::encode(task).len()) },
        Way { name: "by hand", prepare: || each(|task| by_hand::attributes(task, 10).len()) },
    ],
};

/// The whole item: attributes, six key attributes and the type. The library checks lengths and the item's size too.
const ENCODE_ITEM: Case = Case {
    name: "encode item with keys",
    ways: &[
        Way { name: "dynamo-model", prepare: || each(|task| task.to_item().map_or(0, |item| item.len())) },
        Way { name: "serde_dynamo", prepare: || each(|task| by_serde_dynamo::encode_with_keys(task).len()) },
        Way {
            name: "by hand",
            prepare: || {
                each(|task| {
                    let mut item = by_hand::attributes(task, 17);
                    by_hand::add_keys(task, &mut item);
                    item.len()
                })
            },
        },
    ],
};

/// The whole item back into a task; every way begins with a copy of the item, as it is consumed.
const DECODE: Case = Case {
    name: "copy and decode item",
    ways: &[
        Way { name: "dynamo-model", prepare: || decoding(|item| Task::from_item(item).ok()) },
        Way { name: "serde_dynamo", prepare: || decoding(by_serde_dynamo::decode) },
        Way { name: "by hand", prepare: || decoding(by_hand::decode) },
        Way { name: "copy only", prepare: || decoding(|item| item.is_empty().then(task)) },
    ],
};

/// A primary key of two parts, one text each.
const KEY: Case = Case {
    name: "primary key",
    ways: &[
        Way {
            name: "dynamo-model",
            prepare: || {
                let key = task().key();
                Box::new(move || key.to_primary().map_or(0, |key| key.partition.len()))
            },
        },
        Way {
            name: "by hand",
            prepare: || {
                each(|task| format!("PROJECT#{}", task.project_id).len() + format!("TASK#{}", task.task_id).len())
            },
        },
    ],
};

pub(crate) const CASES: &[Case] = &[ENCODE, ENCODE_ITEM, DECODE, KEY];

fn each(call: impl Fn(&Task) -> usize + 'static) -> Box<dyn FnMut() -> usize> {
    let task = task();
    Box::new(move || call(&task))
}

fn decoding(decode: impl Fn(value::Item) -> Option<Task> + 'static) -> Box<dyn FnMut() -> usize> {
    let item = task().to_item().unwrap_or_default();
    Box::new(move || decode(item.clone()).map_or(0, |task| task.title.len()))
}
