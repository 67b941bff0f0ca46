//! Placeholders: what stands in an expression for an attribute's name or a value.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

/// Attribute names of one request's expressions. Each attribute has one placeholder, whoever asks for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(Vec<Name>);

#[derive(Debug, Clone)]
struct Name {
    placeholder: String,
    attribute: String,
}

impl Names {
    /// The attribute's placeholder: the one that it has, the one proposed, or a number where that is taken.
    pub(crate) fn add(&mut self, proposed: &str, attribute: &str) -> String {
        self.find(attribute).unwrap_or_else(|| {
            let taken = self.0.iter().any(|name| name.placeholder == proposed);
            if taken { self.insert_numbered(attribute) } else { self.insert(proposed.to_owned(), attribute) }
        })
    }

    /// The attribute's placeholder: the one that it has, or a number.
    pub(crate) fn number(&mut self, attribute: &str) -> String {
        self.find(attribute).unwrap_or_else(|| self.insert_numbered(attribute))
    }

    pub(crate) fn into_sdk(self) -> Option<HashMap<String, String>> {
        let names = self.0.into_iter().map(|name| (name.placeholder, name.attribute));
        Some(names.collect::<HashMap<_, _>>()).filter(|names| !names.is_empty())
    }

    /// The attributes in the order in which they were first asked for.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|name| &*name.attribute)
    }

    fn find(&self, attribute: &str) -> Option<String> {
        self.0.iter().find(|name| name.attribute == attribute).map(|name| name.placeholder.clone())
    }

    fn insert_numbered(&mut self, attribute: &str) -> String {
        self.insert(format!("#{}", self.0.len()), attribute)
    }

    fn insert(&mut self, placeholder: String, attribute: &str) -> String {
        self.0.push(Name { placeholder: placeholder.clone(), attribute: attribute.to_owned() });
        placeholder
    }
}

/// Values of one request's expressions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(HashMap<String, AttributeValue>);

impl Values {
    pub(crate) fn text(&mut self, proposed: &str, text: impl Into<String>) -> String {
        self.add(proposed, AttributeValue::S(text.into()))
    }

    pub(crate) fn number(&mut self, proposed: &str, number: &impl ToString) -> String {
        self.add(proposed, AttributeValue::N(number.to_string()))
    }

    /// The value's placeholder: the one proposed, or a number where another value has taken that.
    pub(crate) fn add(&mut self, proposed: &str, value: AttributeValue) -> String {
        match self.0.get(proposed) {
            None => self.insert(proposed.to_owned(), value),
            Some(known) if *known == value => proposed.to_owned(),
            Some(_) => self.numbered(value),
        }
    }

    /// A placeholder with a number.
    pub(crate) fn numbered(&mut self, value: AttributeValue) -> String {
        self.insert(format!(":{}", self.0.len()), value)
    }

    /// The values with numbers, in the order of these.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &AttributeValue> {
        (0..self.0.len()).filter_map(|number| self.0.get(&format!(":{number}")))
    }

    pub(crate) fn into_sdk(self) -> Option<HashMap<String, AttributeValue>> {
        Some(self.0).filter(|values| !values.is_empty())
    }

    fn insert(&mut self, placeholder: String, value: AttributeValue) -> String {
        self.0.insert(placeholder.clone(), value);
        placeholder
    }
}
