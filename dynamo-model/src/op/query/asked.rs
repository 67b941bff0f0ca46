//! What the calls of a query send.

use aws_sdk_dynamodb::{operation::query::builders::QueryInputBuilder, types::Select};

use super::Call;
use crate::{expr::Terms, key::SortCondition, op::Context, schema::KeyPattern};

/// What the calls of a query have in common.
pub(crate) struct Asked {
    pub(crate) index: Option<&'static str>,
    /// The key condition.
    pub(crate) text: String,
    pub(crate) filter: Option<String>,
    pub(crate) terms: Terms,
    pub(crate) descending: bool,
    pub(crate) consistent: bool,
}

impl Asked {
    pub(crate) fn input(self, context: &Context, call: Call) -> QueryInputBuilder {
        let Terms { names, values } = self.terms;
        QueryInputBuilder::default()
            .table_name(&context.table)
            .set_index_name(self.index.map(str::to_owned))
            .key_condition_expression(self.text)
            .set_filter_expression(self.filter)
            .set_expression_attribute_names(names.into_sdk())
            .set_expression_attribute_values(values.into_sdk())
            .set_scan_index_forward((self.descending != call.backwards).then_some(false))
            .set_consistent_read(self.consistent.then_some(true))
            .set_limit(call.limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX)))
            .set_select(call.count.then_some(Select::Count))
            .set_exclusive_start_key(call.start)
    }
}

/// The condition on the key.
pub(crate) fn key_expression(key: &KeyPattern, partition: &str, condition: SortCondition, terms: &mut Terms) -> String {
    let Terms { names, values } = terms;
    let mut text = format!("{} = {}", names.add("#pk", key.partition.attribute), values.text(":pk", partition));
    if let Some(sort) = &key.sort
        && let Some(condition) = sort_expression(condition, sort.attribute, names, values)
    {
        text.push_str(" AND ");
        text.push_str(&condition);
    }
    text
}

fn sort_expression(
    condition: SortCondition,
    attribute: &str,
    names: &mut crate::expr::Names,
    values: &mut crate::expr::Values,
) -> Option<String> {
    let mut compare = |operator: &str, text: String| {
        Some(format!("{} {operator} {}", names.add("#sk", attribute), values.text(":sk", text)))
    };
    match condition {
        SortCondition::All | SortCondition::Nothing => None,
        SortCondition::Equal(text) => compare("=", text),
        SortCondition::AtLeast(text) => compare(">=", text),
        SortCondition::AtMost(text) => compare("<=", text),
        SortCondition::BeginsWith(text) => {
            Some(format!("begins_with({}, {})", names.add("#sk", attribute), values.text(":sk", text)))
        }
        SortCondition::Between(low, high) => Some(format!(
            "{} BETWEEN {} AND {}",
            names.add("#sk", attribute),
            values.text(":low", low),
            values.text(":high", high)
        )),
    }
}
