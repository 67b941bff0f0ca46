//! A value that cannot be written says where and why, without its data.

use std::collections::BTreeMap;

use dynamo_model::value::{EncodeError, to_attribute_value, to_item};
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_dynamo::aws_sdk_dynamodb_1 as reference;

use crate::types::External;

const SECRET: &str = "s3cr3t";

fn refused<T: Serialize>(value: &T) -> EncodeError {
    let error = to_attribute_value(value).unwrap_err();
    for message in [error.to_string(), format!("{error:?}"), error.path()] {
        assert!(!message.contains(SECRET), "{message}");
    }
    error
}

/// Refuses to be written, quoting its data.
struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: Serializer>(&self, _serializer: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(SECRET))
    }
}

#[derive(Serialize)]
enum Variants<T> {
    Newtype(T),
    Tuple(u8, T),
    Struct { field: T },
}

#[test]
fn the_path_leads_to_the_fault() {
    let map = |value| BTreeMap::from([("a b", value)]);
    assert_eq!(refused(&vec![map(Some(Refuses))]).path(), r#"[0]["a b"]"#);
    assert_eq!(refused(&Variants::Newtype(Refuses)).path(), "Newtype");
    assert_eq!(refused(&Variants::Tuple(1, Refuses)).path(), "Tuple[1]");
    let nested = BTreeMap::from([("inner", Variants::Struct { field: (1, Some(Refuses)) })]);
    let error = to_item(&nested).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`inner.Struct.field[1]`: refused by the type's own `Serialize`; `EncodeError::reveal` has the reason"
    );
    assert_eq!(error.reveal(), Some(SECRET));
    assert_eq!(to_item(&Variants::Newtype(Refuses)).unwrap_err().path(), "Newtype");
    assert_eq!(to_item(&Variants::Struct { field: Refuses }).unwrap_err().path(), "Struct.field");
}

#[test]
fn an_item_has_attributes() {
    fn message<T: Serialize>(value: T) -> String {
        assert!(reference::to_item::<_>(&value).is_err());
        to_item(&value).unwrap_err().to_string()
    }

    let text = "an item is written from a struct or a map, found a string (S)";
    assert_eq!(message(SECRET), text);
    assert_eq!(message(External::Unit), text);
    assert_eq!(message('c'), text);
    assert_eq!(message(1_u8), "an item is written from a struct or a map, found a number (N)");
    assert_eq!(message([1]), "an item is written from a struct or a map, found a list (L)");
    assert_eq!(message(None::<u8>), "an item is written from a struct or a map, found null (NULL)");
    assert_eq!(message(Some(true)), "an item is written from a struct or a map, found a boolean (BOOL)");
}

#[test]
fn a_key_is_text() {
    /// A map of one entry, whose key need not be ordered.
    struct Keyed<K>(K);

    impl<K: Serialize> Serialize for Keyed<K> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([(&self.0, 1)])
        }
    }

    fn found<K: Serialize>(key: K) -> String {
        let message = refused(&BTreeMap::from([("outer", Keyed(key))])).to_string();
        let expected = "`outer`: a map's key must be text, an integer, a boolean or a unit variant, found ";
        message.strip_prefix(expected).unwrap().to_owned()
    }

    assert_eq!(found(0.5), "a float");
    assert_eq!(found(Some(SECRET)), "an option");
    assert_eq!(found(()), "null (NULL)");
    assert_eq!(found([SECRET]), "a list (L)");
    assert_eq!(found(vec![SECRET]), "a list (L)");
    assert_eq!(found(BTreeMap::from([(SECRET, 1)])), "a map (M)");
    assert_eq!(found(External::Newtype(1)), "a map (M)");
    assert_eq!(found(External::Struct { radius: 1, name: None }), "a map (M)");
    assert_eq!(found(crate::types::Bytes(vec![1])), "binary (B)");
}

#[test]
fn keys_and_values_alternate() {
    struct ValueFirst;
    struct TwoKeys;

    impl Serialize for ValueFirst {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_value(&1)?;
            map.end()
        }
    }

    impl Serialize for TwoKeys {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_key(&1)?;
            map.serialize_key(&2)?;
            map.end()
        }
    }

    assert!(refused(&ValueFirst).to_string().contains("value before a key"));
    assert!(refused(&TwoKeys).to_string().contains("two keys"));
}

#[test]
fn a_stated_length_is_not_trusted() {
    struct Boasts;

    impl Serialize for Boasts {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(usize::MAX))?;
            map.serialize_entry("list", &[0_u8; 0])?;
            map.end()
        }
    }

    assert_eq!(to_item(&Boasts).unwrap().len(), 1);
    assert!(to_attribute_value(&Boasts).unwrap().is_m());
}

#[test]
fn errors_travel() {
    fn travels<E: std::error::Error + Send + Sync + 'static>(_: &E) {}
    travels(&refused(&Refuses));
}
