//! All that one update changes, and its text.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    ExpressionErrorKind, Form, Node, Part, Path, Place, Terms,
    action::{Calculation, Change, What},
    node::{Operand, Unwritable},
};
use crate::{
    key::{KeyError, Parts, PrimaryKey},
    schema::{EntitySchema, TableSchema},
    value::Item,
};

/// The changes of one update, while they are gathered.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    schema: &'static EntitySchema,
    list: Vec<Change>,
    /// The fields of which a change that sets several together has spoken.
    tied: Vec<Place>,
    /// One of which a second such change has spoken: a key cannot follow both.
    tied_twice: Option<Place>,
    /// What has to hold still for the keys to be right.
    guards: Vec<Node>,
    /// Index key attributes; `None` is removed.
    keys: BTreeMap<&'static str, Option<String>>,
    uniques: Vec<UniqueChange>,
    /// The TTL of the item after the update, where its unique constraints have to follow.
    expires: Option<AttributeValue>,
    failed: Option<KeyError>,
}

/// A unique constraint whose value may change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UniqueChange {
    /// Its position in the schema.
    pub(crate) at: usize,
    pub(crate) old: Option<PrimaryKey>,
    pub(crate) new: Option<PrimaryKey>,
}

/// An update expression in pieces.
#[derive(Debug, Default)]
pub(crate) struct UpdateText {
    pub(crate) set: Vec<String>,
    pub(crate) remove: Vec<String>,
    pub(crate) add: Vec<String>,
    pub(crate) delete: Vec<String>,
    /// Conditions without which the change would be wrong.
    pub(crate) guards: Vec<String>,
}

impl Changes {
    pub(crate) fn new(schema: &'static EntitySchema) -> Self {
        Self {
            schema,
            list: Vec::new(),
            tied: Vec::new(),
            tied_twice: None,
            guards: Vec::new(),
            keys: BTreeMap::new(),
            uniques: Vec::new(),
            expires: None,
            failed: None,
        }
    }

    pub(crate) fn push(&mut self, change: Change) {
        self.list.push(change);
    }

    /// A field of several that are set together: sets it, and asks that it still is what was given.
    pub fn tied<E, T, S, F: Form<T>>(&mut self, path: &Path<E, T, S, F>, part: &Part<T>) {
        let place = path.place().clone();
        if part.value().is_some() {
            if self.tied.contains(&place) {
                self.tied_twice.get_or_insert(place);
            } else {
                self.tied.push(place);
            }
        }
        if let Some(value) = part.new_value() {
            let value = path.form().encode(value).map_err(Into::into);
            self.push(Change { place: path.place().clone(), what: What::Set(Operand::Value(value)) });
        }
        if let Some(value) = part.old_value() {
            let place = path.place().clone();
            self.guards.push(match path.form().encode(value).map_err(Unwritable::from) {
                Ok(Some(AttributeValue::Null(_))) => {
                    let null = Operand::Value(Ok(Some(AttributeValue::S("NULL".to_owned()))));
                    Node::Function("attribute_not_exists", place.clone(), None).or(Node::Function(
                        "attribute_type",
                        place,
                        Some(null),
                    ))
                }
                value => Node::Compare(Operand::Path(place), "=", Operand::Value(value)),
            });
        }
    }

    /// The key of the entity's index at this position.
    pub fn index(&mut self, at: usize, partition: Parts<'_>, sort: Parts<'_>) {
        let Some(pattern) = self.schema.indexes.get(at) else { return };
        match pattern.key.build(partition, sort) {
            Ok(key) => {
                let attributes = pattern.key.attributes();
                self.keys.insert(attributes.partition, Some(key.partition));
                if let (Some(attribute), Some(text)) = (attributes.sort, key.sort) {
                    self.keys.insert(attribute, Some(text));
                }
            }
            Err(error) => self.fail(error),
        }
    }

    /// The item is not in the entity's index at this position.
    pub fn no_index(&mut self, at: usize) {
        let Some(pattern) = self.schema.indexes.get(at) else { return };
        let attributes = pattern.key.attributes();
        for attribute in std::iter::once(attributes.partition).chain(attributes.sort) {
            // Another index that has this attribute too may be in use.
            self.keys.entry(attribute).or_insert(None);
        }
    }

