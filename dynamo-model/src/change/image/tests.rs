//! Every value comes over as it is, from both crates.

use aws_sdk_dynamodb::primitives::Blob;
use proptest::{
    collection::{hash_map, vec},
    prelude::*,
};

use super::*;

/// A value that the crate it came from did not know, and containers of such.
enum Odd {
    Unknown,
    List(Vec<Self>),
    Map(HashMap<String, Self>),
}

impl Foreign for Odd {
    fn open(self) -> Level<Self> {
        match self {
            Self::Unknown => Level::Unknown,
            Self::List(list) => Level::List(list),
            Self::Map(map) => Level::Map(map),
        }
    }
}

fn value() -> impl Strategy<Value = AttributeValue> {
    let bytes = || vec(any::<u8>(), 0..6);
    let number = || prop_oneof![any::<i64>().prop_map(|number| number.to_string()), "-?[0-9]{1,30}\\.[0-9]{1,8}"];
    let leaf = prop_oneof![
        any::<String>().prop_map(AttributeValue::S),
        number().prop_map(AttributeValue::N),
        bytes().prop_map(|bytes| AttributeValue::B(Blob::new(bytes))),
        any::<bool>().prop_map(AttributeValue::Bool),
        any::<bool>().prop_map(AttributeValue::Null),
        vec(any::<String>(), 0..4).prop_map(AttributeValue::Ss),
        vec(number(), 0..4).prop_map(AttributeValue::Ns),
        vec(bytes().prop_map(Blob::new), 0..4).prop_map(AttributeValue::Bs),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(AttributeValue::L),
            hash_map(any::<String>(), inner, 0..4).prop_map(AttributeValue::M),
        ]
    })
}

/// The SDK's value as the client of DynamoDB Streams gives it.
fn of_streams(value: AttributeValue) -> StreamValue {
    match value {
        AttributeValue::S(text) => StreamValue::S(text),
        AttributeValue::N(number) => StreamValue::N(number),
        AttributeValue::B(bytes) => StreamValue::B(bytes),
        AttributeValue::Bool(flag) => StreamValue::Bool(flag),
        AttributeValue::Null(null) => StreamValue::Null(null),
        AttributeValue::Ss(texts) => StreamValue::Ss(texts),
        AttributeValue::Ns(numbers) => StreamValue::Ns(numbers),
        AttributeValue::Bs(bytes) => StreamValue::Bs(bytes),
        AttributeValue::L(list) => StreamValue::L(list.into_iter().map(of_streams).collect()),
        AttributeValue::M(map) => {
            StreamValue::M(map.into_iter().map(|(name, value)| (name, of_streams(value))).collect())
        }
        other => panic!("{other:?} is none of the ten types"),
    }
}

/// DynamoDB's JSON of a value, which is what Lambda's event holds.
#[cfg(feature = "lambda")]
fn json(value: &AttributeValue) -> serde_json::Value {
    use serde_json::json;

    let base64 = |bytes: &Blob| base64_simd::STANDARD.encode_to_string(bytes);
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::B(bytes) => json!({ "B": base64(bytes) }),
        AttributeValue::Bool(flag) => json!({ "BOOL": flag }),
        AttributeValue::Null(flag) => json!({ "NULL": flag }),
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(numbers) => json!({ "NS": numbers }),
        AttributeValue::Bs(bytes) => json!({ "BS": bytes.iter().map(base64).collect::<Vec<_>>() }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(json).collect::<Vec<_>>() }),
        AttributeValue::M(map) => {
            let members = map.iter().map(|(name, value)| (name.clone(), json(value)));
            json!({ "M": members.collect::<serde_json::Map<_, _>>() })
        }
        other => panic!("{other:?} is none of the ten types"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_value_of_any_type_comes_over_as_it_is(item in hash_map(any::<String>(), value(), 1..6)) {
        let foreign = item.iter().map(|(name, value)| (name.clone(), of_streams(value.clone()))).collect();
        let image = Image::new::<StreamValue>(foreign);
        prop_assert!(image.fault.is_none());
        prop_assert_eq!(&image.item, &item);

        #[cfg(feature = "lambda")]
        {
            let event: serde_json::Map<_, _> = item.iter().map(|(name, value)| (name.clone(), json(value))).collect();
            let foreign: serde_dynamo::Item = serde_json::from_value(event.into()).unwrap();
            let image = Image::new(foreign.into_inner());
            prop_assert!(image.fault.is_none());
            prop_assert_eq!(&image.item, &item);
        }
    }
}

#[test]
fn a_value_of_no_known_type_is_named_by_its_path() {
    let inner = HashMap::from([("due".to_owned(), Odd::Unknown)]);
    let image = Image::new(HashMap::from([
        ("tasks".to_owned(), Odd::List(vec![Odd::List(Vec::new()), Odd::Map(inner)])),
        ("rest".to_owned(), Odd::List(Vec::new())),
    ]));
    let fault = image.fault.unwrap();
    assert_eq!(fault.path(), "tasks[1].due");
    assert!(fault.to_string().ends_with("found a type that this version of the SDK does not know"), "{fault}");
    assert_eq!(image.item, Item::from([("rest".to_owned(), AttributeValue::L(Vec::new()))]));
}

#[test]
fn what_nests_too_deep_is_an_error() {
    let nested = |levels| {
        let mut value = Odd::List(Vec::new());
        for _ in 1..levels {
            value = Odd::List(vec![value]);
        }
        Image::new(HashMap::from([("deep".to_owned(), value)])).fault
    };
    // The item is one level itself.
    assert!(nested(LEVELS - 1).is_none());
    let fault = nested(LEVELS).unwrap();
    assert!(fault.path().starts_with("deep[0]"), "{fault}");
    assert!(fault.to_string().contains("nested more than 128 levels"), "{fault}");
}
