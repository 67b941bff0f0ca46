//! Many reads, or many writes, in few requests.

mod entry;
mod fetch;
mod get;
mod hydrate;
mod many;
mod undone;
mod write;

use std::{fmt, num::NonZeroUsize, sync::Arc};

pub use get::{BatchGet, BatchGetFields, Lookup};
pub(crate) use hydrate::items;
pub use many::GetMany;
pub use undone::BatchWriteError;
pub use write::BatchWrite;

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Items that were read, found missing or written.
    pub done: usize,
    /// Items in all, each counted once.
    pub total: usize,
}

/// What a batch does beside its reads or writes.
#[derive(Clone)]
struct Settings {
    concurrency: NonZeroUsize,
    observer: Option<Arc<dyn Fn(Progress) + Send + Sync>>,
}

impl Default for Settings {
    fn default() -> Self {
        const REQUESTS: NonZeroUsize = NonZeroUsize::new(4).unwrap();
        Self { concurrency: REQUESTS, observer: None }
    }
}

impl Settings {
    fn tell(&self, progress: Progress) {
        if let Some(observer) = &self.observer {
            observer(progress);
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}