    /// The values of the entity's unique constraint at this position, before and after; `None` is none.
    pub fn unique(&mut self, at: usize, old: Option<Parts<'_>>, new: Option<Parts<'_>>) {
        let Some(unique) = self.schema.uniques.get(at) else { return };
        let key = |parts: Option<Parts<'_>>| parts.map(|parts| unique.key.build(parts, &[])).transpose();
        match (key(old), key(new)) {
            (Ok(old), Ok(new)) => self.uniques.push(UniqueChange { at, old, new }),
            (Err(error), _) | (_, Err(error)) => self.fail(error),
        }
    }

    /// When the item expires after the update.
    pub fn expires<E, T, S, F: Form<T>>(&mut self, path: &Path<E, T, S, F>, value: &T) {
        // What cannot be encoded is reported by the field's own change.
        self.expires = path.form().encode(value).ok().flatten();
    }

    fn fail(&mut self, error: KeyError) {
        self.failed.get_or_insert(error);
    }

    pub(crate) fn failed(&self) -> Option<&KeyError> {
        self.failed.as_ref()
    }

    pub(crate) fn uniques(&self) -> &[UniqueChange] {
        &self.uniques
    }

    pub(crate) fn expiry(&self) -> Option<&AttributeValue> {
        self.expires.as_ref()
    }

    /// The attributes that become a value which is known here.
    pub(crate) fn values(&self) -> Item {
        let set =
            self.list.iter().filter(|change| change.place.is_attribute()).filter_map(|change| match &change.what {
                What::Set(Operand::Value(Ok(Some(value)))) | What::Calculated(_, Ok(Some(value)), _) => {
                    Some((change.place.attribute().to_owned(), value.clone()))
                }
                _ => None,
            });
        set.collect()
    }

    /// Whether doing it twice leaves what doing it once leaves, whatever the item held.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.guards.is_empty() && self.list.iter().all(Change::is_repeatable)
    }

    /// The update expression, in the placeholders of `terms`.
    pub(crate) fn write(
        &self,
        terms: &mut Terms,
        table: &TableSchema,
    ) -> Result<UpdateText, (Option<String>, ExpressionErrorKind)> {
        let mut text = UpdateText::default();
        self.said_once()?;
        for Change { place, what } in &self.list {
            let at = |kind| (Some(place.to_string()), kind);
            let unwritable = |error: &Unwritable| at(ExpressionErrorKind::Encode(error.shared()));
            match what {
                What::Set(Operand::Value(Err(error))) | What::Calculated(_, Err(error), _) => {
                    return Err(unwritable(error));
                }
                What::Set(Operand::Value(Ok(value))) => match value {
                    // An index takes no NULL.
                    Some(AttributeValue::Null(_)) if is_key_attribute(table, place) => {
                        text.remove.push(terms.place(place));
                    }
                    None => text.remove.push(terms.place(place)),
                    Some(value) => {
                        let set = format!("{} = {}", terms.place(place), terms.values.numbered(value.clone()));
                        text.set.push(set);
                    }
                },
                What::Set(Operand::Path(other) | Operand::Size(other)) => {
                    text.set.push(format!("{} = {}", terms.place(place), terms.place(other)));
                }
                What::Remove => text.remove.push(terms.place(place)),
                // Nothing is added or taken away.
                What::Calculated(_, Ok(None | Some(AttributeValue::Null(_))), _) => {}
                What::Calculated(calculation, Ok(Some(value)), range) => {
                    calculate(*calculation, place, value, *range, terms, &mut text);
                }
            }
        }
        for (attribute, key) in &self.keys {
            if table.key.partition == *attribute || table.key.sort == Some(attribute) {
                continue;
            }
            // A field that is the key attribute itself was set above, to the same text.
            if self.list.iter().any(|change| change.place.is_attribute() && change.place.attribute() == *attribute) {
                continue;
            }
            let name = terms.names.add(&format!("#{attribute}"), attribute);
            match key {
                Some(key) => {
                    let value = terms.values.text(&format!(":{attribute}"), key);
                    text.set.push(format!("{name} = {value}"));
                }
                None => text.remove.push(name),
            }
        }
        for guard in &self.guards {
            let guard = terms.condition(guard, table.type_attribute).map_err(|kind| (None, kind))?;
            text.guards.push(guard);
        }
        Ok(text)
    }

    /// DynamoDB takes one change of a path, and none inside another. Fields that are set together are changed at once,
    /// since the keys that are made of them are those of the last change.
    fn said_once(&self) -> Result<(), (Option<String>, ExpressionErrorKind)> {
        if let Some(place) = &self.tied_twice {
            return Err((Some(place.to_string()), ExpressionErrorKind::Twice));
        }
        for (at, change) in self.list.iter().enumerate() {
            if self.list[..at].iter().any(|other| other.place.overlaps(&change.place)) {
                return Err((Some(change.place.to_string()), ExpressionErrorKind::Twice));
            }
        }
        Ok(())
    }
}

