//! Writes of single items, before they become one request or part of a transaction.

mod current;
mod held;
mod over;
mod refused;
mod sdk;
mod send;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};

pub use current::Current;
pub(crate) use held::{HELD_TYPE, follow, held_by, owner_of};
pub(crate) use over::send_over;
pub(crate) use refused::refused;
pub use sdk::{FromWrite, OneOrMany};
pub(crate) use send::{send, send_as_transaction};

use super::Context;
use crate::{
    entity::Entity,
    error::{Error, Operation},
    expr::{Condition, ExpressionError, ExpressionErrorKind, Node, Terms},
    schema::{EntitySchema, Schema},
    table::Table,
    value::Item,
};

/// All that one request writes: an item, and the items that hold its unique values.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) main: ItemWrite,
    pub(crate) held: Vec<ItemWrite>,
}

/// A write of one item.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct ItemWrite {
    pub(crate) facts: Facts,
    pub(crate) table: String,
    pub(crate) act: Act,
    conditions: Vec<String>,
    pub(crate) terms: Terms,
    /// Whether doing it twice leaves what doing it once leaves, or a second time is refused and told apart.
    pub(crate) repeats: bool,
    pub(crate) returning: Option<ReturnValue>,
}

/// What is done to the item.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Put(Item),
    /// Without an expression only the condition is checked.
    Update {
        key: Item,
        expression: Option<String>,
    },
    Delete(Item),
    Check(Item),
}

/// What is known of a write, to tell why its condition did not hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) schema: Schema,
    pub(crate) entity: &'static EntitySchema,
    pub(crate) operation: Operation,
    pub(crate) rule: Rule,
    /// The version that the item is to have before the write.
    pub(crate) version: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// There is no such item.
    Absent,
    /// There is no such item, as its version says.
    NeverStored,
    /// There is such an item.
    Present,
    /// There may be such an item.
    Any,
    /// The item holds the values of these unique fields, for nobody else.
    Held(&'static [&'static str]),
}

impl Plan {
    /// A write on which nothing else depends.
    pub(crate) fn alone(main: ItemWrite) -> Self {
        Self { main, held: Vec::new() }
    }

    /// The caller's write, then those that follow from it.
    pub(crate) fn into_writes(self) -> impl Iterator<Item = ItemWrite> {
        std::iter::once(self.main).chain(self.held)
    }
}

impl ItemWrite {
    pub(crate) fn new<E: Entity>(operation: Operation, context: &Context, act: Act, rule: Rule) -> Self {
        Self {
            facts: Self::facts::<E>(operation, rule),
            table: context.table.clone(),
            act,
            conditions: Vec::new(),
            terms: Terms::default(),
            repeats: true,
            returning: None,
        }
    }

    /// What is known of such a write.
    pub(crate) fn facts<E: Entity>(operation: Operation, rule: Rule) -> Facts {
        Facts { schema: E::Table::SCHEMA, entity: E::SCHEMA, operation, rule, version: None }
    }

    /// The write happens only where this holds too.
    pub(crate) fn require(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// The write happens only where the caller's condition holds too.
    pub(crate) fn require_node(&mut self, node: &Node) -> Result<(), Error> {
        let text =
            self.terms.condition(node, self.facts.schema.table.type_attribute).map_err(|kind| self.invalid(kind))?;
        self.conditions.push(text);
        Ok(())
    }

    /// The same for what may be given or not.
    pub(crate) fn require_condition<E>(&mut self, condition: Option<Condition<E>>) -> Result<(), Error> {
        condition.map_or(Ok(()), |condition| self.require_node(&condition.into_node()))
    }

    /// The write happens only where the stored version is this.
    pub(crate) fn require_version(&mut self, attribute: &str, version: u64) {
        let name = self.terms.names.add("#version", attribute);
        let value = self.terms.values.number(":version", &version);
        self.conditions.push(format!("{name} = {value}"));
        self.facts.version = Some(version);
    }

    /// The write happens only where the attribute is what was read.
    pub(crate) fn require_unchanged(&mut self, attribute: &str, read: Option<&AttributeValue>) {
        let name = self.terms.names.number(attribute);
        self.conditions.push(match read {
            Some(value) => format!("{name} = {}", self.terms.values.numbered(value.clone())),
            None => format!("attribute_not_exists({name})"),
        });
    }

    /// The condition's text.
    pub(crate) fn condition(&self) -> Option<String> {
        match &*self.conditions {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(several.join(" AND ")),
        }
    }

    /// DynamoDB's limits for expressions, which the engines do not all keep.
    ///
    /// # Errors
    ///
    /// [`Error::Expression`] if one is passed.
    pub(crate) fn checked(self) -> Result<Self, Error> {
        let update = match &self.act {
            Act::Update { expression, .. } => expression.clone(),
            _ => None,
        };
        for text in self.condition().into_iter().chain(update) {
            check_expression(&text).map_err(|kind| self.invalid(kind))?;
        }
        Ok(self)
    }

    pub(crate) fn invalid(&self, kind: ExpressionErrorKind) -> Error {
        Error::Expression(ExpressionError::new(self.facts.entity.name, self.facts.operation, kind))
    }

    /// The attributes of the item's primary key.
    pub(crate) fn key(&self) -> Item {
        match &self.act {
            Act::Put(item) => {
                let key = self.facts.schema.table.key;
                let attributes = std::iter::once(key.partition).chain(key.sort);
                attributes.filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect()
            }
            Act::Update { key, .. } | Act::Delete(key) | Act::Check(key) => key.clone(),
        }
    }
}

/// DynamoDB's limit of an expression, in bytes.
///
/// Source: "Constraints in Amazon DynamoDB", *Expression parameters*.
const EXPRESSION_LIMIT: usize = 4096;

/// Checks an expression against DynamoDB's limits.
pub(crate) fn check_expression(text: &str) -> Result<(), ExpressionErrorKind> {
    if text.len() > EXPRESSION_LIMIT {
        return Err(ExpressionErrorKind::TooLong { bytes: text.len() });
    }
    // Names and values are placeholders, so every other word is DynamoDB's.
    let words = text.split([' ', '(', ')', ',', '.', '[', ']']).filter(|word| !word.is_empty());
    let is_operator = |word: &&str| {
        !word.starts_with(['#', ':'])
            && !word.starts_with(|c: char| c.is_ascii_digit())
            && !matches!(*word, "SET" | "REMOVE" | "ADD" | "DELETE")
    };
    if words.filter(is_operator).count() > crate::expr::OPERATOR_LIMIT {
        return Err(ExpressionErrorKind::TooManyOperators);
    }
    Ok(())
}
