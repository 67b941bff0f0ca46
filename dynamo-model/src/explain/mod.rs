//! What a request asks of DynamoDB: in one line for people, in DynamoDB's JSON for tools.

mod cost;
mod json;
mod sdk;

use std::{collections::BTreeMap, fmt};

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{error::Error, schema::TableSchema};

pub use cost::RequestCost;

/// A request, explained.
///
/// [`Display`](fmt::Display) is one line with names and values in place of placeholders; serialised, it is the body of
/// the request in DynamoDB's JSON, as `aws dynamodb query --cli-input-json` takes it. Both show the request's values.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    operation: &'static str,
    members: Vec<(&'static str, Member)>,
    /// Why nothing would be sent.
    unsent: Option<String>,
    /// Whose indexes the items of the request may be in.
    table: Option<&'static TableSchema>,
    /// How many requests like this one are sent.
    requests: usize,
}

/// A member of the request's body.
#[derive(Debug, Clone, PartialEq)]
enum Member {
    Text(String),
    Number(i64),
    Bool(bool),
    Names(BTreeMap<String, String>),
    Item(BTreeMap<String, AttributeValue>),
    /// The requests of a transaction or a batch.
    Requests(Vec<Explanation>),
    /// What a batch asks of each table.
    Tables(BTreeMap<String, Box<Member>>),
    Nested(Box<Explanation>),
    Items(Vec<BTreeMap<String, AttributeValue>>),
}

impl Explanation {
    fn new(operation: &'static str) -> Self {
        Self { operation, members: Vec::new(), unsent: None, table: None, requests: 1 }
    }

    pub(crate) fn refused(operation: &'static str, error: &Error) -> Self {
        Self { operation, members: Vec::new(), unsent: Some(error.to_string()), table: None, requests: 0 }
    }

    /// The first of several requests that differ in their partitions.
    pub(crate) fn first_of(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    /// How many requests are sent before there is an answer: one for each partition where items are spread, and else one
    /// that is shown. None if nothing would be sent.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.requests
    }

    /// DynamoDB's operation, such as `Query`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why nothing would be sent: a key that cannot be built, or a range that is empty.
    #[must_use]
    pub fn unsent(&self) -> Option<&str> {
        self.unsent.as_deref()
    }

    fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.member(name)? {
            Member::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The expression with names and values in place of its placeholders.
    fn spelled(&self, expression: &str) -> String {
        let mut spelled = String::with_capacity(expression.len() * 2);
        let mut rest = expression;
        while let Some(at) = rest.find(['#', ':']) {
            let (before, after) = rest.split_at(at);
            spelled.push_str(before);
            let end =
                after[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(after.len(), |end| end + 1);
            let (placeholder, after) = after.split_at(end);
            match (self.member("ExpressionAttributeNames"), self.member("ExpressionAttributeValues")) {
                (Some(Member::Names(names)), _) if names.contains_key(placeholder) => {
                    spelled.push_str(&names[placeholder]);
                }
                (_, Some(Member::Item(values))) if values.contains_key(placeholder) => {
                    spelled.push_str(&json::spelled(&values[placeholder]));
                }
                _ => spelled.push_str(placeholder),
            }
            rest = after;
        }
        spelled.push_str(rest);
        spelled
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation)?;
        if let Some(index) = self.text("IndexName") {
            write!(f, " {index}")?;
        }
        if let Some(reason) = &self.unsent {
            return write!(f, ": not sent: {reason}");
        }
        if let Some(Member::Item(key)) = self.member("Key") {
            let parts: Vec<_> = key.iter().map(|(name, value)| format!("{name} = {}", json::spelled(value))).collect();
            write!(f, " {}", parts.join(", "))?;
        }
        if let Some(Member::Item(item)) = self.member("Item") {
            let parts: Vec<_> = item.iter().map(|(name, value)| format!("{name}: {}", json::spelled(value))).collect();
            write!(f, " {{ {} }}", parts.join(", "))?;
        }
        if let Some(Member::Requests(requests)) = self.member("TransactItems") {
            write!(f, " [{}]", joined(requests))?;
        }
        if let Some(Member::Tables(tables)) = self.member("RequestItems") {
            for (table, member) in tables {
                write!(f, " {table} {member}")?;
            }
        }
        if let Some(update) = self.text("UpdateExpression") {
            write!(f, " {}", self.spelled(update))?;
        }
        if let Some(condition) = self.text("KeyConditionExpression") {
            write!(f, " {}", self.spelled(condition))?;
        }
        for (name, word) in [
            ("FilterExpression", "filter"),
            ("ConditionExpression", "if"),
            ("ProjectionExpression", "project"),
            ("Select", "select"),
            ("ReturnValues", "return"),
        ] {
            if let Some(expression) = self.text(name) {
                write!(f, " | {word} {}", self.spelled(expression))?;
            }
        }
        for (name, word) in [
            ("ScanIndexForward", "forward"),
            ("ConsistentRead", "consistent"),
            ("Limit", "limit"),
            ("Segment", "segment"),
            ("TotalSegments", "of"),
        ] {
            match self.member(name) {
                Some(Member::Bool(value)) => write!(f, " | {word} {value}")?,
                Some(Member::Number(value)) => write!(f, " | {word} {value}")?,
                _ => {}
            }
        }
        if let Some(Member::Item(_)) = self.member("ExclusiveStartKey") {
            f.write_str(" | after a cursor")?;
        }
        if self.requests > 1 {
            write!(f, " | first of {} requests", self.requests)?;
        }
        Ok(())
    }
}

fn joined(requests: &[Explanation]) -> String {
    requests.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Requests(requests) => write!(f, "[{}]", joined(requests)),
            Self::Nested(explanation) => match (explanation.member("Keys"), explanation.text("ProjectionExpression")) {
                (Some(Member::Items(keys)), projected) => {
                    write!(f, "{} keys", keys.len())?;
                    match projected {
                        Some(expression) => write!(f, " | project {}", explanation.spelled(expression)),
                        None => Ok(()),
                    }
                }
                _ => explanation.fmt(f),
            },
            _ => Ok(()),
        }
    }
}
