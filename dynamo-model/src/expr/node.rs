//! A condition as a tree, and its text.

use std::{cmp::Ordering, sync::Arc};

use aws_sdk_dynamodb::types::AttributeValue;

use super::{ExpressionErrorKind, Names, Place, Values};
use crate::value::{EncodeError, compare_values};

/// DynamoDB's limit of values after `IN`.
///
/// Source: "Constraints in Amazon DynamoDB", *Expression parameters*.
const IN_LIMIT: usize = 100;

/// DynamoDB's limit of operators and functions in an expression.
///
/// Source: "Constraints in Amazon DynamoDB", *Expression parameters*.
pub(crate) const OPERATOR_LIMIT: usize = 300;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Compare(Operand, &'static str, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    /// A function of a path and, for most, a value.
    Function(&'static str, Place, Option<Operand>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// What DynamoDB would refuse; what it was is not kept, so that no tree is deeper than this.
    TooManyOperators,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    Path(Place),
    Size(Place),
    /// `Ok(None)` is a value that serde leaves out of an item.
    Value(Result<Option<AttributeValue>, Unwritable>),
}

/// Why a value has no form in DynamoDB.
#[derive(Debug, Clone)]
pub struct Unwritable(Arc<EncodeError>);

impl From<EncodeError> for Unwritable {
    fn from(error: EncodeError) -> Self {
        Self(Arc::new(error))
    }
}

impl PartialEq for Unwritable {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

impl Node {
    /// How many operators and functions DynamoDB counts.
    pub(crate) fn operators(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => 1 + left.operators() + right.operators(),
            Self::Between(value, low, high) => 1 + value.operators() + low.operators() + high.operators(),
            Self::In(value, list) => {
                // Each hundred is an `IN` of its own, joined by `OR`.
                let chunks = list.len().div_ceil(IN_LIMIT).max(1);
                value.operators() * chunks + 2 * chunks - 1
            }
            Self::Function(..) => 1,
            Self::All(nodes) if nodes.is_empty() => 0,
            // What can never hold is two functions and an `AND`.
            Self::Any(nodes) if nodes.is_empty() => 3,
            Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter().map(Self::operators).sum::<usize>() + nodes.len().saturating_sub(1)
            }
            Self::Not(node) => 1 + node.operators(),
            Self::TooManyOperators => OPERATOR_LIMIT + 1,
        }
    }

    /// The node, unless DynamoDB would refuse it.
    fn bounded(self) -> Self {
        if self.operators() > OPERATOR_LIMIT { Self::TooManyOperators } else { self }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut nodes), Self::All(more)) => {
                nodes.extend(more);
                Self::All(nodes)
            }
            (Self::All(mut nodes), other) => {
                nodes.push(other);
                Self::All(nodes)
            }
            (node, other) => Self::All(vec![node, other]),
        }
        .bounded()
    }

    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any(mut nodes), Self::Any(more)) => {
                nodes.extend(more);
                Self::Any(nodes)
            }
            (Self::Any(mut nodes), other) => {
                nodes.push(other);
                Self::Any(nodes)
            }
            (node, other) => Self::Any(vec![node, other]),
        }
        .bounded()
    }

    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Not(node) => *node,
            node => Self::Not(Box::new(node)).bounded(),
        }
    }

    /// The attributes of the item that the condition reads.
    pub(crate) fn attributes<'n>(&'n self, found: &mut Vec<&'n str>) {
        match self {
            Self::Compare(left, _, right) => {
                found.extend(left.place().map(Place::attribute));
                found.extend(right.place().map(Place::attribute));
            }
            Self::Between(value, low, high) => {
                found.extend([value, low, high].into_iter().filter_map(Operand::place).map(Place::attribute));
            }
            Self::In(value, list) => {
                found.extend(std::iter::once(value).chain(list).filter_map(Operand::place).map(Place::attribute));
            }
            Self::Function(_, place, _) => found.push(place.attribute()),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.attributes(found)),
            Self::Not(node) => node.attributes(found),
            Self::TooManyOperators => {}
        }
    }
}

impl Operand {
    fn operators(&self) -> usize {
        usize::from(matches!(self, Self::Size(_)))
    }

    fn place(&self) -> Option<&Place> {
        match self {
            Self::Path(place) | Self::Size(place) => Some(place),
            Self::Value(_) => None,
        }
    }
}

/// The placeholders of a request, while its expressions are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    pub(crate) names: Names,
    pub(crate) values: Values,
}

/// How tightly an operator binds; what binds less stands in brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
}

