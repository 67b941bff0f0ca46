//! The key condition of a built request, judged as DynamoDB judges it.

use aws_sdk_dynamodb::{operation::query::builders::QueryInputBuilder, types::AttributeValue};
use dynamo_model::{
    Entity, Error, Query, QueryRequest as _,
    key::{KeyErrorKind, PrimaryKey},
    op::WholeSource,
};

/// Which keys a query asks for.
#[derive(Debug)]
pub(crate) struct Condition {
    partition: String,
    sort: Sort,
}

#[derive(Debug)]
enum Sort {
    All,
    Equal(String),
    AtLeast(String),
    AtMost(String),
    BeginsWith(String),
    Between(String, String),
}

impl Condition {
    /// What the query asks for; `None` if its range is empty, so that there is nothing to send.
    pub(crate) fn of<E: Entity, S: WholeSource>(query: Query<E, S>) -> Result<Option<Self>, Error> {
        match query.into_sdk() {
            Ok(request) => Ok(Some(Self::read(&request))),
            Err(Error::Key(error)) if *error.kind() == KeyErrorKind::EmptyRange => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether DynamoDB would read an item with this key.
    pub(crate) fn matches(&self, key: &PrimaryKey) -> bool {
        self.partition == key.partition && self.takes(key.sort.as_deref().expect("the table has a sort key"))
    }

    /// Whether DynamoDB would read an item of the partition with this sort key.
    pub(crate) fn takes(&self, key: &str) -> bool {
        match &self.sort {
            Sort::All => true,
            Sort::Equal(text) => key == text,
            Sort::AtLeast(text) => key >= text.as_str(),
            Sort::AtMost(text) => key <= text.as_str(),
            Sort::BeginsWith(text) => key.starts_with(text.as_str()),
            Sort::Between(low, high) => low.as_str() <= key && key <= high.as_str(),
        }
    }

    fn read(request: &QueryInputBuilder) -> Self {
        let names = request.get_expression_attribute_names().as_ref().expect("names");
        let values = request.get_expression_attribute_values().as_ref().expect("values");
        let value = |name: &str| match values.get(name) {
            // DynamoDB refuses an empty one and, for a sort key, one of more than 1,024 bytes.
            Some(AttributeValue::S(text)) if (1..=1024).contains(&text.len()) || name == ":pk" => text.clone(),
            other => panic!("{name} is {other:?}"),
        };
        let expression = request.get_key_condition_expression().as_deref().expect("a key condition");
        let words: Vec<&str> = expression.split(' ').collect();
        assert_eq!((words[0], names["#pk"].as_str()), ("#pk", "PK"));
        let rest = match words[1..] {
            ["=", ":pk"] => &[],
            ["=", ":pk", "AND", ref rest @ ..] => rest,
            _ => panic!("{expression}"),
        };
        assert!(rest.is_empty() || names["#sk"] == "SK");
        let sort = match *rest {
            [] => Sort::All,
            ["#sk", "=", name] => Sort::Equal(value(name)),
            ["#sk", ">=", name] => Sort::AtLeast(value(name)),
            ["#sk", "<=", name] => Sort::AtMost(value(name)),
            ["begins_with(#sk,", name] => Sort::BeginsWith(value(name.trim_end_matches(')'))),
            ["#sk", "BETWEEN", low, "AND", high] => {
                let (low, high) = (value(low), value(high));
                assert!(low <= high, "DynamoDB refuses {low:?} to {high:?}");
                Sort::Between(low, high)
            }
            _ => panic!("{expression}"),
        };
        Self { partition: value(":pk"), sort }
    }
}
