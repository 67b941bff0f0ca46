//! Explanations of the SDK's requests.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::{
        batch_get_item::builders::BatchGetItemInputBuilder, batch_write_item::builders::BatchWriteItemInputBuilder,
        delete_item::builders::DeleteItemInputBuilder, get_item::builders::GetItemInputBuilder,
        put_item::builders::PutItemInputBuilder, query::builders::QueryInputBuilder, scan::builders::ScanInputBuilder,
        transact_get_items::builders::TransactGetItemsInputBuilder,
        transact_write_items::builders::TransactWriteItemsInputBuilder, update_item::builders::UpdateItemInputBuilder,
    },
    types::{
        AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure, Select, TransactWriteItem,
        WriteRequest,
    },
};

use super::{Explanation, Member};
use crate::{op::SdkRequest, value::Item};

impl Explanation {
    fn with_text(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        self.with(name, text.map(|text| Member::Text(text.into())))
    }

    fn with_bool(self, name: &'static str, value: Option<bool>) -> Self {
        self.with(name, value.map(Member::Bool))
    }

    fn with_number(self, name: &'static str, value: Option<i32>) -> Self {
        self.with(name, value.map(|value| Member::Number(value.into())))
    }

    fn with_item(self, name: &'static str, item: Option<&Item>) -> Self {
        self.with(name, item.map(|item| Member::Item(item.clone().into_iter().collect())))
    }

    fn with_placeholders(
        self,
        names: Option<&HashMap<String, String>>,
        values: Option<&HashMap<String, AttributeValue>>,
    ) -> Self {
        self.with("ExpressionAttributeNames", names.map(|names| Member::Names(names.clone().into_iter().collect())))
            .with_item("ExpressionAttributeValues", values)
    }

    /// What a conditional write asks for beside what it writes.
    fn with_condition(
        self,
        condition: Option<&String>,
        names: Option<&HashMap<String, String>>,
        values: Option<&HashMap<String, AttributeValue>>,
        on_failure: Option<&OnFailure>,
    ) -> Self {
        self.with_text("ConditionExpression", condition)
            .with_placeholders(names, values)
            .with_text("ReturnValuesOnConditionCheckFailure", on_failure.map(OnFailure::as_str))
    }

    fn with(mut self, name: &'static str, member: Option<Member>) -> Self {
        self.members.extend(member.map(|member| (name, member)));
        self
    }
}

impl SdkRequest for GetItemInputBuilder {
    const OPERATION: &'static str = "GetItem";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_item("Key", self.get_key().as_ref())
            .with_bool("ConsistentRead", *self.get_consistent_read())
            .with_text("ProjectionExpression", self.get_projection_expression().as_ref())
            .with_placeholders(self.get_expression_attribute_names().as_ref(), None)
    }
}

impl SdkRequest for PutItemInputBuilder {
    const OPERATION: &'static str = "PutItem";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_item("Item", self.get_item().as_ref())
            .with_condition(
                self.get_condition_expression().as_ref(),
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
                self.get_return_values_on_condition_check_failure().as_ref(),
            )
    }
}

impl SdkRequest for UpdateItemInputBuilder {
    const OPERATION: &'static str = "UpdateItem";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_item("Key", self.get_key().as_ref())
            .with_text("UpdateExpression", self.get_update_expression().as_ref())
            .with_condition(
                self.get_condition_expression().as_ref(),
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
                self.get_return_values_on_condition_check_failure().as_ref(),
            )
            .with_text("ReturnValues", self.get_return_values().as_ref().map(ReturnValue::as_str))
    }
}

impl SdkRequest for DeleteItemInputBuilder {
    const OPERATION: &'static str = "DeleteItem";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_item("Key", self.get_key().as_ref())
            .with_condition(
                self.get_condition_expression().as_ref(),
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
                self.get_return_values_on_condition_check_failure().as_ref(),
            )
            .with_text("ReturnValues", self.get_return_values().as_ref().map(ReturnValue::as_str))
    }
}

impl SdkRequest for TransactWriteItemsInputBuilder {
    const OPERATION: &'static str = "TransactWriteItems";

    fn explanation(&self) -> Explanation {
        let items = self.get_transact_items().as_ref();
        Explanation::new(Self::OPERATION)
            .with("TransactItems", items.map(|items| Member::Requests(items.iter().filter_map(step).collect())))
            .with_text("ClientRequestToken", self.get_client_request_token().as_ref())
    }
}

