//! Native indexes: keys of several attributes, which are fields of the entity in their own types.
//!
//! DynamoDB takes up to four attributes for the partition key of a global index and up to four for its sort key, and
//! keeps such an index by itself: nothing is written beside the fields. A query gives every partition attribute a value,
//! then sort attributes from the left, the last of them a range.
//!
//! ```
//! use dynamo_model::prelude::*;
//!
//! #[derive(Debug, Clone, PartialEq, Table)]
//! #[table(name = "work", pk = "PK", sk = "SK", gsi(GSI1, native(pk = ("orgId", "status"), sk = ("due", "taskId"))))]
//! pub enum Work {
//!     Task(Task),
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[serde(rename_all = "camelCase")]
//! #[entity(table = Work, pk = "TASK#{task_id}", sk = "METADATA")]
//! #[entity(index(GSI1, name = by_org_status, native(pk = (org_id, status), sk = (due, task_id))))]
//! pub struct Task {
//!     pub task_id: u64,
//!     pub org_id: String,
//!     pub status: String,
//!     /// Without a date, the task is not in the index.
//!     #[serde(skip_serializing_if = "Option::is_none")]
//!     pub due: Option<u32>,
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dynamo_model::Error> {
//! let db = Work::embedded().await?;
//! for task_id in 1..=9 {
//!     let due = (task_id % 3 > 0).then_some(20 + task_id as u32);
//!     Task { task_id, org_id: "acme".to_owned(), status: "open".to_owned(), due }.create().send(&db).await?;
//! }
//! let due = Task::by_org_status("acme", "open").due(22..25).all(&db).await?;
//! assert_eq!(due.iter().map(|task| task.task_id).collect::<Vec<_>>(), [2, 4]);
//!
//! assert_eq!(
//!     Task::by_org_status("acme", "open").due(22..25).explain().to_string(),
//!     r#"Query GSI1 orgId = "acme" AND status = "open" AND due BETWEEN 22 AND 24"#,
//! );
//!
//! // The index follows: no key has to be set beside.
//! Task::update(&4).set(|t| t.status().to("done")).send(&db).await?;
//! assert_eq!(Task::by_org_status("acme", "done").due(24).count(&db).await?, 1);
//! # Ok(())
//! # }
//! ```

mod condition;
mod neighbour;
mod number;
mod part;
mod stored;

pub(crate) use condition::{NativeKey, NativeRange};
pub(crate) use number::is_number;
pub use part::{Name, NativePart, NativeValue, OrderedNativePart, StoredAs};
pub(crate) use stored::{fits, refused};
