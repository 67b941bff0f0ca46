//! Rust values to attribute values and back: serde, straight onto the SDK's types.
//!
//! Any type that serde can write becomes an [`Item`] or an [`AttributeValue`], and is read back from one. What is
//! written equals what the crate `serde_dynamo` writes, and its set markers (`#[serde(with =
//! "serde_dynamo::string_set")]` and its siblings) work here too, so a table that was filled through `serde_dynamo` can
//! be read and written without a migration. Two things go further than `serde_dynamo`: `i128` and `u128` are numbers
//! (N) instead of errors, and newtypes and options may stand in sets.
//!
//! | Rust, to serde | DynamoDB |
//! |---|---|
//! | text, `char`, unit variant | string (S) |
//! | integers, floats | number (N) |
//! | `bool` | boolean (BOOL) |
//! | bytes (`serialize_bytes`) | binary (B) |
//! | `None`, `()`, unit struct | null (NULL) |
//! | sequence, tuple | list (L) |
//! | struct, map, other variants | map (M) |
//!
//! An error names the path to the value at fault, such as `tasks[3].due`, and never the data that stands there.

mod decode;
mod depth;
mod encode;
mod key;
mod path;
mod same;
mod shape;
mod size;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

pub use decode::{DecodeError, from_attribute_value, from_item};
pub(crate) use decode::{decode_skipping, deserializer};
pub use encode::{EncodeError, to_attribute_value, to_item};
pub(crate) use encode::{encode_into, is_empty_set, serializer};
pub(crate) use key::key_item;
pub(crate) use same::{compare_values, same_item, same_value};
pub(crate) use shape::shape;
#[cfg(feature = "embedded")]
pub(crate) use size::number_size;
pub(crate) use size::value_size;
pub use size::{ITEM_SIZE_LIMIT, item_size};

/// An item as the SDK holds it: attribute names to attribute values.
pub type Item = HashMap<String, AttributeValue>;
