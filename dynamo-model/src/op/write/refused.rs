//! Why a write's condition did not hold.

use std::error::Error as StdError;

use super::{Facts, Rule};
use crate::{
    error::{Error, Refusal, Refused},
    op::item::{check_type, is_expired},
    schema::FieldRole,
    timestamp::Timestamp,
    value::Item,
};

/// Sorts a write that was refused, by the item that stood in the way.
pub(crate) fn refused(
    facts: Facts,
    item: Option<Item>,
    now: Timestamp,
    source: Option<Box<dyn StdError + Send + Sync>>,
) -> Error {
    let refusal = |refused: Refused, item| {
        refused.error(Refusal::new(facts.entity, facts.operation, refused.advice(), item, source))
    };
    if let Rule::Held(fields) = facts.rule {
        return refusal(Refused::NotUnique(fields), None);
    }
    let live = item.filter(|item| !is_expired(facts.schema, item, now));
    match (facts.rule, &live) {
        // Where there is none, it was the caller's condition that did not hold.
        (Rule::NeverStored, Some(_)) => return refusal(Refused::Version, live),
        (Rule::Absent, _) => return refusal(Refused::Exists, live),
        (Rule::Present, None) => return refusal(Refused::Missing, None),
        (Rule::Present, Some(item)) => match check_type(facts.schema, facts.entity, item, facts.operation) {
            Ok(None) => {}
            Ok(Some(other)) => return Error::Decode(other),
            Err(error) => return error,
        },
        _ => {}
    }
    if let Some(expected) = facts.version {
        let attribute = facts.entity.attribute_of(FieldRole::Version);
        let stored = attribute.zip(live.as_ref()).and_then(|(attribute, item)| item.get(attribute));
        let stored = stored.and_then(|value| value.as_n().ok()?.parse::<u64>().ok());
        if stored.unwrap_or_default() != expected {
            return refusal(Refused::Version, live);
        }
    }
    refusal(Refused::Condition, live)
}
