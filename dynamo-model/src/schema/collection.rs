//! The description of a collection.

use super::{EntitySchema, KeyPattern, message::equal};
use crate::key::{AttributePattern, SortCondition, covering};

/// A collection: entities that share a partition, and where they are read.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CollectionSchema {
    /// The name of the struct or the enum.
    pub name: &'static str,
    /// The index that it reads; `None` for the table itself.
    pub index: Option<&'static str>,
    /// The entities, in the order of declaration.
    pub members: &'static [&'static EntitySchema],
}

impl CollectionSchema {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        index: Option<&'static str>,
        members: &'static [&'static EntitySchema],
    ) -> Self {
        Self { name, index, members }
    }

    /// The key that the members are read by: the first one's, whose partition the others have too.
    #[must_use]
    pub fn key(&self) -> &'static KeyPattern {
        // A collection without members, or with one that is not on the index, does not compile.
        let first = self.members[0];
        key_on(first, self.index).unwrap_or(&first.primary.key)
    }

    /// The condition on the sort key: as narrow as it can be with every member's items in it.
    #[must_use]
    pub fn condition(&self) -> SortCondition {
        let sorts = self.members.iter().map(|member| key_on(member, self.index).and_then(|key| key.sort.as_ref()));
        let sorts: Option<Vec<&AttributePattern>> = sorts.collect();
        sorts.map_or(SortCondition::All, |sorts| covering(&sorts))
    }
}

/// The entity's key on the index, or its primary key.
pub(super) const fn key_on(entity: &'static EntitySchema, index: Option<&str>) -> Option<&'static KeyPattern> {
    let Some(index) = index else { return Some(&entity.primary.key) };
    let mut at = 0;
    while at < entity.indexes.len() {
        let key = &entity.indexes[at].key;
        if let Some(on) = key.index
            && equal(on.name, index)
        {
            return Some(key);
        }
        at += 1;
    }
    None
}
