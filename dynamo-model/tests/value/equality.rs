//! What is written and read equals what `serde_dynamo` writes and reads.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Debug;

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{Item, from_attribute_value, from_item, to_attribute_value, to_item};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::aws_sdk_dynamodb_1 as reference;

use crate::strategies::{adjacent, everything, external, flattened, internal, untagged};
use crate::types::{External, Status};

/// What is not written as `serde_dynamo` does: a field that is an empty set, which DynamoDB would refuse.
fn without_empty_sets(value: AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::M(map) => AttributeValue::M(item_without_empty_sets(map)),
        AttributeValue::L(list) => AttributeValue::L(list.into_iter().map(without_empty_sets).collect()),
        other => other,
    }
}

fn item_without_empty_sets(item: Item) -> Item {
    let is_empty = |value: &AttributeValue| match value {
        AttributeValue::Ss(set) | AttributeValue::Ns(set) => set.is_empty(),
        AttributeValue::Bs(set) => set.is_empty(),
        _ => false,
    };
    let fields = item.into_iter().filter(|(_, value)| !is_empty(value));
    fields.map(|(name, value)| (name, without_empty_sets(value))).collect()
}

fn same_value<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let encoded = to_attribute_value(value).unwrap();
    assert_eq!(encoded, without_empty_sets(reference::to_attribute_value(value).unwrap()));
    assert_eq!(from_attribute_value::<T>(encoded.clone()).unwrap(), *value);
    assert_eq!(reference::from_attribute_value::<T>(encoded).unwrap(), *value);
}

fn same_item<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let item = to_item(value).unwrap();
    assert_eq!(item, item_without_empty_sets(reference::to_item(value).unwrap()));
    assert_eq!(from_item::<T>(item.clone()).unwrap(), *value);
    assert_eq!(reference::from_item::<T>(item).unwrap(), *value);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn structs(value in everything()) {
        same_item(&value);
        same_value(&value);
    }

    #[test]
    fn flattened_structs(value in flattened()) {
        same_item(&value);
    }

    #[test]
    fn externally_tagged_enums(value in external()) {
        same_value(&value);
        if value != External::Unit {
            same_item(&value);
        }
    }

    #[test]
    fn internally_tagged_enums(value in internal()) {
        same_value(&value);
        same_item(&value);
    }

    #[test]
    fn adjacently_tagged_enums(value in adjacent()) {
        same_value(&value);
        same_item(&value);
    }

    #[test]
    fn untagged_enums(value in untagged()) {
        same_value(&value);
    }

    #[test]
    fn maps_with_hashed_order(keys in vec(any::<(String, u16)>(), 0..9), values in any::<HashSet<i8>>()) {
        let mut map: HashMap<String, HashMap<u16, HashSet<i8>>> = HashMap::new();
        for (outer, inner) in keys {
            map.entry(outer).or_default().insert(inner, values.clone());
        }
        same_item(&map);
    }

    #[test]
    fn json(texts in vec(any::<Option<String>>(), 0..4), number in any::<i64>(), flag in any::<bool>()) {
        same_item(&serde_json::json!({ "texts": texts, "nested": { "number": number, "flag": flag, "none": null } }));
    }

    #[test]
    fn floats_bit_by_bit(bits in any::<u64>(), narrow in any::<u32>()) {
        let (wide, narrow) = (f64::from_bits(bits), f32::from_bits(narrow));
        prop_assert_eq!(to_attribute_value(&wide).unwrap(), reference::to_attribute_value::<_>(wide).unwrap());
        prop_assert_eq!(to_attribute_value(&narrow).unwrap(), reference::to_attribute_value::<_>(narrow).unwrap());
        let read: f64 = from_attribute_value(to_attribute_value(&wide).unwrap()).unwrap();
        prop_assert!(read.to_bits() == bits || (read.is_nan() && wide.is_nan()));
    }
}

/// `serde_dynamo` writes these as numbers, and leaves it to DynamoDB to refuse them.
#[test]
fn floats_that_are_no_numbers() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MAX, f64::MIN_POSITIVE] {
        let encoded = to_attribute_value(&float).unwrap();
        assert_eq!(encoded, reference::to_attribute_value::<_>(float).unwrap());
        let ours: f64 = from_attribute_value(encoded.clone()).unwrap();
        let theirs: f64 = reference::from_attribute_value(encoded).unwrap();
        assert_eq!(ours.to_bits(), theirs.to_bits());
    }
}

#[test]
fn borrowed_and_unsized_values() {
    assert_eq!(to_attribute_value("text").unwrap(), AttributeValue::S("text".to_owned()));
    assert_eq!(to_attribute_value(&[1_u8][..]).unwrap(), AttributeValue::L(vec![AttributeValue::N("1".to_owned())]));
    let borrowed = BTreeMap::from([("status", Status::InProgress)]);
    assert_eq!(to_item(&borrowed).unwrap(), reference::to_item::<_>(&borrowed).unwrap());
}

/// `serde_dynamo` refuses 128-bit integers; a table's own numbers have up to 38 digits.
#[test]
fn wide_integers_up_to_dynamodbs_precision() {
    let largest = 10_u128.pow(38) - 1;
    for value in [0, 1, u128::from(u64::MAX) + 1, largest, 3 * 10_u128.pow(38)] {
        let encoded = to_attribute_value(&value).unwrap();
        assert_eq!(encoded, AttributeValue::N(value.to_string()));
        assert_eq!(from_attribute_value::<u128>(encoded).unwrap(), value);
    }
    let smallest = -i128::try_from(largest).unwrap();
    assert_eq!(from_attribute_value::<i128>(to_attribute_value(&smallest).unwrap()).unwrap(), smallest);
    for refused in [to_attribute_value(&u128::MAX), to_attribute_value(&i128::MIN)] {
        assert!(refused.unwrap_err().to_string().contains("38 significant digits"));
    }
}

#[test]
fn an_empty_item() {
    same_item(&BTreeMap::<String, u8>::new());
    assert_eq!(to_item(&serde_json::json!({})).unwrap(), Item::new());
}
