//! What is stored, read without faults; every item and what follows from it is true.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, WriteRequest};
use dynamo_model::prelude::*;

use super::model::{Place, State};
use super::world::{Cell, Kind, Row, World, of_kind};

type Item = HashMap<String, AttributeValue>;

/// All that is stored, if it is as a fresh write of each value would leave it, and nobody holds a unique value in vain.
pub(crate) async fn read(clean: &Db<World>) -> Result<State, String> {
    let mut state = State::new();
    let (mut held, mut expected) = (Vec::new(), Vec::new());
    for item in scan(clean).await {
        let name = item.get("entityType").and_then(|name| name.as_s().ok()).cloned().unwrap_or_default();
        if name == "UNIQUE" {
            let owner = item.get("heldBy").ok_or("a unique value is held by nobody")?;
            held.push((text(&item, "PK"), owner.clone()));
            continue;
        }
        let kind = Kind::ALL.into_iter().find(|kind| format!("{kind:?}") == name);
        let kind = kind.ok_or_else(|| format!("an item of type `{name}`"))?;
        let (place, row) = of_kind!(kind, E => decode::<E>(&item)?);
        if let Some(email) = &row.email {
            let owner = ["PK", "SK"].map(|name| (name.to_owned(), item[name].clone()));
            expected.push((format!("UNIQUE#{kind:?}#email#{email}"), AttributeValue::M(owner.into())));
        }
        state.insert(place, row);
    }
    held.sort_by(|(one, _), (other, _)| one.cmp(other));
    expected.sort_by(|(one, _), (other, _)| one.cmp(other));
    if held == expected { Ok(state) } else { Err(format!("held: {held:?}, and should be: {expected:?}")) }
}

/// Deletes all that is stored.
pub(crate) async fn clear(clean: &Db<World>) {
    let items = scan(clean).await;
    for items in items.chunks(25) {
        let deletes = items.iter().map(|item| {
            let key: Item = ["PK", "SK"].map(|name| (name.to_owned(), item[name].clone())).into();
            let delete = DeleteRequest::builder().set_key(Some(key)).build().expect("a key");
            WriteRequest::builder().delete_request(delete).build()
        });
        let batch = clean.client().batch_write_item().request_items(clean.table_name(), deletes.collect());
        batch.send().await.expect("the items are deleted");
    }
}

async fn scan(clean: &Db<World>) -> Vec<Item> {
    let scan = clean.client().scan().table_name(clean.table_name()).consistent_read(true);
    let found = scan.send().await.expect("the table is read");
    assert_eq!(found.last_evaluated_key(), None, "one page");
    found.items.unwrap_or_default()
}

/// An item as a value, if a fresh write of the value would leave the same item.
fn decode<E: Cell>(item: &Item) -> Result<(Place, Row), String> {
    let entity = E::from_item(item.clone()).map_err(|error| format!("{error:?}: {item:?}"))?;
    let fresh = entity.to_item().map_err(|error| format!("{error:?}: {item:?}"))?;
    if sorted(&fresh) != sorted(item) {
        return Err(format!("stored: {item:?}, and should be: {fresh:?}"));
    }
    let id = text(item, "PK").rsplit('#').next().and_then(|id| id.parse().ok()).ok_or("a key without a number")?;
    Ok(((E::KIND, id), entity.row()))
}

/// Sets have no order.
fn sorted(item: &Item) -> Item {
    let sorted = |value: &AttributeValue| match value {
        AttributeValue::Ss(set) => {
            let mut set = set.clone();
            set.sort();
            AttributeValue::Ss(set)
        }
        other => other.clone(),
    };
    item.iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
}

fn text(item: &Item, name: &str) -> String {
    item.get(name).and_then(|text| text.as_s().ok()).cloned().unwrap_or_default()
}
