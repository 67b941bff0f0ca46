//! A write as the SDK's requests.

use aws_sdk_dynamodb::{
    operation::{
        delete_item::builders::DeleteItemInputBuilder, put_item::builders::PutItemInputBuilder,
        transact_write_items::builders::TransactWriteItemsInputBuilder, update_item::builders::UpdateItemInputBuilder,
    },
    types::{ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update},
};

use super::{Act, ItemWrite};
use crate::{explain::Explanation, op::SdkRequest, value::Item};

/// The SDK's builder of a request that writes one item.
#[doc(hidden)]
pub trait FromWrite: SdkRequest {
    /// The request for a write of its kind.
    fn from_write(write: ItemWrite) -> Self;
}

macro_rules! filled {
    ($builder:expr, $write:ident) => {{
        let condition = $write.condition();
        $builder
            .table_name($write.table)
            // What stood in the way costs nothing more to know.
            .set_return_values_on_condition_check_failure(condition.is_some().then_some(OnFailure::AllOld))
            .set_condition_expression(condition)
            .set_expression_attribute_names($write.terms.names.into_sdk())
            .set_expression_attribute_values($write.terms.values.into_sdk())
    }};
}

impl FromWrite for PutItemInputBuilder {
    fn from_write(mut write: ItemWrite) -> Self {
        let item = match write.take_act() {
            Act::Put(item) => Some(item),
            _ => None,
        };
        let returning = write.returning.take();
        filled!(Self::default().set_item(item).set_return_values(returning), write)
    }
}

impl FromWrite for UpdateItemInputBuilder {
    fn from_write(mut write: ItemWrite) -> Self {
        let (key, expression) = match write.take_act() {
            Act::Update { key, expression } => (Some(key), expression),
            _ => (None, None),
        };
        let returning = write.returning.take();
        filled!(Self::default().set_key(key).set_update_expression(expression).set_return_values(returning), write)
    }
}

impl FromWrite for DeleteItemInputBuilder {
    fn from_write(mut write: ItemWrite) -> Self {
        let key = match write.take_act() {
            Act::Delete(key) => Some(key),
            _ => None,
        };
        let returning = write.returning.take();
        filled!(Self::default().set_key(key).set_return_values(returning), write)
    }
}

impl ItemWrite {
    fn take_act(&mut self) -> Act {
        std::mem::replace(&mut self.act, Act::Check(Item::new()))
    }

    /// The write as a part of a transaction.
    pub(crate) fn into_transact_item(mut self) -> TransactWriteItem {
        let item = TransactWriteItem::builder();
        match self.take_act() {
            Act::Put(put) => item.set_put(filled!(Put::builder().set_item(Some(put)), self).build().ok()),
            Act::Update { key, expression: Some(expression) } => {
                let update = Update::builder().set_key(Some(key)).update_expression(expression);
                item.set_update(filled!(update, self).build().ok())
            }
            Act::Delete(key) => item.set_delete(filled!(Delete::builder().set_key(Some(key)), self).build().ok()),
            Act::Update { key, expression: None } | Act::Check(key) => {
                item.set_condition_check(filled!(ConditionCheck::builder().set_key(Some(key)), self).build().ok())
            }
        }
        .build()
    }
}

/// The SDK's builder of a write that is one request, or a transaction where unique values follow.
#[derive(Debug, Clone, PartialEq)]
pub enum OneOrMany<B> {
    /// One request.
    One(B),
    /// A transaction.
    Many(TransactWriteItemsInputBuilder),
}

impl<B: SdkRequest> SdkRequest for OneOrMany<B> {
    const OPERATION: &'static str = B::OPERATION;

    fn explanation(&self) -> Explanation {
        match self {
            Self::One(request) => request.explanation(),
            Self::Many(request) => request.explanation(),
        }
    }
}
