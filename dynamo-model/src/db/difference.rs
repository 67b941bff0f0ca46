//! How a deployed table differs from its schema.

use std::fmt;

use super::{
    deployed::{Deployed, DeployedIndex},
    native,
};
use crate::schema::{IndexKind, IndexProjection, IndexSchema, KeyAttributes, Schema, StreamView};

/// One point in which a deployed table differs from its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    subject: String,
    expected: String,
    found: String,
}

impl Difference {
    /// What differs, such as ``index `GSI1` ``.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What the schema says.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What is deployed.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.subject, self.expected, self.found)
    }
}

/// Collects differences.
struct Compare(Vec<Difference>);

impl Compare {
    fn equal(&mut self, subject: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        if expected != found {
            self.0.push(Difference { subject: subject.into(), expected, found });
        }
    }
}

/// Every point in which the deployed table differs from its schema, settings included.
pub(super) fn differences(whole: &Schema, deployed: &Deployed) -> Vec<Difference> {
    let mut compare = Compare(structure(whole, deployed));
    let schema = whole.table;
    compare.equal("time to live", attribute(schema.ttl), attribute(deployed.ttl.as_deref()));
    compare.equal("stream", stream(schema.stream), deployed.stream.as_deref().unwrap_or("none"));
    let on_or_off = |on: bool| if on { "on" } else { "off" };
    if let Some(backups) = deployed.point_in_time_recovery {
        compare.equal("point-in-time recovery", on_or_off(schema.point_in_time_recovery), on_or_off(backups));
    }
    compare.equal(
        "deletion protection",
        on_or_off(schema.deletion_protection),
        on_or_off(deployed.deletion_protection),
    );
    compare.0
}

/// The differences in keys and indexes: what the requests of the library rest on.
pub(super) fn structure(whole: &Schema, deployed: &Deployed) -> Vec<Difference> {
    let schema = whole.table;
    let mut compare = Compare(Vec::new());
    compare.equal("primary key", key(schema.key), deployed.key.clone());
    let composed = schema.indexes.iter().map(|index| (index.name, expected_index(index)));
    let native = schema.native_indexes.iter().map(|index| (index.name, native::expected(whole, index)));
    let expected: Vec<_> = composed.chain(native).collect();
    for (name, expected) in &expected {
        let found = deployed.indexes.iter().find(|deployed| deployed.name == *name);
        compare.equal(format!("index `{name}`"), expected, found.map_or_else(|| "none".to_owned(), found_index));
    }
    for extra in &deployed.indexes {
        if !expected.iter().any(|(name, _)| *name == extra.name) {
            compare.equal(format!("index `{}`", extra.name), "none", found_index(extra));
        }
    }
    compare.0
}

fn key(key: KeyAttributes) -> String {
    key.names().map(|name| format!("`{name}` (S)")).collect::<Vec<_>>().join(", ")
}

fn expected_index(index: &IndexSchema) -> String {
    let kind = match index.kind {
        IndexKind::Global => "global",
        IndexKind::Local => "local",
    };
    format!("{kind}, {}, projecting {}", key(index.key), projection(index.projection))
}

fn projection(projection: IndexProjection) -> String {
    match projection {
        IndexProjection::All => "ALL".to_owned(),
        IndexProjection::KeysOnly => "KEYS_ONLY".to_owned(),
        IndexProjection::Include(attributes) => included(attributes),
    }
}

/// `INCLUDE`, with the attributes by name: DynamoDB lists them in no order.
pub(super) fn included<T: AsRef<str>>(attributes: &[T]) -> String {
    let mut names: Vec<String> = attributes.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    names.sort_unstable();
    format!("INCLUDE of {}", names.join(", "))
}

fn found_index(index: &DeployedIndex) -> String {
    format!("{}, {}, projecting {}", index.kind, index.key, index.projection)
}

fn attribute(name: Option<&str>) -> String {
    name.map_or_else(|| "none".to_owned(), |name| format!("`{name}`"))
}

fn stream(view: Option<StreamView>) -> &'static str {
    match view {
        None => "none",
        Some(StreamView::KeysOnly) => "KEYS_ONLY",
        Some(StreamView::NewImage) => "NEW_IMAGE",
        Some(StreamView::OldImage) => "OLD_IMAGE",
        Some(StreamView::NewAndOldImages) => "NEW_AND_OLD_IMAGES",
    }
}
