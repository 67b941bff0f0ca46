//! Nesting is bounded, so that no value exhausts the stack.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::value::{DecodeError, Item, from_attribute_value, from_item, item_size, to_attribute_value, to_item};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize, Serializer};

/// Levels that convert, the item's own included.
const LIMIT: usize = 128;

fn nested_lists(levels: usize) -> AttributeValue {
    (0..levels).fold(AttributeValue::Null(true), |inner, _| AttributeValue::L(vec![inner]))
}

fn nested_maps(levels: usize) -> AttributeValue {
    (0..levels)
        .fold(AttributeValue::Null(true), |inner, _| AttributeValue::M(Item::from([("inner".to_owned(), inner)])))
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Tree {
    Branch(Vec<Tree>),
    Named { inner: Box<Tree> },
    Leaf(()),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Tagged {
    Named {
        inner: Option<Box<Tagged>>,
        #[serde(flatten)]
        rest: BTreeMap<String, String>,
    },
}

fn is_too_deep<T: std::fmt::Debug>(read: Result<T, DecodeError>) {
    assert_eq!(read.unwrap_err().to_string(), "nested more than 128 levels deep; DynamoDB stores 32");
}

#[test]
fn values_up_to_the_limit_are_read() {
    from_attribute_value::<serde_json::Value>(nested_lists(LIMIT)).unwrap();
    from_attribute_value::<Tree>(nested_lists(LIMIT)).unwrap();
    from_attribute_value::<Tree>(nested_maps(LIMIT)).unwrap();
    is_too_deep(from_attribute_value::<serde_json::Value>(nested_lists(LIMIT + 1)));
    is_too_deep(from_attribute_value::<serde_json::Value>(nested_maps(LIMIT + 1)));
}

#[test]
fn an_item_is_the_first_level() {
    let item = |levels| Item::from([("inner".to_owned(), nested_maps(levels - 1))]);
    from_item::<Tree>(item(LIMIT)).unwrap();
    is_too_deep(from_item::<Tree>(item(LIMIT + 1)));
}

#[test]
fn internally_tagged_and_flattened_levels_are_read() {
    let innermost = Tagged::Named { inner: None, rest: BTreeMap::new() };
    // A level is an option and a map here, and writing counts both.
    let tagged = (1..LIMIT / 2).fold(innermost, |inner, _| Tagged::Named {
        inner: Some(Box::new(inner)),
        rest: BTreeMap::from([("a".to_owned(), "b".to_owned())]),
    });
    from_item::<Tagged>(to_item(&tagged).unwrap()).unwrap();
}

#[test]
fn a_hostile_depth_overflows_nothing() {
    const HOSTILE: usize = 1_000_000;
    is_too_deep(from_attribute_value::<IgnoredAny>(nested_lists(HOSTILE)));
    is_too_deep(from_attribute_value::<Tree>(nested_maps(HOSTILE)));
    is_too_deep(from_item::<BTreeMap<String, u8>>(Item::from([
        ("bad".to_owned(), AttributeValue::Null(true)),
        ("deep".to_owned(), nested_maps(HOSTILE)),
    ])));
}

#[test]
fn the_size_of_a_hostile_depth_is_counted() {
    const HOSTILE: usize = 1_000_000;
    let item = Item::from([("deep".to_owned(), nested_lists(HOSTILE))]);
    assert_eq!(item_size(&item), 4 + HOSTILE * 4 + 1);
    is_too_deep(from_item::<IgnoredAny>(item));
}

#[test]
fn types_without_end_are_refused() {
    struct Endless<F>(F);

    impl Serialize for Endless<()> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_some(self)
        }
    }

    impl Serialize for Endless<u8> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_newtype_struct("Endless", self)
        }
    }

    impl Serialize for Endless<u16> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("inner", self)])
        }
    }

    impl Serialize for Endless<u32> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_newtype_variant("Endless", 0, "Inner", self)
        }
    }

    fn is_refused<T: Serialize>(value: &T) {
        for message in [to_attribute_value(value).unwrap_err().to_string(), to_item(value).unwrap_err().to_string()] {
            assert!(message.ends_with("nested more than 128 levels deep; DynamoDB stores 32"), "{message}");
        }
    }

    is_refused(&Endless(()));
    is_refused(&Endless(0_u8));
    is_refused(&Endless(0_u16));
    is_refused(&Endless(0_u32));
}
