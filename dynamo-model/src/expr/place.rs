//! Where in an item a value lies.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use aws_sdk_dynamodb::types::AttributeValue;

use super::Names;

/// Where in an item a value lies.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    root: &'static str,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Name(Cow<'static, str>),
    Index(usize),
}

impl Place {
    /// An attribute of the item.
    #[must_use]
    pub const fn root(attribute: &'static str) -> Self {
        Self { root: attribute, steps: Vec::new() }
    }

    /// A field of the struct that lies here.
    #[must_use]
    pub fn then(&self, name: &'static str) -> Self {
        self.step(Step::Name(Cow::Borrowed(name)))
    }

    pub(super) fn step(&self, step: Step) -> Self {
        let mut place = self.clone();
        place.steps.push(step);
        place
    }

    /// The attribute of the item.
    pub(crate) fn attribute(&self) -> &str {
        self.root
    }

    pub(crate) fn is_attribute(&self) -> bool {
        self.steps.is_empty()
    }

    /// The list that this place lies in, or the place itself: of a list, DynamoDB gives the elements that were asked for
    /// without those between, so that none is at its place.
    pub(crate) fn outside_lists(&self) -> Self {
        let names = self.steps.iter().take_while(|step| matches!(step, Step::Name(_)));
        Self { root: self.root, steps: names.cloned().collect() }
    }

    /// Whether the other lies inside, or both are one.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.root == other.root && other.steps.starts_with(&self.steps)
    }

    /// Whether one lies inside the other, or both are one.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// The place in an expression.
    pub(crate) fn text(&self, names: &mut Names) -> String {
        let mut text = names.number(self.root);
        for step in &self.steps {
            match step {
                Step::Name(name) => {
                    text.push('.');
                    text.push_str(&names.number(name));
                }
                // Writing to a `String` does not fail.
                Step::Index(index) => drop(write!(text, "[{index}]")),
            }
        }
        text
    }

    /// Whether the item, or the map in it, is there that the value would lie in.
    pub(crate) fn is_in_something(&self, item: &crate::value::Item) -> bool {
        let Some((_, outside)) = self.steps.split_last() else { return true };
        Self::walk(self.root, outside, item).is_some_and(AttributeValue::is_m)
    }

    /// The value at this place of an item.
    pub(crate) fn find<'i>(&self, item: &'i crate::value::Item) -> Option<&'i AttributeValue> {
        Self::walk(self.root, &self.steps, item)
    }

    fn walk<'i>(root: &str, steps: &[Step], item: &'i crate::value::Item) -> Option<&'i AttributeValue> {
        let mut value = item.get(root)?;
        for step in steps {
            value = match (step, value) {
                (Step::Name(name), AttributeValue::M(map)) => map.get(&**name)?,
                (Step::Index(index), AttributeValue::L(list)) => list.get(*index)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.root)?;
        for step in &self.steps {
            match step {
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