impl Terms {
    /// The condition's text, to stand beside others that are joined by `AND`.
    pub(crate) fn condition(&mut self, node: &Node, type_attribute: &str) -> Result<String, ExpressionErrorKind> {
        self.node(node, Binding::And, type_attribute)
    }

    /// The place's text.
    pub(crate) fn place(&mut self, place: &Place) -> String {
        place.text(&mut self.names)
    }

    fn node(&mut self, node: &Node, inside: Binding, any: &str) -> Result<String, ExpressionErrorKind> {
        Ok(match node {
            Node::Compare(left, operator, right) => match self.absent(left, operator, right)? {
                Some(text) => text,
                None => format!("{} {operator} {}", self.operand(left)?, self.operand(right)?),
            },
            // DynamoDB refuses ends in the wrong order, between which nothing lies.
            Node::Between(_, Operand::Value(Ok(Some(low))), Operand::Value(Ok(Some(high))))
                if compare_values(low, high).is_some_and(Ordering::is_gt) =>
            {
                self.never(any)
            }
            Node::Between(value, low, high) => {
                format!("{} BETWEEN {} AND {}", self.operand(value)?, self.operand(low)?, self.operand(high)?)
            }
            Node::In(_, list) if list.is_empty() => self.never(any),
            Node::In(value, list) => {
                let mut chunks = Vec::new();
                for chunk in list.chunks(IN_LIMIT) {
                    let listed = chunk.iter().map(|operand| self.operand(operand)).collect::<Result<Vec<_>, _>>()?;
                    chunks.push(format!("{} IN ({})", self.operand(value)?, listed.join(", ")));
                }
                let several = chunks.len() > 1;
                let text = chunks.join(" OR ");
                if several && inside > Binding::Or { format!("({text})") } else { text }
            }
            Node::Function(name, place, None) => format!("{name}({})", self.place(place)),
            Node::Function(name, place, Some(operand)) => {
                format!("{name}({}, {})", self.place(place), self.operand(operand)?)
            }
            Node::Any(nodes) if nodes.is_empty() => self.never(any),
            Node::All(nodes) if nodes.is_empty() => {
                let never = self.never(any);
                format!("NOT {never}")
            }
            Node::All(nodes) => self.joined(nodes, " AND ", Binding::And, inside, any)?,
            Node::Any(nodes) => self.joined(nodes, " OR ", Binding::Or, inside, any)?,
            Node::Not(node) => format!("NOT {}", self.node(node, Binding::Not, any)?),
            Node::TooManyOperators => return Err(ExpressionErrorKind::TooManyOperators),
        })
    }

    fn joined(
        &mut self,
        nodes: &[Node],
        by: &str,
        binding: Binding,
        inside: Binding,
        any: &str,
    ) -> Result<String, ExpressionErrorKind> {
        let inner = if nodes.len() == 1 { inside } else { binding };
        let texts = nodes.iter().map(|node| self.node(node, inner, any)).collect::<Result<Vec<_>, _>>()?;
        let text = texts.join(by);
        Ok(if inside > binding && nodes.len() > 1 { format!("({text})") } else { text })
    }

    /// DynamoDB has no constants.
    fn never(&mut self, attribute: &str) -> String {
        let name = self.names.number(attribute);
        format!("(attribute_exists({name}) AND attribute_not_exists({name}))")
    }

    /// A comparison with a value that serde leaves out: the attribute is not there, or is.
    fn absent(
        &mut self,
        left: &Operand,
        operator: &str,
        right: &Operand,
    ) -> Result<Option<String>, ExpressionErrorKind> {
        let (Operand::Path(place), Operand::Value(Ok(None))) = (left, right) else { return Ok(None) };
        let place = self.place(place);
        Ok(match operator {
            "=" => Some(format!("attribute_not_exists({place})")),
            "<>" => Some(format!("attribute_exists({place})")),
            _ => return Err(ExpressionErrorKind::NoValue),
        })
    }

    fn operand(&mut self, operand: &Operand) -> Result<String, ExpressionErrorKind> {
        Ok(match operand {
            Operand::Path(place) => self.place(place),
            Operand::Size(place) => format!("size({})", self.place(place)),
            Operand::Value(Ok(Some(value))) => self.values.numbered(value.clone()),
            Operand::Value(Ok(None)) => return Err(ExpressionErrorKind::NoValue),
            Operand::Value(Err(Unwritable(error))) => {
                return Err(ExpressionErrorKind::Encode(Arc::clone(error)));
            }
        })
    }
}

impl Unwritable {
    pub(crate) fn shared(&self) -> Arc<EncodeError> {
        Arc::clone(&self.0)
    }
}
