//! A stream and its records, as DynamoDB describes them.

use dynoxide::DynoxideError;
use dynoxide::actions::describe_stream::DescribeStreamResponse;
use dynoxide::actions::get_records::GetRecordsResponse;
use serde_json::{Map, Value};

use super::wire;

/// The stream's one shard is open, so it has no last record yet.
pub(super) fn open(mut response: DescribeStreamResponse) -> DescribeStreamResponse {
    for shard in &mut response.stream_description.shards {
        shard.sequence_number_range.ending_sequence_number = None;
    }
    response
}

/// The answer's body. The database names the members of `userIdentity` as Lambda's events do, and the SDK reads those
/// of the service: without this nobody could tell who deleted an item.
pub(super) fn write(response: &GetRecordsResponse) -> Result<String, DynoxideError> {
    if response.records.iter().all(|record| record.user_identity.is_none()) {
        return wire::write(response);
    }
    let mut body =
        serde_json::to_value(response).map_err(|error| DynoxideError::InternalServerError(error.to_string()))?;
    let records = body.get_mut("Records").and_then(Value::as_array_mut).into_iter().flatten();
    for user in records.filter_map(|record| record.get_mut("userIdentity")?.as_object_mut()) {
        rename(user, "principalId", "PrincipalId");
        rename(user, "type", "Type");
    }
    wire::write(&body)
}

fn rename(map: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = map.remove(from) {
        map.insert(to.to_owned(), value);
    }
}
