//! Pages of a query, the cursors between them, and streams of items.

mod cursor;
mod digest;
mod native;
mod pager;
mod seal;
mod spread;
mod target;
mod walk;

pub use cursor::Cursor;
pub(crate) use digest::Digest;
pub(crate) use pager::Pager;
pub use seal::{CursorKey, CursorKeyError};
pub(crate) use spread::{Fan, SpreadPager};
pub(crate) use target::Target;
pub(crate) use walk::{Entry, Seen, Walk};

use crate::db::Capacity;

/// A page of items.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<E> {
    /// The items, in the query's order.
    pub items: Vec<E>,
    /// Where the next page begins: give it to [`after`](crate::QueryRequest::after). `None` on the last page.
    ///
    /// With a limit it is exact; without one, DynamoDB may name a next page that turns out to be empty. A limit of 0 asks
    /// for nothing and gives no next page, and neither does an empty page before a cursor.
    pub next: Option<Cursor>,
    /// Where the page before ends: give it to [`page_before`](crate::QueryRequest::page_before). `None` on the first page,
    /// and on an empty one.
    pub previous: Option<Cursor>,
    /// What the page cost, where the `Db` has a [`Meter`](crate::db::Meter).
    pub capacity: Option<Capacity>,
}
