//! Pages of a query that reads several partitions: they are read side by side and merged.

mod fan;
mod merge;
mod order;
mod pager;
mod reader;

pub(crate) use fan::Fan;
pub(crate) use pager::SpreadPager;
