//! What a table's definition and its changes must say.

use dynoxide::actions::create_table::CreateTableRequest;
use dynoxide::actions::update_table::UpdateTableRequest;
use dynoxide::actions::update_time_to_live::UpdateTimeToLiveRequest;
use dynoxide::{Database, DynoxideError};

/// A table that does not say how it is billed is provisioned, and then it says how much.
pub(in crate::engine) fn create_table(request: &CreateTableRequest) -> Result<(), DynoxideError> {
    if request.billing_mode.is_none() && request.provisioned_throughput.is_none() {
        return Err(DynoxideError::ValidationException(
            "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when \
             BillingMode is PROVISIONED"
                .to_owned(),
        ));
    }
    Ok(())
}

/// One index is created or deleted at a time.
pub(in crate::engine) fn update_table(request: &UpdateTableRequest) -> Result<(), DynoxideError> {
    let updates = request.global_secondary_index_updates.iter().flatten();
    if updates.filter(|update| update.create.is_some() || update.delete.is_some()).count() > 1 {
        return Err(DynoxideError::LimitExceededException(
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
                .to_owned(),
        ));
    }
    Ok(())
}

/// TTL is not set to what it is already.
pub(in crate::engine) fn update_time_to_live(
    db: &Database,
    request: &UpdateTimeToLiveRequest,
) -> Result<(), DynoxideError> {
    let wanted = request.time_to_live_specification.enabled;
    match db.get_table_metadata(&request.table_name)? {
        Some(table) if table.ttl_enabled == wanted => {
            let state = if wanted { "enabled" } else { "disabled" };
            Err(DynoxideError::ValidationException(format!("TimeToLive is already {state}")))
        }
        _ => Ok(()),
    }
}
