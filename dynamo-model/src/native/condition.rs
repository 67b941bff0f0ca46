//! The key condition of a query by a native index.

use std::{cmp::Ordering, ops::Bound};

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    NativeValue,
    neighbour::{after, before},
    stored::{fits, is_of},
};
use crate::{
    expr::Terms,
    key::{KeyError, KeyErrorKind, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT},
    schema::{NativeField, NativePattern},
    value::compare_values,
};

/// What a query by a native index is given: the partition, sort attributes from the left, and a condition on the next.
#[derive(Clone, PartialEq)]
pub(crate) struct NativeKey {
    pattern: &'static NativePattern,
    partition: Vec<AttributeValue>,
    given: Vec<AttributeValue>,
    condition: NativeRange,
    /// A range was given, so nothing follows.
    closed: bool,
}

/// The condition on the sort attribute behind those that are given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NativeRange {
    All,
    /// Nothing can match, so nothing is sent.
    Nothing,
    AtLeast(AttributeValue),
    Above(AttributeValue),
    AtMost(AttributeValue),
    Below(AttributeValue),
    /// Both ends are included.
    Between(AttributeValue, AttributeValue),
}

impl NativeKey {
    pub(crate) fn new(pattern: &'static NativePattern, partition: &[&dyn NativeValue]) -> Result<Self, KeyError> {
        let fields = pattern.partition.iter().zip(partition);
        let partition = fields
            .map(|(field, value)| single(pattern, field, *value, PARTITION_KEY_LIMIT))
            .collect::<Result<_, _>>()?;
        Ok(Self { pattern, partition, given: Vec::new(), condition: NativeRange::All, closed: false })
    }

    /// Gives the next sort attribute one value.
    pub(crate) fn give(&mut self, value: &dyn NativeValue) -> Result<(), KeyError> {
        if let Some(field) = self.next() {
            self.given.push(single(self.pattern, field, value, SORT_KEY_LIMIT)?);
        }
        Ok(())
    }

    /// Gives the next sort attribute a range.
    pub(crate) fn range(
        &mut self,
        low: Bound<&dyn NativeValue>,
        high: Bound<&dyn NativeValue>,
    ) -> Result<(), KeyError> {
        let Some(field) = self.next() else { return Ok(()) };
        let end = |bound| self.end(field, bound);
        match condition(field, end(low)?, end(high)?) {
            // One value is asked for as if it were given, so that both are one query.
            NativeRange::Between(low, high) if low == high => self.given.push(low),
            range => self.condition = range,
        }
        self.closed = true;
        Ok(())
    }

    fn next(&self) -> Option<&'static NativeField> {
        self.pattern.sort.get(self.given.len()).filter(|_| !self.closed)
    }

    fn end(
        &self,
        field: &'static NativeField,
        bound: Bound<&dyn NativeValue>,
    ) -> Result<Bound<AttributeValue>, KeyError> {
        let value = |value| encoded(self.pattern, field, value, SORT_KEY_LIMIT);
        Ok(match bound {
            Bound::Included(end) => Bound::Included(value(end)?),
            Bound::Excluded(end) => Bound::Excluded(value(end)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }

    pub(crate) fn condition(&self) -> &NativeRange {
        &self.condition
    }

    /// The attributes that have one value each, with it.
    pub(crate) fn fixed(&self) -> impl Iterator<Item = (&'static NativeField, &AttributeValue)> {
        let sort = self.pattern.sort.iter().zip(&self.given);
        self.pattern.partition.iter().zip(&self.partition).chain(sort)
    }

    /// The sort attributes that differ between the items of the query.
    pub(crate) fn open(&self) -> &'static [NativeField] {
        self.pattern.sort.get(self.given.len()..).unwrap_or_default()
    }

    /// Nothing can match: the error for who asks to send it all the same.
    pub(crate) fn nothing(&self) -> Option<KeyError> {
        let field = self.open().first().filter(|_| self.condition == NativeRange::Nothing)?;
        Some(error(self.pattern, field, None, KeyErrorKind::EmptyRange))
    }

    /// The key condition, in the placeholders of `terms`.
    pub(crate) fn expression(&self, terms: &mut Terms) -> String {
        let Terms { names, values } = terms;
        let partitions = self.pattern.partition.len();
        let mut conditions = Vec::new();
        for (at, (field, value)) in self.fixed().enumerate() {
            let (part, at) = if at < partitions { ("pk", at) } else { ("sk", at - partitions) };
            let name = names.add(&format!("#{part}{at}"), field.attribute);
            conditions.push(format!("{name} = {}", values.add(&format!(":{part}{at}"), value.clone())));
        }
        if let Some(field) = self.open().first() {
            let at = self.given.len();
            let mut compare = |operator: &str, value: &AttributeValue| {
                let name = names.add(&format!("#sk{at}"), field.attribute);
                conditions.push(format!("{name} {operator} {}", values.add(&format!(":sk{at}"), value.clone())));
            };
            match &self.condition {
                NativeRange::All | NativeRange::Nothing => {}
                NativeRange::AtLeast(value) => compare(">=", value),
                NativeRange::Above(value) => compare(">", value),
                NativeRange::AtMost(value) => compare("<=", value),
                NativeRange::Below(value) => compare("<", value),
                NativeRange::Between(low, high) => {
                    let name = names.add(&format!("#sk{at}"), field.attribute);
                    let (low, high) = (values.add(":low", low.clone()), values.add(":high", high.clone()));
                    conditions.push(format!("{name} BETWEEN {low} AND {high}"));
                }
            }
        }
        conditions.join(" AND ")
    }
}

impl NativeRange {
    /// Whether a value meets the condition.
    pub(crate) fn matches(&self, value: &AttributeValue) -> bool {
        let compared = |other, holds: fn(Ordering) -> bool| compare_values(value, other).is_some_and(holds);
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::AtLeast(low) => compared(low, Ordering::is_ge),
            Self::Above(low) => compared(low, Ordering::is_gt),
            Self::AtMost(high) => compared(high, Ordering::is_le),
            Self::Below(high) => compared(high, Ordering::is_lt),
            Self::Between(low, high) => compared(low, Ordering::is_ge) && compared(high, Ordering::is_le),
        }
    }
}

