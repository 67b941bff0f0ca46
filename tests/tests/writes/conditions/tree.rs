//! Conditions joined by `and`, `or` and `not`, together with the predicate that they stand for.

use dynamo_model::Condition;
use proptest::{collection::vec, prelude::*};

use super::{
    leaf::Leaf,
    leaves::leaf,
    sample::{Sample, SampleFields},
};

#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Leaf(Leaf),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

pub(crate) fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_map(Tree::Leaf).prop_recursive(4, 12, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            two.clone().prop_map(|(one, other)| Tree::And(Box::new(one), Box::new(other))),
            two.prop_map(|(one, other)| Tree::Or(Box::new(one), Box::new(other))),
            inner.clone().prop_map(|one| Tree::Not(Box::new(one))),
            vec(inner.clone(), 0..3).prop_map(Tree::All),
            vec(inner, 0..3).prop_map(Tree::Any),
        ]
    })
}

impl Tree {
    pub(crate) fn condition(&self, s: SampleFields) -> Condition<Sample> {
        match self {
            Self::Leaf(leaf) => leaf.condition(s),
            Self::And(one, other) => one.condition(s) & other.condition(s),
            Self::Or(one, other) => one.condition(s) | other.condition(s),
            Self::Not(one) => !one.condition(s),
            Self::All(all) => Condition::all(all.iter().map(|one| one.condition(s))),
            Self::Any(any) => Condition::any(any.iter().map(|one| one.condition(s))),
        }
    }

    pub(crate) fn holds(&self, sample: &Sample) -> bool {
        match self {
            Self::Leaf(leaf) => leaf.holds(sample),
            Self::And(one, other) => one.holds(sample) && other.holds(sample),
            Self::Or(one, other) => one.holds(sample) || other.holds(sample),
            Self::Not(one) => !one.holds(sample),
            Self::All(all) => all.iter().all(|one| one.holds(sample)),
            Self::Any(any) => any.iter().any(|one| one.holds(sample)),
        }
    }
}
