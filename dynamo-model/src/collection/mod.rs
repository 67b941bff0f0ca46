//! Several entities that share a partition, read in one query.
//!
//! `#[derive(Collection)]` on a struct reads a whole partition at once: a field of an entity for its one item, `Option`
//! for the first in the query's order, `Vec` for all. On an enum it reads the partition page by page, in key order.
//!
//! ```
//! use dynamo_model::prelude::*;
//! # #[derive(Debug, Clone, PartialEq, Table)]
//! # #[table(name = "planner", pk = "PK", sk = "SK")]
//! # pub enum Planner { Project(Project), Task(Task) }
//! # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! # #[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "METADATA")]
//! # pub struct Project { pub project_id: String }
//! # #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! # #[entity(table = Planner, pk = "PROJECT#{project_id}", sk = "TASK#{number}", name = in_project)]
//! # pub struct Task { pub project_id: String, pub number: u32 }
//!
//! #[derive(Debug, PartialEq, Collection)]
//! pub struct ProjectView {
//!     pub project: Project,
//!     pub tasks: Vec<Task>,
//! }
//!
//! #[derive(Debug, PartialEq, Collection)]
//! pub enum InProject {
//!     Project(Project),
//!     Task(Task),
//! }
//!
//! # #[cfg(not(feature = "embedded"))] fn main() {}
//! # #[cfg(feature = "embedded")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), dynamo_model::Error> {
//! # let db = Planner::embedded().await?;
//! let project = Project { project_id: "456".to_owned() }.create().send(&db).await?;
//! let first = Task { project_id: "456".to_owned(), number: 1 }.create().send(&db).await?;
//! let second = Task { project_id: "456".to_owned(), number: 2 }.create().send(&db).await?;
//!
//! let view = ProjectView::get("456").send(&db).await?;
//! assert_eq!(view, Some(ProjectView { project: project.clone(), tasks: vec![first.clone(), second] }));
//!
//! let page = InProject::query("456").limit(2).page(&db).await?;
//! assert_eq!(page.items, [InProject::Project(project), InProject::Task(first)]);
//! assert!(page.next.is_some());
//!
//! assert_eq!(
//!     ProjectView::get("456").explain().to_string(),
//!     r#"Query PK = "PROJECT#456" AND SK BETWEEN "METADATA" AND "TASK$""#,
//! );
//! # Ok(())
//! # }
//! ```

mod get;
mod parts;
mod query;
mod reading;
mod slot;

pub use get::CollectionGet;
#[doc(hidden)]
pub use parts::AsText;
pub use parts::InPartition;
pub use query::{CollectionPage, CollectionQuery};
#[doc(hidden)]
pub use slot::{First, Many, One, Slot};

use crate::{error::Error, schema::CollectionSchema, table::Table, value::Item};

/// Several entities of one table that share a partition, read in one query.
///
/// Implemented by `#[derive(Collection)]`, which also generates `get` on a struct and `query` on an enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection; derive `Collection` on it",
    label = "not a collection"
)]
pub trait Collection: Sized + Send + Sync + 'static {
    /// The table that holds the members.
    type Table: Table;

    /// What a member's item becomes when the query meets it.
    #[doc(hidden)]
    type Met: Send;

    /// Its description.
    const SCHEMA: &'static CollectionSchema;

    /// Reads an item of the member at this position.
    #[doc(hidden)]
    fn __meet(member: usize, item: Item) -> Result<Self::Met, Error>;
}

/// A collection that is a struct: everything of a partition at once.
///
/// Implemented by `#[derive(Collection)]`.
pub trait Whole: Collection<Met = (usize, Item)> {
    /// A slot for each field.
    #[doc(hidden)]
    type Parts: Send;

    #[doc(hidden)]
    fn __parts() -> Self::Parts;

    /// Puts an item of the member at this position into its slot.
    #[doc(hidden)]
    fn __take(parts: &mut Self::Parts, member: usize, item: Item) -> Result<(), Error>;

    /// The struct; `None` if every slot is empty.
    #[doc(hidden)]
    fn __finish(parts: Self::Parts) -> Result<Option<Self>, Error>;
}
