//! Expressions: placeholders for names and values, and the conditions that the library adds itself.
//!
//! Names and values are placeholders always, so no attribute name meets a reserved word and no value is quoted.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{op::Context, schema::TableSchema, timestamp::Timestamp};

/// Attribute names of one request's expressions.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    /// Gives `attribute` a placeholder; the same placeholder always stands for the same attribute.
    pub(crate) fn add(&mut self, placeholder: &'static str, attribute: &str) -> &'static str {
        self.0.entry(placeholder.to_owned()).or_insert_with(|| attribute.to_owned());
        placeholder
    }

    pub(crate) fn into_sdk(self) -> Option<HashMap<String, String>> {
        Some(self.0).filter(|names| !names.is_empty())
    }
}

/// Values of one request's expressions.
#[derive(Debug, Default)]
pub(crate) struct Values(HashMap<String, AttributeValue>);

impl Values {
    pub(crate) fn text(&mut self, placeholder: &'static str, text: impl Into<String>) -> &'static str {
        self.0.insert(placeholder.to_owned(), AttributeValue::S(text.into()));
        placeholder
    }

    pub(crate) fn number(&mut self, placeholder: &'static str, number: &impl ToString) -> &'static str {
        self.0.insert(placeholder.to_owned(), AttributeValue::N(number.to_string()));
        placeholder
    }

    pub(crate) fn into_sdk(self) -> Option<HashMap<String, AttributeValue>> {
        Some(self.0).filter(|values| !values.is_empty())
    }
}

/// The condition that no item is there, or only one that has expired.
pub(crate) fn unless_live(table: &TableSchema, context: &Context, names: &mut Names, values: &mut Values) -> String {
    let missing = format!("attribute_not_exists({})", names.add("#pk", table.key.partition));
    match table.ttl {
        Some(ttl) => {
            let expired = format!("{} <= {}", names.add("#ttl", ttl), values.number(":now", &context.now.as_secs()));
            format!("{missing} OR {expired}")
        }
        None => missing,
    }
}

/// The filter that an item has not expired: as DynamoDB does, it takes a TTL that is no number, such as serde's `NULL`
/// for `None`, for none.
pub(crate) fn live(ttl: &str, now: Timestamp, names: &mut Names, values: &mut Values) -> String {
    let (name, number) = (names.add("#ttl", ttl), values.text(":number", "N"));
    format!("(NOT attribute_type({name}, {number}) OR {name} > {})", values.number(":now", &now.as_secs()))
}
