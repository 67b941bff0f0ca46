//! Each of the SDK's operations, sent in one way.

use aws_sdk_dynamodb::{
    Client,
    config::Config,
    error::SdkError,
    operation::{
        batch_get_item, batch_write_item, delete_item, get_item, put_item, query, scan, transact_get_items,
        transact_write_items, update_item,
    },
    types::{ConsumedCapacity, ReturnConsumedCapacity},
};

use super::attempts::{Attempts, SureRetries};
use crate::{op::SdkRequest, value::Item};

/// A request that can be sent.
pub(crate) trait Dispatch: SdkRequest + Send {
    /// What it gives.
    type Output: Send;

    /// How it fails.
    type Error: std::error::Error + aws_sdk_dynamodb::error::ProvideErrorMetadata + Send + Sync + 'static;

    /// Asks DynamoDB to say what the request cost.
    fn metered(self) -> Self;

    /// Sends it; each try is counted by `attempts`. Without `repeats` it is tried again only where DynamoDB surely did
    /// nothing.
    fn dispatch(
        self,
        client: &Client,
        attempts: Attempts,
        repeats: bool,
    ) -> impl Future<Output = Result<Self::Output, SdkError<Self::Error>>> + Send;

    /// What it cost, by table.
    fn consumed(output: &Self::Output) -> &[ConsumedCapacity];

    /// How many items the answer holds.
    fn items(output: &Self::Output) -> Option<usize>;
}

/// The item that stood in the way of a write, if there was one.
pub(crate) struct Obstacle(pub(crate) Option<Item>);

/// A write of one item, which may have a condition.
pub(crate) trait ConditionalWrite: Dispatch {
    /// The condition did not hold.
    fn refused(error: &Self::Error) -> Option<Obstacle>;
}

macro_rules! dispatch {
    ($($operation:ident $builder:ident $output:ident $error:ident { $($field:ident $setter:ident),* $(,)? }
        capacity |$consumed:ident| $capacity:expr, items |$counted:ident| $items:expr;)*) => {$(
        impl Dispatch for $operation::builders::$builder {
            type Output = $operation::$output;
            type Error = $operation::$error;

            fn metered(self) -> Self {
                self.return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            }

            async fn dispatch(
                self,
                client: &Client,
                attempts: Attempts,
                repeats: bool,
            ) -> Result<Self::Output, SdkError<Self::Error>> {
                let input = self.build().map_err(SdkError::construction_failure)?;
                let request = client.$operation();
                $(let request = request.$setter(input.$field);)*
                let mut request = request.customize().interceptor(attempts);
                if !repeats {
                    request = request.config_override(Config::builder().retry_classifier(SureRetries));
                }
                request.send().await
            }

            fn consumed($consumed: &Self::Output) -> &[ConsumedCapacity] {
                $capacity
            }

            fn items($counted: &Self::Output) -> Option<usize> {
                $items
            }
        }
    )*};
}

// Each with every member that a request of this library may set.
dispatch! {
    get_item GetItemInputBuilder GetItemOutput GetItemError {
        table_name set_table_name,
        key set_key,
        consistent_read set_consistent_read,
        projection_expression set_projection_expression,
        expression_attribute_names set_expression_attribute_names,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |output| Some(usize::from(output.item.is_some()));

    put_item PutItemInputBuilder PutItemOutput PutItemError {
        table_name set_table_name,
        item set_item,
        condition_expression set_condition_expression,
        expression_attribute_names set_expression_attribute_names,
        expression_attribute_values set_expression_attribute_values,
        return_values set_return_values,
        return_values_on_condition_check_failure set_return_values_on_condition_check_failure,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |_output| None;

    update_item UpdateItemInputBuilder UpdateItemOutput UpdateItemError {
        table_name set_table_name,
        key set_key,
        update_expression set_update_expression,
        condition_expression set_condition_expression,
        expression_attribute_names set_expression_attribute_names,
        expression_attribute_values set_expression_attribute_values,
        return_values set_return_values,
        return_values_on_condition_check_failure set_return_values_on_condition_check_failure,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |_output| None;

    delete_item DeleteItemInputBuilder DeleteItemOutput DeleteItemError {
        table_name set_table_name,
        key set_key,
        condition_expression set_condition_expression,
        expression_attribute_names set_expression_attribute_names,
        expression_attribute_values set_expression_attribute_values,
        return_values set_return_values,
        return_values_on_condition_check_failure set_return_values_on_condition_check_failure,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |_output| None;

    query QueryInputBuilder QueryOutput QueryError {
        table_name set_table_name,
        index_name set_index_name,
        select set_select,
        limit set_limit,
        consistent_read set_consistent_read,
        scan_index_forward set_scan_index_forward,
        exclusive_start_key set_exclusive_start_key,
        projection_expression set_projection_expression,
        filter_expression set_filter_expression,
        key_condition_expression set_key_condition_expression,
        expression_attribute_names set_expression_attribute_names,
        expression_attribute_values set_expression_attribute_values,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |output| usize::try_from(output.count).ok();

    scan ScanInputBuilder ScanOutput ScanError {
        table_name set_table_name,
        index_name set_index_name,
        select set_select,
        limit set_limit,
        consistent_read set_consistent_read,
        segment set_segment,
        total_segments set_total_segments,
        exclusive_start_key set_exclusive_start_key,
        projection_expression set_projection_expression,
        filter_expression set_filter_expression,
        expression_attribute_names set_expression_attribute_names,
        expression_attribute_values set_expression_attribute_values,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity.as_slice(), items |output| usize::try_from(output.count).ok();

    transact_write_items TransactWriteItemsInputBuilder TransactWriteItemsOutput TransactWriteItemsError {
        transact_items set_transact_items,
        client_request_token set_client_request_token,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity(), items |_output| None;

    transact_get_items TransactGetItemsInputBuilder TransactGetItemsOutput TransactGetItemsError {
        transact_items set_transact_items,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity(), items |output| Some(output.responses().len());

    batch_get_item BatchGetItemInputBuilder BatchGetItemOutput BatchGetItemError {
        request_items set_request_items,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity(), items |output| {
        output.responses.as_ref().map(|tables| tables.values().map(Vec::len).sum())
    };

    batch_write_item BatchWriteItemInputBuilder BatchWriteItemOutput BatchWriteItemError {
        request_items set_request_items,
        return_consumed_capacity set_return_consumed_capacity,
    } capacity |output| output.consumed_capacity(), items |_output| None;
}

macro_rules! conditional {
    ($($builder:ty, $error:path;)*) => {$(
        impl ConditionalWrite for $builder {
            fn refused(error: &Self::Error) -> Option<Obstacle> {
                match error {
                    $error(refused) => Some(Obstacle(refused.item.clone())),
                    _ => None,
                }
            }
        }
    )*};
}

conditional! {
    put_item::builders::PutItemInputBuilder, put_item::PutItemError::ConditionalCheckFailedException;
    update_item::builders::UpdateItemInputBuilder, update_item::UpdateItemError::ConditionalCheckFailedException;
    delete_item::builders::DeleteItemInputBuilder, delete_item::DeleteItemError::ConditionalCheckFailedException;
}
