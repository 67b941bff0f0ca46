//! `serde_dynamo`'s set helpers, used with this serializer.

use std::collections::{BTreeSet, HashSet};

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{from_attribute_value, from_item, to_attribute_value, to_item};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_dynamo::aws_sdk_dynamodb_1 as reference;
use serde_dynamo::binary_set::BinarySet;
use serde_dynamo::number_set::NumberSet;
use serde_dynamo::string_set::StringSet;

use crate::strategies::bytes;
use crate::types::{Bytes, Newtype, Status};

fn same<T: Serialize>(value: &T) -> AttributeValue {
    let encoded = to_attribute_value(value).unwrap();
    assert_eq!(encoded, reference::to_attribute_value::<_>(value).unwrap());
    encoded
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn wrapped_sets(
        texts in any::<HashSet<String>>(),
        numbers in any::<BTreeSet<i64>>(),
        binaries in proptest::collection::btree_set(bytes(), 0..5),
    ) {
        let encoded = same(&StringSet(&texts));
        prop_assert!(encoded.is_ss());
        prop_assert_eq!(from_attribute_value::<HashSet<String>>(encoded).unwrap(), texts);

        let encoded = same(&NumberSet(&numbers));
        prop_assert!(encoded.is_ns());
        prop_assert_eq!(from_attribute_value::<BTreeSet<i64>>(encoded).unwrap(), numbers);

        let encoded = same(&BinarySet(&binaries));
        prop_assert!(encoded.is_bs());
        prop_assert_eq!(from_attribute_value::<BTreeSet<Bytes>>(encoded).unwrap(), binaries);
    }
}

#[test]
fn what_serializes_as_text_or_number_may_be_an_element() {
    assert!(same(&StringSet((Status::Open, 'c', Some("text"), Newtype("x".to_owned())))).is_ss());
    assert!(same(&NumberSet((1_u8, -2_i64, 0.5_f32, Some(3)))).is_ns());
    assert!(same(&StringSet(Some(["inside an option"]))).is_ss());
}

/// `serde_dynamo` writes these, and cannot read them back.
#[test]
fn newtypes_and_options_in_sets_are_read_back() {
    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    struct Item {
        #[serde(with = "serde_dynamo::string_set")]
        texts: BTreeSet<Newtype>,
        #[serde(with = "serde_dynamo::number_set")]
        numbers: Vec<Option<Id>>,
        #[serde(with = "serde_dynamo::binary_set")]
        binaries: Vec<Option<Bytes>>,
    }

    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    struct Id(u128);

    let value = Item {
        texts: BTreeSet::from([Newtype("a".to_owned()), Newtype("b".to_owned())]),
        numbers: vec![Some(Id(1)), Some(Id(1 << 70))],
        binaries: vec![Some(Bytes(vec![1])), Some(Bytes(vec![]))],
    };
    let item = to_item(&value).unwrap();
    assert!(item["texts"].is_ss() && item["numbers"].is_ns() && item["binaries"].is_bs());
    assert_eq!(from_item::<Item>(item).unwrap(), value);
}

#[test]
fn what_fits_no_set_is_refused() {
    fn refused(value: &impl Serialize) -> String {
        assert!(reference::to_attribute_value::<_>(value).is_err());
        to_attribute_value(value).unwrap_err().to_string()
    }

    let message = refused(&StringSet(("text", "text", 5)));
    assert_eq!(message, "`[2]`: a string set (SS) cannot hold a number (N)");
    assert_eq!(refused(&NumberSet([true])), "`[0]`: a number set (NS) cannot hold a boolean (BOOL)");
    assert_eq!(refused(&BinarySet([[1_u8]])), "`[0]`: a binary set (BS) cannot hold a list (L)");
    assert_eq!(refused(&StringSet("text")), "a string set (SS) is written from a sequence, found a string (S)");
    let message = refused(&NumberSet(StringSet(["text"])));
    assert_eq!(message, "a number set (NS) is written from a sequence, found a string set (SS)");
    assert!(to_item(&StringSet(std::collections::BTreeMap::from([("a", 1)]))).is_err());
}

#[test]
fn elements_of_the_wrong_type_have_their_place_in_the_path() {
    let texts = AttributeValue::Ss(vec!["OPEN".to_owned(), "LOST".to_owned()]);
    let error = from_attribute_value::<Vec<Status>>(texts.clone()).unwrap_err();
    assert_eq!(error.to_string(), "`[1]`: expected `OPEN`, `IN_PROGRESS` or `DONE`, found another name");
    let error = from_attribute_value::<Vec<u8>>(texts).unwrap_err();
    assert_eq!(error.to_string(), "`[0]`: expected u8, found a string (S)");
    let numbers = AttributeValue::Ns(vec!["1".to_owned(), "256".to_owned()]);
    let error = from_attribute_value::<Vec<u8>>(numbers).unwrap_err();
    assert_eq!(error.to_string(), "`[1]`: expected a number (N) that fits `u8`, found another");
}

#[test]
fn an_empty_set_is_no_attribute() {
    #[derive(Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
    struct Tags {
        #[serde(default, with = "serde_dynamo::string_set")]
        texts: BTreeSet<String>,
        #[serde(default, with = "serde_dynamo::number_set")]
        numbers: Vec<u8>,
        #[serde(default, with = "serde_dynamo::binary_set")]
        binaries: Vec<Bytes>,
    }

    // With a flattened field serde writes the struct as a map.
    #[derive(Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
    struct Tagged {
        tags: Tags,
        #[serde(flatten)]
        flattened: Tags,
    }

    let item = to_item(&Tagged::default()).unwrap();
    assert_eq!(item.keys().collect::<Vec<_>>(), ["tags"]);
    assert!(item["tags"].as_m().unwrap().is_empty());
    assert_eq!(from_item::<Tagged>(item).unwrap(), Tagged::default());
    // Where there is no field to leave out it stays, for the engine to refuse.
    let empty: [&str; 0] = [];
    assert_eq!(same(&StringSet(empty)), AttributeValue::Ss(Vec::new()));
}