fn is_key_attribute(table: &TableSchema, place: &Place) -> bool {
    place.is_attribute() && table.synthetic_attributes().any(|attribute| attribute == place.attribute())
}

fn calculate(
    calculation: Calculation,
    place: &Place,
    value: &AttributeValue,
    range: Option<(i128, i128)>,
    terms: &mut Terms,
    text: &mut UpdateText,
) {
    let name = terms.place(place);
    if let Some(guard) = range.and_then(|range| in_range(calculation, &name, value, range, terms)) {
        text.guards.push(guard);
    }
    let value = terms.values.numbered(value.clone());
    let mut or_zero = |empty| format!("if_not_exists({name}, {})", terms.values.add(":none", empty));
    match calculation {
        Calculation::IfAbsent => text.set.push(format!("{name} = if_not_exists({name}, {value})")),
        Calculation::Plus => {
            text.set.push(format!("{name} = {} + {value}", or_zero(AttributeValue::N("0".to_owned()))));
        }
        Calculation::Minus => {
            text.set.push(format!("{name} = {} - {value}", or_zero(AttributeValue::N("0".to_owned()))));
        }
        Calculation::Append => {
            text.set.push(format!("{name} = list_append({}, {value})", or_zero(AttributeValue::L(Vec::new()))));
        }
        Calculation::Prepend => {
            text.set.push(format!("{name} = list_append({value}, {})", or_zero(AttributeValue::L(Vec::new()))));
        }
        Calculation::Union => text.add.push(format!("{name} {value}")),
        Calculation::Difference => text.delete.push(format!("{name} {value}")),
    }
}

/// The condition that the result fits the field's type, so that the item can still be read.
fn in_range(
    calculation: Calculation,
    name: &str,
    value: &AttributeValue,
    (least, greatest): (i128, i128),
    terms: &mut Terms,
) -> Option<String> {
    let AttributeValue::N(text) = value else { return None };
    let number: i128 = text.parse().ok()?;
    let difference = match calculation {
        Calculation::Plus => number,
        Calculation::Minus => number.checked_neg()?,
        _ => return None,
    };
    let (operator, bound) = if difference >= 0 {
        ("<=", greatest.checked_sub(difference)?)
    } else {
        (">=", least.checked_sub(difference)?)
    };
    let fits = format!("{name} {operator} {}", terms.values.numbered(AttributeValue::N(bound.to_string())));
    // One that is not there counts as 0.
    let from_nothing = least <= difference && difference <= greatest;
    Some(if from_nothing { format!("(attribute_not_exists({name}) OR {fits})") } else { fits })
}

impl UpdateText {
    /// The whole update expression.
    pub(crate) fn text(&self) -> String {
        let clauses = [("SET", &self.set), ("REMOVE", &self.remove), ("ADD", &self.add), ("DELETE", &self.delete)];
        let clauses = clauses.iter().filter(|(_, list)| !list.is_empty());
        clauses.map(|(verb, list)| format!("{verb} {}", list.join(", "))).collect::<Vec<_>>().join(" ")
    }
}
