//! Explanations of the SDK's requests.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::{
        delete_item::builders::DeleteItemInputBuilder, get_item::builders::GetItemInputBuilder,
        put_item::builders::PutItemInputBuilder, query::builders::QueryInputBuilder, scan::builders::ScanInputBuilder,
    },
    types::{AttributeValue, ReturnValue, Select},
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
            .with_text("ConditionExpression", self.get_condition_expression().as_ref())
            .with_placeholders(
                self.get_expression_attribute_names().as_ref(),
                self.get_expression_attribute_values().as_ref(),
            )
    }
}

impl SdkRequest for DeleteItemInputBuilder {
    const OPERATION: &'static str = "DeleteItem";

    fn explanation(&self) -> Explanation {
        Explanation::new(Self::OPERATION)
            .with_text("TableName", self.get_table_name().as_ref())
            .with_item("Key", self.get_key().as_ref())
            .with_text("ReturnValues", self.get_return_values().as_ref().map(ReturnValue::as_str))
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