/// A value that an attribute can have.
fn single(
    pattern: &'static NativePattern,
    field: &'static NativeField,
    value: &dyn NativeValue,
    limit: usize,
) -> Result<AttributeValue, KeyError> {
    let value = encoded(pattern, field, value, limit)?;
    fits(field.form, limit, &value).map_err(|kind| error(pattern, field, Some(field.field), kind))?;
    Ok(value)
}

/// A value of the attribute's type, which may be empty: nothing sorts before it.
fn encoded(
    pattern: &'static NativePattern,
    field: &'static NativeField,
    value: &dyn NativeValue,
    limit: usize,
) -> Result<AttributeValue, KeyError> {
    let refuse = |kind| error(pattern, field, Some(field.field), kind);
    let value =
        value.to_value().map_err(|error| refuse(KeyErrorKind::Part(format!("has no form to query by: {error}"))))?;
    is_of(field.form, &value).map_err(refuse)?;
    if !is_empty(&value) {
        fits(field.form, limit, &value).map_err(refuse)?;
    }
    Ok(value)
}

fn error(
    pattern: &'static NativePattern,
    field: &NativeField,
    guilty: Option<&'static str>,
    kind: KeyErrorKind,
) -> KeyError {
    KeyError::new(pattern.entity, field.attribute, guilty, kind).on_index(pattern.index)
}

fn is_empty(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::S(text) => text.is_empty(),
        AttributeValue::B(bytes) => bytes.as_ref().is_empty(),
        _ => false,
    }
}

/// The one condition that says both ends.
fn condition(field: &NativeField, low: Bound<AttributeValue>, high: Bound<AttributeValue>) -> NativeRange {
    // No attribute of a key is empty, so each lies above an empty end.
    let low = match low {
        Bound::Included(value) | Bound::Excluded(value) if is_empty(&value) => Bound::Unbounded,
        low => low,
    };
    match (low, high) {
        (_, Bound::Included(high) | Bound::Excluded(high)) if is_empty(&high) => NativeRange::Nothing,
        (Bound::Unbounded, Bound::Unbounded) => NativeRange::All,
        (Bound::Included(low), Bound::Unbounded) => NativeRange::AtLeast(low),
        (Bound::Excluded(low), Bound::Unbounded) => NativeRange::Above(low),
        (Bound::Unbounded, Bound::Included(high)) => NativeRange::AtMost(high),
        (Bound::Unbounded, Bound::Excluded(high)) => NativeRange::Below(high),
        (low, high) => {
            let low = match low {
                Bound::Included(low) => Some(low),
                Bound::Excluded(low) => after(&low, field.form),
                Bound::Unbounded => None,
            };
            let high = match high {
                Bound::Included(high) => Some(high),
                Bound::Excluded(high) => before(&high, field.form),
                Bound::Unbounded => None,
            };
            match (low, high) {
                (Some(low), Some(high)) => match compare_values(&low, &high) {
                    Some(Ordering::Less) => NativeRange::Between(low, high),
                    Some(Ordering::Equal) => NativeRange::Between(low.clone(), low),
                    _ => NativeRange::Nothing,
                },
                _ => NativeRange::Nothing,
            }
        }
    }
}
