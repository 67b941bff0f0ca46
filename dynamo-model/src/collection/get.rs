//! Reads a partition at once.

use std::fmt;

use aws_sdk_dynamodb::operation::query::builders::QueryInputBuilder;

use super::{Collection, Whole, reading::Reading};
use crate::{
    db::Db,
    error::Error,
    key::KeyError,
    op::{
        ConsistentSource, Context, Local,
        traits::{explained, request_traits},
    },
    page::{Pager, Walk as _},
};

/// Reads everything that a struct with `#[derive(Collection)]` holds; gives `None` if nothing of it is there.
///
/// It takes as many calls as the partition has megabytes. `S` says where it reads: [`Local`] or
/// [`Global`](crate::op::Global). A global index follows its table with a delay: for a moment an item may be missing there,
/// or be met twice while its key changes, and a member that has to be there is then [`Error::Collection`].
#[must_use = "a request does nothing until it is sent"]
pub struct CollectionGet<C, S = Local>(Reading<C, S>);

request_traits!(CollectionGet < C, S > { 0 });

impl<C: Collection, S> fmt::Debug for CollectionGet<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollectionGet").field("collection", &C::SCHEMA.name).finish_non_exhaustive()
    }
}

impl<C: Whole, S: Send + Sync + 'static> CollectionGet<C, S> {
    #[doc(hidden)]
    pub fn new(partition: Result<String, KeyError>) -> Self {
        Self(Reading::new(partition))
    }

    /// Reads from the largest sort key down: an `Option` field then holds the last item of its entity.
    pub fn descending(mut self) -> Self {
        self.0.descending = true;
        self
    }

    /// Sees what the last successful writes left, at twice the cost; not for a global index.
    pub fn consistent(mut self) -> Self
    where
        S: ConsistentSource,
    {
        self.0.consistent = true;
        self
    }

    explained!(
        QueryInputBuilder,
        C::Table,
        "the first call",
        "[`Error::Key`] if a part of the partition key does not fit."
    );

    /// The same for another table name and time; [`Db::context`] gives those of a `Db`.
    ///
    /// # Errors
    ///
    /// As [`into_sdk`](Self::into_sdk).
    pub fn build(self, context: &Context) -> Result<QueryInputBuilder, Error> {
        self.0.first_call(context)
    }

    /// Reads the partition; `None` if it holds nothing of any member.
    ///
    /// Items of the table's other entities, and of types that it does not have, are passed over, and what has expired is
    /// gone.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] before anything is sent; [`Error::Collection`] if a field that is no `Option` and no `Vec` has no
    /// item, though other fields have, or more than one; [`Error::Decode`] if a member's item cannot be read; the failures
    /// of the SDK and the service.
    pub async fn send(self, db: &Db<C::Table>) -> Result<Option<C>, Error> {
        Ok(self.send_counted(db).await?.0)
    }

    /// Reads the partition, and says how many items it met of a type that the table does not have, or of none.
    ///
    /// A newer program may have written them.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_counted(self, db: &Db<C::Table>) -> Result<(Option<C>, usize), Error> {
        let mut pager = Pager::new(self.0, db.clone())?;
        let mut parts = C::__parts();
        while let Some(batch) = pager.batch().await? {
            for (member, item) in batch {
                C::__take(&mut parts, member, item)?;
            }
        }
        Ok((C::__finish(parts)?, pager.unknown()))
    }
}
