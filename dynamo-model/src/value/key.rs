//! The item of a primary key.

use aws_sdk_dynamodb::types::AttributeValue;

use super::Item;
use crate::{key::PrimaryKey, schema::KeyAttributes};

/// The key as DynamoDB takes it.
pub(crate) fn key_item(key: PrimaryKey, attributes: KeyAttributes) -> Item {
    let sort = attributes.sort.zip(key.sort);
    let texts = std::iter::once((attributes.partition, key.partition)).chain(sort);
    texts.map(|(name, text)| (name.to_owned(), AttributeValue::S(text))).collect()
}
