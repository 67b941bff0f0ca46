//! A deployed table, as far as it is compared.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, KeySchemaElement, KeyType, Projection, ProjectionType, TableDescription,
    TimeToLiveDescription, TimeToLiveStatus,
};

use super::difference::included;

/// A deployed table.
#[derive(Debug, Default)]
pub(super) struct Deployed {
    /// The primary key, such as `` `PK` (S), `SK` (S) ``.
    pub(super) key: String,
    pub(super) indexes: Vec<DeployedIndex>,
    pub(super) ttl: Option<String>,
    pub(super) stream: Option<String>,
    pub(super) deletion_protection: bool,
    /// `None` where the engine does not say.
    pub(super) point_in_time_recovery: Option<bool>,
}

/// A deployed index.
#[derive(Debug)]
pub(super) struct DeployedIndex {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) key: String,
    pub(super) projection: String,
}

impl Deployed {
    pub(super) fn new(table: &TableDescription) -> Self {
        let definitions = table.attribute_definitions();
        let global = table.global_secondary_indexes().iter().map(|index| {
            DeployedIndex::new(index.index_name(), "global", key(index.key_schema(), definitions), index.projection())
        });
        let local = table.local_secondary_indexes().iter().map(|index| {
            DeployedIndex::new(index.index_name(), "local", key(index.key_schema(), definitions), index.projection())
        });
        // DynamoDB lists them in no order.
        let mut indexes: Vec<_> = global.chain(local).collect();
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        let stream = table.stream_specification().filter(|stream| stream.stream_enabled());
        Self {
            key: key(table.key_schema(), definitions),
            indexes,
            ttl: None,
            stream: stream.and_then(|stream| Some(stream.stream_view_type()?.as_str().to_owned())),
            deletion_protection: table.deletion_protection_enabled().unwrap_or_default(),
            point_in_time_recovery: None,
        }
    }

    pub(super) fn with_ttl(mut self, ttl: Option<&TimeToLiveDescription>) -> Self {
        self.ttl = ttl
            .filter(|ttl| {
                matches!(ttl.time_to_live_status(), Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
            })
            .and_then(|ttl| ttl.attribute_name())
            .map(str::to_owned);
        self
    }
}

impl DeployedIndex {
    fn new(name: Option<&str>, kind: &'static str, key: String, projection: Option<&Projection>) -> Self {
        let projection = match projection.and_then(|projection| Some((projection, projection.projection_type()?))) {
            Some((projection, ProjectionType::Include)) => included(projection.non_key_attributes()),
            Some((_, kind)) => kind.as_str().to_owned(),
            None => "nothing".to_owned(),
        };
        Self { name: name.unwrap_or_default().to_owned(), kind, key, projection }
    }
}

fn key(elements: &[KeySchemaElement], definitions: &[AttributeDefinition]) -> String {
    if elements.len() > 2 || elements.iter().filter(|element| *element.key_type() == KeyType::Hash).count() > 1 {
        return super::native::described(elements, definitions);
    }
    let described = elements.iter().map(|element| {
        let name = element.attribute_name();
        let kind = definitions.iter().find(|definition| definition.attribute_name() == name);
        format!("`{name}` ({})", kind.map_or("?", |definition| definition.attribute_type().as_str()))
    });
    described.collect::<Vec<_>>().join(", ")
}
