//! A condition on an entity's fields.

use std::{
    fmt,
    marker::PhantomData,
    ops::{BitAnd, BitOr, Not},
};

use super::Node;

/// A condition on the fields of `E`: for filters and for conditional writes.
#[must_use = "a condition does nothing until a request is given it"]
pub struct Condition<E> {
    node: Node,
    entity: PhantomData<fn() -> E>,
}

impl<E> Condition<E> {
    pub(crate) fn new(node: Node) -> Self {
        Self { node, entity: PhantomData }
    }

    pub(crate) fn into_node(self) -> Node {
        self.node
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// The attributes that it reads.
    pub(crate) fn attributes(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.node.attributes(&mut found);
        found
    }

    /// What was asked before, if anything, and this.
    pub(crate) fn joined(before: Option<Self>, this: Self) -> Self {
        match before {
            Some(before) => before.and(this),
            None => this,
        }
    }

    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        Self::new(self.node.and(other.node))
    }

    /// At least one holds.
    pub fn or(self, other: Self) -> Self {
        Self::new(self.node.or(other.node))
    }

    /// All of them hold; true if there are none.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::new(conditions.into_iter().fold(Node::All(Vec::new()), |all, one| all.and(one.node)))
    }

    /// At least one of them holds; false if there are none.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::new(conditions.into_iter().fold(Node::Any(Vec::new()), |any, one| any.or(one.node)))
    }
}

impl<E> BitAnd for Condition<E> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<E> BitOr for Condition<E> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<E> Not for Condition<E> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(self.node.negated())
    }
}

impl<E> Clone for Condition<E> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}

impl<E> PartialEq for Condition<E> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<E> fmt::Debug for Condition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition").finish_non_exhaustive()
    }
}
