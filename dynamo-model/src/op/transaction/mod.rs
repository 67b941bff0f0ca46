//! Several writes, all of them or none; several reads of one moment.

mod get;
mod reason;
mod write;

pub use get::{TransactGet, TransactGets};
pub use write::{Transaction, WriteRequest};
pub(crate) use write::{read, transact};
