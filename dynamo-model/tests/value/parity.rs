//! Items that no Rust value was written as: where `serde_dynamo` reads one, the same is read here, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{Item, from_attribute_value, from_item, to_item};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::DeserializeOwned;
use serde_dynamo::aws_sdk_dynamodb_1 as reference;

use crate::strategies::{attribute_value, everything, flattened, item, text};
use crate::types::{
    Adjacent, Bytes, Everything, External, Flattened, Internal, Newtype, Scalars, Sets, Status, Strict, TupleStruct,
    Untagged,
};

fn same_reading<T: DeserializeOwned + Debug>(value: &AttributeValue) {
    let ours = from_attribute_value::<T>(value.clone());
    let theirs = reference::from_attribute_value::<T>(value.clone());
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(format!("{ours:?}"), format!("{theirs:?}")),
        (Err(_), Err(_)) => {}
        _ => panic!("{ours:?} is not {theirs:?}"),
    }
}

fn same_item_reading<T: DeserializeOwned + Debug>(item: Item) {
    let value = AttributeValue::M(item.clone());
    same_reading::<T>(&value);
    assert_eq!(from_item::<T>(item).is_ok(), from_attribute_value::<T>(value).is_ok());
}

/// Replaces, removes or adds attributes.
fn mutate(mut item: Item, at: Index, replacement: Option<AttributeValue>, extra: Item) -> Item {
    let mut names: Vec<String> = item.keys().cloned().collect();
    names.sort_unstable();
    let name = at.get(&names);
    match replacement {
        Some(value) => item.insert(name.clone(), value),
        None => item.remove(name),
    };
    item.extend(extra);
    item
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_value_as_any_type(value in attribute_value(text())) {
        same_reading::<serde_json::Value>(&value);
        same_reading::<String>(&value);
        same_reading::<char>(&value);
        same_reading::<bool>(&value);
        same_reading::<()>(&value);
        same_reading::<(i8, u16, f32)>(&value);
        same_reading::<u8>(&value);
        same_reading::<i64>(&value);
        same_reading::<u64>(&value);
        same_reading::<f32>(&value);
        same_reading::<f64>(&value);
        same_reading::<Bytes>(&value);
        same_reading::<Option<u64>>(&value);
        same_reading::<Newtype>(&value);
        same_reading::<TupleStruct>(&value);
        same_reading::<Vec<u8>>(&value);
        same_reading::<Vec<String>>(&value);
        same_reading::<Vec<Bytes>>(&value);
        same_reading::<BTreeSet<Status>>(&value);
        same_reading::<BTreeMap<String, serde_json::Value>>(&value);
        same_reading::<BTreeMap<i64, serde_json::Value>>(&value);
        same_reading::<BTreeMap<bool, Untagged>>(&value);
        same_reading::<BTreeMap<char, Untagged>>(&value);
        same_reading::<BTreeMap<Status, Untagged>>(&value);
        same_reading::<BTreeMap<Newtype, Untagged>>(&value);
        same_reading::<Status>(&value);
        same_reading::<External>(&value);
        same_reading::<Internal>(&value);
        same_reading::<Adjacent>(&value);
        same_reading::<Untagged>(&value);
        same_reading::<Strict>(&value);
        same_reading::<Sets>(&value);
        same_reading::<Scalars>(&value);
    }

    #[test]
    fn any_item_as_any_type(item in item(text())) {
        same_item_reading::<serde_json::Value>(item.clone());
        same_item_reading::<BTreeMap<String, Untagged>>(item.clone());
        same_item_reading::<External>(item.clone());
        same_item_reading::<Internal>(item.clone());
        same_item_reading::<Adjacent>(item.clone());
        same_item_reading::<Strict>(item);
    }

    #[test]
    fn damaged_structs(
        value in everything(),
        at in any::<Index>(),
        replacement in proptest::option::weighted(0.8, attribute_value(text())),
        extra in item(text()),
    ) {
        same_item_reading::<Everything>(mutate(to_item(&value).unwrap(), at, replacement, extra));
    }

    #[test]
    fn damaged_flattened_structs(
        value in flattened(),
        at in any::<Index>(),
        replacement in proptest::option::weighted(0.8, attribute_value(text())),
        mut extra in item(text()),
    ) {
        // Of two variants' names in one item serde takes the first, and items have no order.
        extra.retain(|name, _| !["Unit", "Newtype", "NewtypeOption", "Tuple", "Struct"].contains(&name.as_str()));
        same_item_reading::<Flattened>(mutate(to_item(&value).unwrap(), at, replacement, extra));
    }

    #[test]
    fn damaged_inner_structs(
        value in everything(),
        at in any::<Index>(),
        replacement in attribute_value(text()),
    ) {
        let scalars = to_item(&value.scalars).unwrap();
        same_item_reading::<Scalars>(mutate(scalars, at, Some(replacement.clone()), Item::new()));
        // An empty set is no attribute, so the damage may be one more.
        let name = *at.get(&["texts", "variants", "numbers", "floats", "binaries"]);
        let mut sets = to_item(&value.sets).unwrap();
        sets.insert(name.to_owned(), replacement);
        same_item_reading::<Sets>(sets);
    }
}

#[test]
fn structs_are_read_from_lists_too() {
    let fields = vec![AttributeValue::N("1".to_owned()), AttributeValue::S("text".to_owned())];
    same_reading::<Strict>(&AttributeValue::L(fields.clone()));
    assert_eq!(from_attribute_value::<Strict>(AttributeValue::L(fields)).unwrap().name, "text");
    same_reading::<Strict>(&AttributeValue::L(vec![]));
}
