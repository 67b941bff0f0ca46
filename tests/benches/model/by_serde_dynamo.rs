//! What one would write with `serde_dynamo`.

use dynamo_model::value::Item;

use crate::{by_hand, task::Task};

pub(crate) fn encode(task: &Task) -> Item {
    serde_dynamo::to_item(task).unwrap_or_default()
}

pub(crate) fn encode_with_keys(task: &Task) -> Item {
    let mut item = encode(task);
    by_hand::add_keys(task, &mut item);
    item
}

pub(crate) fn decode(item: Item) -> Option<Task> {
    serde_dynamo::from_item(item).ok()
}
