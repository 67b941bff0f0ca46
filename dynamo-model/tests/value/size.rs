//! The size of items, by the rules that DynamoDB documents.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{Item, item_size};
use proptest::prelude::*;

use crate::strategies::{item, text};

/// The size of a value: an item's with an attribute that has no name.
fn size(value: AttributeValue) -> usize {
    item_size(&Item::from([(String::new(), value)]))
}

fn number(text: &str) -> AttributeValue {
    AttributeValue::N(text.to_owned())
}

#[test]
fn names_and_texts_count_their_bytes() {
    let item = Item::from([
        ("PK".to_owned(), AttributeValue::S("USER#1".to_owned())),
        ("größe".to_owned(), AttributeValue::S("日本".to_owned())),
    ]);
    assert_eq!(item_size(&item), 2 + 6 + 7 + 6);
    assert_eq!(item_size(&Item::new()), 0);
}

#[test]
fn numbers_count_pairs_of_digits_on_both_sides_of_the_point() {
    for (text, bytes) in [
        ("0", 1),
        ("-0", 1),
        ("0.000", 1),
        ("7", 2),
        ("42", 2),
        ("100", 2),
        ("101", 3),
        ("-42", 3),
        ("0042.4200", 3),
        ("0.0042", 2),
        ("1e10", 2),
        ("-1.5E-20", 3),
        ("1.5", 3),
        ("12.34", 3),
        ("123.456", 5),
        ("1.5e1", 2),
        ("+1500e-2", 2),
        ("00.0125e3", 3),
        ("9e125", 2),
        ("9e-130", 2),
        ("12345678901234567890123456789012345678", 20),
    ] {
        assert_eq!(size(number(text)), bytes, "{text}");
    }
}

#[test]
fn other_scalars_and_sets() {
    assert_eq!(size(AttributeValue::Bool(true)), 1);
    assert_eq!(size(AttributeValue::Null(true)), 1);
    assert_eq!(size(AttributeValue::B(Blob::new([1, 2, 3]))), 3);
    assert_eq!(size(AttributeValue::Ss(vec!["ab".to_owned(), "é".to_owned()])), 4);
    assert_eq!(size(AttributeValue::Ns(vec!["1".to_owned(), "-1".to_owned()])), 2 + 3);
    assert_eq!(size(AttributeValue::Bs(vec![Blob::new([1]), Blob::new([])])), 1);
}

#[test]
fn lists_and_maps_have_overhead() {
    let map = AttributeValue::M(Item::from([("name".to_owned(), AttributeValue::Bool(true))]));
    assert_eq!(size(map.clone()), 3 + 1 + 4 + 1);
    assert_eq!(size(AttributeValue::L(vec![number("1"), map])), 3 + 2 + 2 + 9);
    assert_eq!(size(AttributeValue::L(vec![])), 3);
    assert_eq!(size(AttributeValue::M(Item::new())), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn sizes_add_up(left in item(text()), right in item(text())) {
        let (left, right): (BTreeMap<_, _>, BTreeMap<_, _>) = (left.into_iter().collect(), right.into_iter().collect());
        let list = AttributeValue::L(vec![
            AttributeValue::M(left.clone().into_iter().collect()),
            AttributeValue::M(right.clone().into_iter().collect()),
        ]);
        let attributes = |item: BTreeMap<String, AttributeValue>| {
            item.into_iter().map(|(name, value)| 1 + name.len() + size(value)).sum::<usize>()
        };
        prop_assert_eq!(size(list), 3 + 2 + (3 + attributes(left)) + (3 + attributes(right)));
    }
}
