//! Whether a write is one request of DynamoDB or a transaction.

/// How the writes of an entity are sent.
///
/// Chosen by `#[derive(Entity)]`: an entity with unique constraints is written by transactions.
#[doc(hidden)]
pub trait WriteShape {}

/// One request.
#[derive(Debug, Clone, Copy)]
pub enum Single {}

/// A transaction, where items that hold unique values have to follow.
#[derive(Debug, Clone, Copy)]
pub enum Transactional {}

impl WriteShape for Single {}
impl WriteShape for Transactional {}

/// An entity whose items a batch can delete: nothing else depends on them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has unique fields, which a batch cannot keep true; delete it by itself or in a transaction",
    label = "cannot be deleted in a batch"
)]
pub trait BatchDelete: crate::Entity {}

/// An entity whose items a batch can put: it replaces whatever is there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has a version or unique fields, which a batch cannot check; put it by itself or in a transaction",
    label = "cannot be put in a batch"
)]
pub trait BatchPut: BatchDelete {}