/// One write of a transaction.
fn step(item: &TransactWriteItem) -> Option<Explanation> {
    if let Some(put) = item.put() {
        let put = put.clone();
        return Some(
            Explanation::new("Put")
                .with_text("TableName", Some(put.table_name))
                .with_item("Item", Some(&put.item))
                .with_condition(
                    put.condition_expression.as_ref(),
                    put.expression_attribute_names.as_ref(),
                    put.expression_attribute_values.as_ref(),
                    put.return_values_on_condition_check_failure.as_ref(),
                ),
        );
    }
    if let Some(update) = item.update() {
        return Some(
            Explanation::new("Update")
                .with_text("TableName", Some(update.table_name()))
                .with_item("Key", Some(update.key()))
                .with_text("UpdateExpression", Some(update.update_expression()))
                .with_condition(
                    update.condition_expression.as_ref(),
                    update.expression_attribute_names.as_ref(),
                    update.expression_attribute_values.as_ref(),
                    update.return_values_on_condition_check_failure.as_ref(),
                ),
        );
    }
    if let Some(delete) = item.delete() {
        return Some(
            Explanation::new("Delete")
                .with_text("TableName", Some(delete.table_name()))
                .with_item("Key", Some(delete.key()))
                .with_condition(
                    delete.condition_expression.as_ref(),
                    delete.expression_attribute_names.as_ref(),
                    delete.expression_attribute_values.as_ref(),
                    delete.return_values_on_condition_check_failure.as_ref(),
                ),
        );
    }
    let check = item.condition_check()?;
    Some(
        Explanation::new("ConditionCheck")
            .with_text("TableName", Some(check.table_name()))
            .with_item("Key", Some(check.key()))
            .with_condition(
                Some(&check.condition_expression),
                check.expression_attribute_names.as_ref(),
                check.expression_attribute_values.as_ref(),
                check.return_values_on_condition_check_failure.as_ref(),
            ),
    )
}

impl SdkRequest for TransactGetItemsInputBuilder {
    const OPERATION: &'static str = "TransactGetItems";

    fn explanation(&self) -> Explanation {
        let gets = self.get_transact_items().as_ref().map(|items| {
            let gets = items.iter().filter_map(|item| item.get()).map(|get| {
                Explanation::new("Get").with_text("TableName", Some(get.table_name())).with_item("Key", Some(get.key()))
            });
            Member::Requests(gets.collect())
        });
        Explanation::new(Self::OPERATION).with("TransactItems", gets)
    }
}

impl SdkRequest for BatchGetItemInputBuilder {
    const OPERATION: &'static str = "BatchGetItem";

    fn explanation(&self) -> Explanation {
        let tables = self.get_request_items().as_ref().map(|tables| {
            let tables = tables.iter().map(|(table, asked)| {
                let keys = asked.keys().iter().map(|key| key.clone().into_iter().collect()).collect();
                let asked = Explanation::new(Self::OPERATION)
                    .with("Keys", Some(Member::Items(keys)))
                    .with_bool("ConsistentRead", asked.consistent_read())
                    .with_text("ProjectionExpression", asked.projection_expression())
                    .with_placeholders(asked.expression_attribute_names(), None);
                (table.clone(), Box::new(Member::Nested(Box::new(asked))))
            });
            Member::Tables(tables.collect())
        });
        Explanation::new(Self::OPERATION).with("RequestItems", tables)
    }
}

impl SdkRequest for BatchWriteItemInputBuilder {
    const OPERATION: &'static str = "BatchWriteItem";

    fn explanation(&self) -> Explanation {
        let write = |write: &WriteRequest| {
            if let Some(put) = write.put_request() {
                return Some(Explanation::new("PutRequest").with_item("Item", Some(put.item())));
            }
            Some(Explanation::new("DeleteRequest").with_item("Key", Some(write.delete_request()?.key())))
        };
        let tables = self.get_request_items().as_ref().map(|tables| {
            let tables = tables.iter().map(|(table, writes)| {
                (table.clone(), Box::new(Member::Requests(writes.iter().filter_map(write).collect())))
            });
            Member::Tables(tables.collect())
        });
        Explanation::new(Self::OPERATION).with("RequestItems", tables)
    }
}

impl SdkRequest for QueryInputBuilder {
    const OPERATION: &'static str = "Query";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_text("IndexName", self.get_index_name().as_ref())
            .with_text("KeyConditionExpression", self.get_key_condition_expression().as_ref())
            .with_text("FilterExpression", self.get_filter_expression().as_ref())
            .with_text("ProjectionExpression", self.get_projection_expression().as_ref())
            .with_placeholders(
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
            )
            .with_bool("ScanIndexForward", *self.get_scan_index_forward())
            .with_bool("ConsistentRead", *self.get_consistent_read())
            .with_number("Limit", *self.get_limit())
            .with_text("Select", self.get_select().as_ref().map(Select::as_str))
            .with_item("ExclusiveStartKey", self.get_exclusive_start_key().as_ref())
    }
}

impl SdkRequest for ScanInputBuilder {
    const OPERATION: &'static str = "Scan";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_text("FilterExpression", self.get_filter_expression().as_ref())
            .with_text("ProjectionExpression", self.get_projection_expression().as_ref())
            .with_placeholders(
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
            )
            .with_bool("ConsistentRead", *self.get_consistent_read())
            .with_number("Segment", *self.get_segment())
            .with_number("TotalSegments", *self.get_total_segments())
            .with_text("Select", self.get_select().as_ref().map(Select::as_str))
            .with_item("ExclusiveStartKey", self.get_exclusive_start_key().as_ref())
    }
}
