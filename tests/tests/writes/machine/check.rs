//! What the table must hold, attribute for attribute.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::{Db, Table as _, value::Item};

use super::{
    forecast::holder,
    modelled::Modelled,
    op::Op,
    state::{Place, State, place_of},
};
use crate::world::{Counter, Session, Task, User, Work};

/// Every item of the table is a fresh encode of what the model holds, and nothing more is there but what held the values
/// of items that have expired.
pub(crate) async fn table(db: &Db<Work>, state: &State, op: &Op) {
    let found: BTreeMap<Place, Item> = scan(db)
        .await
        .into_iter()
        .filter(|item| !is_expired_holder(item, state))
        .map(|item| (place(&item), normal(item)))
        .collect();
    let expected = expected(state);
    for (place, item) in &expected {
        let found = found.get(place).unwrap_or_else(|| panic!("{place:?} is missing after {op:?}"));
        same(item, found, place, op);
    }
    for (place, item) in &found {
        assert!(expected.contains_key(place), "{item:?} is too much after {op:?}");
        if item["entityType"].as_s().is_ok_and(|name| name != "UNIQUE") {
            let value = Work::from_item(item.clone()).unwrap_or_else(|error| panic!("{error} after {op:?}"));
            assert_eq!(normal(value.to_item().expect("it was stored")), *item, "{op:?}");
        }
    }
}

pub(crate) async fn scan(db: &Db<Work>) -> Vec<Item> {
    let output = db.client().scan().table_name(db.table_name()).consistent_read(true).send().await;
    let output = output.expect("the table is read");
    assert!(output.last_evaluated_key().is_none(), "far from 1 MB");
    output.items.unwrap_or_default()
}

fn expected(state: &State) -> BTreeMap<Place, Item> {
    let mut expected = BTreeMap::new();
    add::<Task>(state, &mut expected);
    add::<User>(state, &mut expected);
    add::<Session>(state, &mut expected);
    add::<Counter>(state, &mut expected);
    expected
}

fn add<E: Modelled>(state: &State, expected: &mut BTreeMap<Place, Item>) {
    for value in E::rows(state).stored.values() {
        let item = value.to_item().expect("it was stored");
        if state.is_live(value) {
            for unique in value.uniques() {
                let (place, item) = (holder(&unique), holding(&unique.text, value, &item));
                assert!(expected.insert(place, item).is_none(), "the model lets {unique:?} be held twice");
            }
        }
        expected.insert(place_of(&value.key()), normal(item));
    }
}

/// The item that holds a unique value.
fn holding<E: Modelled>(text: &str, value: &E, item: &Item) -> Item {
    let literal = |text: &str| AttributeValue::S(text.to_owned());
    let owner = ["PK", "SK"].map(|name| (name.to_owned(), item[name].clone()));
    let mut holding = HashMap::from([
        ("PK".to_owned(), literal(text)),
        ("SK".to_owned(), literal("UNIQUE")),
        ("entityType".to_owned(), literal("UNIQUE")),
        ("heldBy".to_owned(), AttributeValue::M(HashMap::from(owner))),
    ]);
    if let Some(expiry) = value.expiry() {
        holding.insert("expiresAt".to_owned(), AttributeValue::N(expiry.to_string()));
    }
    holding
}

fn is_expired_holder(item: &Item, state: &State) -> bool {
    let is_holder = item["entityType"].as_s().is_ok_and(|name| name == "UNIQUE");
    let expiry = item.get("expiresAt").and_then(|expiry| expiry.as_n().ok()?.parse::<i64>().ok());
    is_holder && expiry.is_some_and(|expiry| expiry <= state.now().as_secs())
}

fn place(item: &Item) -> Place {
    let text = |name: &str| item[name].as_s().expect("a text").clone();
    (text("PK"), text("SK"))
}

fn same(expected: &Item, found: &Item, place: &Place, op: &Op) {
    let mut names: Vec<&String> = expected.keys().chain(found.keys()).collect();
    names.sort();
    for name in names {
        assert_eq!(found.get(name), expected.get(name), "`{name}` of {place:?} after {op:?}");
    }
}

/// DynamoDB's sets have no order.
fn normal(mut item: Item) -> Item {
    for value in item.values_mut() {
        match value {
            AttributeValue::Ss(set) | AttributeValue::Ns(set) => set.sort(),
            _ => {}
        }
    }
    item
}
