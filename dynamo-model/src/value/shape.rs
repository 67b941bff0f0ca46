//! What a value is, in DynamoDB's words, without saying what it holds.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::Unexpected;

pub(super) const STRING: &str = "a string (S)";
pub(super) const NUMBER: &str = "a number (N)";
pub(super) const BINARY: &str = "binary (B)";
pub(super) const BOOLEAN: &str = "a boolean (BOOL)";
pub(super) const NULL: &str = "null (NULL)";
pub(super) const LIST: &str = "a list (L)";
pub(super) const MAP: &str = "a map (M)";
pub(super) const STRING_SET: &str = "a string set (SS)";
pub(super) const NUMBER_SET: &str = "a number set (NS)";
pub(super) const BINARY_SET: &str = "a binary set (BS)";
pub(super) const UNKNOWN: &str = "a type that this version of the SDK does not know";

/// The type of an attribute value.
pub(crate) fn shape(value: &AttributeValue) -> &'static str {
    match value {
        AttributeValue::S(_) => STRING,
        AttributeValue::N(_) => NUMBER,
        AttributeValue::B(_) => BINARY,
        AttributeValue::Bool(_) => BOOLEAN,
        AttributeValue::Null(true) => NULL,
        AttributeValue::Null(false) => "null (NULL) marked as false",
        AttributeValue::L(_) => LIST,
        AttributeValue::M(_) => MAP,
        AttributeValue::Ss(_) => STRING_SET,
        AttributeValue::Ns(_) => NUMBER_SET,
        AttributeValue::Bs(_) => BINARY_SET,
        _ => UNKNOWN,
    }
}

/// The type of a value that a visitor refused; serde holds the value itself, which is left behind here.
pub(super) fn shape_of_unexpected(value: &Unexpected<'_>) -> &'static str {
    match value {
        Unexpected::Bool(_) => BOOLEAN,
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => NUMBER,
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::UnitVariant => STRING,
        Unexpected::Bytes(_) => BINARY,
        Unexpected::Unit | Unexpected::Option => NULL,
        Unexpected::Seq => LIST,
        Unexpected::Map | Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => MAP,
        Unexpected::NewtypeStruct | Unexpected::Enum | Unexpected::Other(_) => "something else",
    }
}
