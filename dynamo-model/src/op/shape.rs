//! Whether a write is one request of DynamoDB or a transaction.

use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsInputBuilder;

use super::{
    SdkRequest,
    write::{FromWrite, OneOrMany, Plan},
};
use crate::Entity;

/// How the writes of an entity are sent.
///
/// Chosen by `#[derive(Entity)]`: an entity with unique constraints is written by transactions.
#[doc(hidden)]
pub trait WriteShape {
    /// The SDK's builder of a write that would be a `B`.
    type Sdk<B: FromWrite>: SdkRequest;

    /// The builder for a plan.
    fn sdk<B: FromWrite>(plan: Plan) -> Self::Sdk<B>;
}

/// One request.
#[derive(Debug, Clone, Copy)]
pub enum Single {}

/// A transaction, where items that hold unique values have to follow.
#[derive(Debug, Clone, Copy)]
pub enum Transactional {}

impl WriteShape for Single {
    type Sdk<B: FromWrite> = B;

    fn sdk<B: FromWrite>(plan: Plan) -> B {
        B::from_write(plan.main)
    }
}

impl WriteShape for Transactional {
    type Sdk<B: FromWrite> = OneOrMany<B>;

    fn sdk<B: FromWrite>(plan: Plan) -> OneOrMany<B> {
        if plan.held.is_empty() {
            return OneOrMany::One(B::from_write(plan.main));
        }
        let items = plan.into_writes().map(super::write::ItemWrite::into_transact_item).collect();
        OneOrMany::Many(TransactWriteItemsInputBuilder::default().set_transact_items(Some(items)))
    }
}

/// Writes that can give back the item: one request does, a transaction does not.
#[diagnostic::on_unimplemented(
    message = "a write of an entity with unique fields is a transaction, which gives back no item; read it with `get`",
    label = "gives back no item"
)]
pub trait Returning: WriteShape {}

impl Returning for Single {}

/// An entity with a version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version; add a field with `#[entity(version)]`, or state a condition with `when`",
    label = "has no version"
)]
pub trait Versioned: Entity {}

/// An entity whose items a batch can delete: nothing else depends on them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has unique fields, which a batch cannot keep true; delete it by itself or in a transaction",
    label = "cannot be deleted in a batch"
)]
pub trait BatchDelete: Entity {}

/// An entity whose items a batch can put: it replaces whatever is there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has a version or unique fields, which a batch cannot check; put it by itself or in a transaction",
    label = "cannot be put in a batch"
)]
pub trait BatchPut: BatchDelete {}
