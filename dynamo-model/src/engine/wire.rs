//! DynamoDB's JSON on the wire: requests read, responses and errors written.

use dynoxide::DynoxideError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An HTTP response before it is one.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

/// Reads a request's body.
pub(super) fn read<T: DeserializeOwned>(body: &str) -> Result<T, DynoxideError> {
    serde_json::from_str(body).map_err(|error| refusal(&error.to_string()))
}

/// Writes a response's body.
pub(super) fn write<T: Serialize>(response: &T) -> Result<String, DynoxideError> {
    serde_json::to_string(response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// The answer to an operation that has run.
pub(super) fn finish(operation: &str, result: Result<String, DynoxideError>) -> Answer {
    match result {
        Ok(body) => Answer { status: 200, body },
        Err(error) => failure(operation, error),
    }
}

/// The answer to an operation that has failed.
pub(super) fn failure(operation: &str, error: DynoxideError) -> Answer {
    let error = match error {
        DynoxideError::EnvelopedValidation(message) if matches!(operation, "DeleteItem" | "PutItem" | "UpdateItem") => {
            DynoxideError::ValidationException(format!("1 validation error detected: {message}"))
        }
        error => error,
    };
    Answer { status: error.status_code(), body: error.to_json() }
}

/// The answer to an operation that the engine does not have.
pub(super) fn unknown_operation(operation: &str) -> Answer {
    let body = serde_json::json!({
        "__type": "com.amazon.coral.service#UnknownOperationException",
        "message": format!("the embedded engine does not have the operation `{operation}`; it needs DynamoDB itself"),
    });
    Answer { status: 400, body: body.to_string() }
}

/// The answer to a body that is not text.
pub(super) fn unreadable() -> Answer {
    failure("", DynoxideError::SerializationException(String::new()))
}

/// DynamoDB's error for a body that does not read as the operation's request.
///
/// The database's request types say by a prefix which error they mean; for the rest DynamoDB distinguishes a value that is
/// absent or not among the allowed ones, and JSON of another type.
fn refusal(message: &str) -> DynoxideError {
    type Make = fn(String) -> DynoxideError;
    const MARKED: [(&str, Make); 5] = [
        ("VALIDATION_REQUEST:", DynoxideError::EnvelopedValidation),
        ("VALIDATION_AS_READ:", DynoxideError::ValidationException),
        ("VALIDATION:", DynoxideError::ValidationException),
        ("SERIALIZATION_AS_READ:", DynoxideError::SerializationException),
        ("SERIALIZATION:", DynoxideError::SerializationException),
    ];
    let text = without_position(message);
    for (mark, make) in MARKED {
        if let Some(text) = text.strip_prefix(mark) {
            return make(text.to_owned());
        }
    }
    // serde_json follows 127 levels; DynamoDB allows 32 and reads further to say so.
    if text.starts_with("recursion limit exceeded") {
        return DynoxideError::ValidationException("Nesting Levels have exceeded supported limits".to_owned());
    }
    let absent =
        ["missing field", "unknown variant", "invalid type: null", "empty AttributeValue", "Supplied AttributeValue"];
    if absent.iter().any(|part| text.contains(part)) {
        return DynoxideError::ValidationException(text.to_owned());
    }
    // The text may quote the value it could not read, and DynamoDB gives none for most of these.
    DynoxideError::SerializationException(String::new())
}

/// `message` without the line and column that `serde_json` ends it with.
fn without_position(message: &str) -> &str {
    match message.rsplit_once(" at line ") {
        Some((text, position)) if position.contains(" column ") => text,
        _ => message,
    }
}
