//! No key is empty, so no key condition may ask for an empty one, or for its prefix.

use dynoxide::actions::query::QueryRequest;
use dynoxide::{AttributeValue, DynoxideError};

pub(in crate::engine) fn query(request: &QueryRequest) -> Result<(), DynoxideError> {
    let (Some(condition), Some(values)) = (&request.key_condition_expression, &request.expression_attribute_values)
    else {
        return Ok(());
    };
    let is_empty = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.is_empty(),
        AttributeValue::B(bytes) => bytes.is_empty(),
        _ => false,
    };
    // Every value that a key condition names stands for a key attribute's, or a prefix of it.
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let empty = condition
        .split(|c| !of_name(c))
        .filter(|word| word.starts_with(':'))
        .any(|name| values.get(name).is_some_and(is_empty));
    if empty {
        return Err(DynoxideError::ValidationException(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string or \
             binary value"
                .to_owned(),
        ));
    }
    Ok(())
}
