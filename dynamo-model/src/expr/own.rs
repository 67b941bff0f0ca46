//! The conditions that the library adds itself.

use super::{Names, Values};
use crate::{op::Context, schema::TableSchema, timestamp::Timestamp};

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
