//! No message holds data, whatever the data and whatever type it was read as.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Debug;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{DecodeError, Item, from_attribute_value, from_item};
use proptest::prelude::*;
use serde::de::{DeserializeOwned, Error as _, Unexpected};
use serde::{Deserialize, Deserializer};

use crate::strategies::{attribute_value, item};
use crate::types::{Adjacent, Bytes, Everything, External, Flattened, Internal, Scalars, Sets, Status, Untagged};

const SECRET: &str = "s3cr3t";

fn secret() -> impl Strategy<Value = String> + Clone {
    prop_oneof!["s3cr3t", "s3cr3t[ \n\"a-z]{1,5}"].boxed()
}

fn assert_redacted(error: &DecodeError) {
    for message in [error.to_string(), format!("{error:?}"), format!("{error:#?}"), error.path()] {
        assert!(!message.contains(SECRET), "{message}");
    }
    assert!(error.source().is_none());
}

fn redacted<T: DeserializeOwned + Debug>(value: &AttributeValue) {
    if let Err(error) = from_attribute_value::<T>(value.clone()) {
        assert_redacted(&error);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn of_any_value(value in attribute_value(secret())) {
        redacted::<char>(&value);
        redacted::<bool>(&value);
        redacted::<u8>(&value);
        redacted::<f64>(&value);
        redacted::<()>(&value);
        redacted::<Status>(&value);
        redacted::<Bytes>(&value);
        redacted::<External>(&value);
        redacted::<Internal>(&value);
        redacted::<Adjacent>(&value);
        redacted::<Untagged>(&value);
        redacted::<Scalars>(&value);
        redacted::<Vec<u8>>(&value);
        redacted::<BTreeSet<Status>>(&value);
        redacted::<BTreeMap<String, u64>>(&value);
        redacted::<BTreeMap<i64, Internal>>(&value);
        redacted::<BTreeMap<String, Option<Picky>>>(&value);
        redacted::<Vec<Picky>>(&value);
        redacted::<Picky>(&value);
    }

    #[test]
    fn of_any_item(item in item(secret())) {
        for error in [
            from_item::<Everything>(item.clone()).map(drop),
            from_item::<Flattened>(item.clone()).map(drop),
            from_item::<Sets>(item.clone()).map(drop),
            from_item::<Internal>(item).map(drop),
        ].into_iter().filter_map(Result::err) {
            assert_redacted(&error);
        }
    }
}

/// Refuses every text, and quotes it in each way that serde's errors allow.
#[derive(Debug)]
struct Picky;

impl<'de> Deserialize<'de> for Picky {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Err(match text.len() % 4 {
            0 => D::Error::custom(format!("cannot use {text:?}")),
            1 => D::Error::invalid_value(Unexpected::Str(&text), &text.as_str()),
            2 => D::Error::unknown_variant(&text, &["a", "b"]),
            _ => D::Error::invalid_type(Unexpected::Other(&text), &"a better text"),
        })
    }
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn revealed<T: DeserializeOwned + Debug>(value: AttributeValue) -> Option<String> {
    let error = from_attribute_value::<T>(value).unwrap_err();
    assert_redacted(&error);
    error.reveal().map(str::to_owned)
}

#[test]
fn the_reason_is_there_for_those_who_ask() {
    assert_eq!(revealed::<Picky>(text("s3cr3t__")).as_deref(), Some("cannot use \"s3cr3t__\""));
    let invalid = revealed::<Picky>(text("s3cr3t___"));
    assert_eq!(invalid.as_deref(), Some("invalid value: string \"s3cr3t___\", expected s3cr3t___"));
    assert_eq!(revealed::<Picky>(text("s3cr3t")).as_deref(), Some("s3cr3t"));
    assert_eq!(revealed::<Status>(text(SECRET)).as_deref(), Some(SECRET));
    assert_eq!(revealed::<u8>(AttributeValue::N("31337".to_owned())).as_deref(), Some("31337"));
    assert_eq!(revealed::<u8>(text(SECRET)), None);
}

#[test]
fn numbers_and_bytes_do_not_leak() {
    let number = from_attribute_value::<u8>(AttributeValue::N("31337".to_owned())).unwrap_err();
    assert!(!format!("{number} {number:?}").contains("31337"));
    let buffered = Item::from([
        ("type".to_owned(), text("struct")),
        ("radius".to_owned(), AttributeValue::N("-31337".to_owned())),
        ("bytes".to_owned(), AttributeValue::B(Blob::new("bytes"))),
    ]);
    let number = from_item::<Internal>(buffered).unwrap_err();
    assert_eq!(
        number.to_string(),
        "found a number (N) that its type does not accept; `DecodeError::reveal` has the reason"
    );
    assert!(number.reveal().unwrap().contains("31337"));
}
