//! x

pub mod db;
#[cfg(feature = "embedded")]
pub mod engine;
pub mod entity;
pub mod error;
pub mod explain;
mod expr;
pub mod key;
pub mod lifecycle;
pub mod op;
pub mod page;
pub mod schema;
mod stamp;
pub mod table;
mod timestamp;
pub mod value;

#[doc(hidden)]
pub mod __private;

pub use db::Db;
pub use dynamo_model_derive::{Entity, KeyPart, Table};
pub use entity::{Entity, EntityKey};
pub use error::{Error, Operation};
pub use key::{KeyPart, OrderedKeyPart};
pub use lifecycle::{Clock, ClockField, EpochSeconds, ManualClock, SystemClock, TtlField, Version, VersionField};
pub use op::{PartCondition, Query, QueryRequest, Request};
pub use page::{Cursor, Page};
pub use table::Table;
pub use timestamp::{Timestamp, TimestampError};

/// What a file that defines or uses entities wants in scope.
pub mod prelude {
    pub use serde::{Deserialize, Serialize};

    pub use crate::{
        Cursor, Db, Entity, EntityKey, EpochSeconds, KeyPart, Page, QueryRequest, Request, Table, Timestamp, Version,
    };
}
