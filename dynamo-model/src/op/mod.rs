//! Requests: one type a verb. Building one does no I/O; [`Request::send`] does.

#[macro_use]
pub(crate) mod traits;

pub(crate) mod batch;
mod condition;
mod create;
mod delete;
mod exists;
mod get;
pub(crate) mod item;
mod keys;
mod modify;
mod native_condition;
mod part_condition;
mod projected;
mod put;
mod query;
mod query_as;
mod request;
mod scan;
mod scan_fields;
mod shape;
mod source;
mod spread;
mod table_scan;
pub(crate) mod transaction;
mod update;
#[doc(hidden)]
pub mod write;

pub use batch::{BatchGet, BatchGetFields, BatchWrite, BatchWriteError, GetMany, Lookup, Progress};
pub use create::Create;
pub use delete::{Delete, DeleteReturning, Remove};
pub use exists::{Check, Exists};
pub use get::{Get, GetFields};
pub use keys::{KeyWriter, UniqueWriter};
pub use modify::{Modify, Verdict};
pub use native_condition::NativeCondition;
pub use part_condition::PartCondition;
pub use put::Put;
pub(crate) use query::{Asked, Call, key_expression};
pub use query::{ConsistentSource, Global, Local, NextPart, Query, QueryRequest};
pub use query_as::{Fields, Hydrated, Keys, QueryAs, Reading};
pub use request::{Context, Request, SdkRequest};
pub use scan::Scan;
pub use scan_fields::ScanFields;
pub use shape::{BatchDelete, BatchPut, Returning, Single, Transactional, Versioned, WriteShape};
pub use source::{Carries, FilterSource, Included, KeysOnly, ReadAt, WholeSource};
pub(crate) use spread::Spreading;
pub use spread::{PeriodCondition, PeriodsGiven, Spread, SpreadRequest};
pub use table_scan::{ScanPage, ScanProgress, TableScan};
pub use transaction::{TransactGet, TransactGets, Transaction, WriteRequest};
pub use update::{ExactlyOnce, Update, UpdateReturning, Upsert, Upserted};

pub(crate) use item::{Met, from_item, meet, to_item};
