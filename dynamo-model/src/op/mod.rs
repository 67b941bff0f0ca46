//! Requests: one type a verb. Building one does no I/O; [`Request::send`] does.

#[macro_use]
mod traits;

mod create;
mod delete;
mod exists;
mod get;
mod item;
mod keys;
mod modify;
mod part_condition;
mod put;
mod query;
mod request;
mod scan;
mod shape;
mod update;

pub use create::Create;
pub use delete::{Delete, DeleteReturning};
pub use exists::Exists;
pub use get::Get;
pub use keys::{KeyWriter, UniqueWriter};
pub use modify::{Modify, Verdict};
pub use part_condition::PartCondition;
pub use put::Put;
pub(crate) use query::Call;
pub use query::{ConsistentSource, Global, Local, NextPart, Query, QueryRequest};
pub use request::{Context, Request, SdkRequest};
pub use scan::Scan;
pub use shape::{BatchDelete, BatchPut, Single, Transactional, WriteShape};
pub use update::Update;

pub(crate) use item::{Met, from_item, meet, to_item};
