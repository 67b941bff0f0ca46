//! Answers that the engine does not give, in DynamoDB's words.

use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::error::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use serde_json::{Value, json};

const CONFLICT: &str = "Transaction is ongoing for the item";

/// An error without more than its code and message.
pub(super) fn error(status: u16, code: &str, message: &str) -> Result<HttpResponse, ConnectorError> {
    answer(status, &json!({ "__type": name(code), "message": message }))
}

/// An answer with this body.
pub(super) fn answer(status: u16, body: &Value) -> Result<HttpResponse, ConnectorError> {
    let mut response = plain(status, body.to_string())?;
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response.headers_mut().insert("x-amzn-requestid", "fault");
    Ok(response)
}

/// An answer that is not from DynamoDB.
pub(super) fn plain(status: u16, body: String) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let length = body.len();
    let mut response = HttpResponse::new(status, body.into());
    response.headers_mut().insert("content-length", length.to_string());
    Ok(response)
}

/// A transaction holds an item that the request is about: of a transaction, the one that `seed` chooses. `None` if the
/// request is a transaction without elements, which is not for this fault.
pub(super) fn conflict(
    operation: &str,
    request: &HttpRequest,
    seed: u64,
) -> Option<Result<HttpResponse, ConnectorError>> {
    if !matches!(operation, "TransactWriteItems" | "TransactGetItems") {
        return Some(error(400, "TransactionConflictException", CONFLICT));
    }
    let body: Value = serde_json::from_slice(request.body().bytes()?).ok()?;
    let elements = body.get("TransactItems")?.as_array()?.len();
    let chosen = seed.checked_rem(elements.try_into().ok()?)?;
    let codes = (0..elements as u64).map(|at| if at == chosen { "TransactionConflict" } else { "None" });
    let reasons = codes.clone().map(|code| match code {
        "None" => json!({ "Code": code }),
        _ => json!({ "Code": code, "Message": CONFLICT }),
    });
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.collect::<Vec<_>>().join(", ")
    );
    let body = json!({
        "__type": name("TransactionCanceledException"),
        "CancellationReasons": reasons.collect::<Vec<_>>(),
        "Message": message,
    });
    Some(answer(400, &body))
}

fn name(code: &str) -> String {
    format!("com.amazonaws.dynamodb.v20120810#{code}")
}
