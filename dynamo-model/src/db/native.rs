//! Native indexes in the SDK's terms.

use aws_sdk_dynamodb::{
    error::{BuildError, ProvideErrorMetadata as _, SdkError},
    operation::create_table::CreateTableError,
    types::{
        AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
        ScalarAttributeType,
    },
};

use crate::schema::{NativeIndexSchema, ScalarType, Schema};

pub(super) fn index(index: &NativeIndexSchema) -> Result<GlobalSecondaryIndex, BuildError> {
    let partition = index.partition.iter().map(|name| (name, KeyType::Hash));
    let elements = partition.chain(index.sort.iter().map(|name| (name, KeyType::Range)));
    let elements =
        elements.map(|(name, kind)| KeySchemaElement::builder().attribute_name(*name).key_type(kind).build());
    GlobalSecondaryIndex::builder()
        .index_name(index.name)
        .set_key_schema(Some(elements.collect::<Result<_, _>>()?))
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()
}

/// The key attributes of native indexes, with the types that the entities' fields have.
pub(super) fn definitions(schema: &Schema) -> Vec<(&'static str, ScalarAttributeType)> {
    let names = schema.table.native_indexes.iter().flat_map(NativeIndexSchema::names);
    names.filter_map(|name| Some((name, sdk(schema.native_type(name)?)))).collect()
}

fn sdk(scalar: ScalarType) -> ScalarAttributeType {
    match scalar {
        ScalarType::S => ScalarAttributeType::S,
        ScalarType::N => ScalarAttributeType::N,
        ScalarType::B => ScalarAttributeType::B,
    }
}

/// The index as [`described`] would have it, if it is as the schema says.
pub(super) fn expected(schema: &Schema, index: &NativeIndexSchema) -> String {
    let of = |names: &[&str]| -> Vec<String> {
        let letter = |name: &str| schema.native_type(name).map_or("?", ScalarType::letter);
        names.iter().map(|name| format!("`{name}` ({})", letter(name))).collect()
    };
    format!("global, {}, projecting ALL", key(&of(index.partition), &of(index.sort)))
}

/// A key of several attributes, such as `` (`orgId` (S), `status` (S)), (`due` (N)) ``.
pub(super) fn described(elements: &[KeySchemaElement], definitions: &[AttributeDefinition]) -> String {
    let of = |kind: KeyType| -> Vec<String> {
        let elements = elements.iter().filter(|element| *element.key_type() == kind);
        let described = elements.map(|element| {
            let name = element.attribute_name();
            let kind = definitions.iter().find(|definition| definition.attribute_name() == name);
            format!("`{name}` ({})", kind.map_or("?", |definition| definition.attribute_type().as_str()))
        });
        described.collect()
    };
    key(&of(KeyType::Hash), &of(KeyType::Range))
}

/// One attribute a part is what a composed index has too.
fn key(partition: &[String], sort: &[String]) -> String {
    if partition.len() == 1 && sort.len() < 2 {
        return partition.iter().chain(sort).cloned().collect::<Vec<_>>().join(", ");
    }
    let part = |names: &[String]| format!("({})", names.join(", "));
    if sort.is_empty() { part(partition) } else { format!("{}, {}", part(partition), part(sort)) }
}

/// Why an engine did not take the definition, if that may be for a key of several attributes.
///
/// DynamoDB Local before 3.3.0 refuses the key schema, and says so in words that differ from release to release.
pub(super) fn not_taken(schema: &Schema, error: &SdkError<CreateTableError>) -> Option<String> {
    let service = error.as_service_error()?;
    let message = service.message().unwrap_or_default();
    let names_the_key =
        message.contains("KeySchema") || message.contains("keySchema") || message.contains("key schema");
    if service.code() != Some("ValidationException") || !names_the_key {
        return None;
    }
    let several = |index: &&NativeIndexSchema| index.partition.len() > 1 || index.sort.len() > 1;
    let names: Vec<String> =
        schema.table.native_indexes.iter().filter(several).map(|index| format!("`{}`", index.name)).collect();
    let (what, have, keys) = match names.len() {
        0 => return None,
        1 => ("index", "has", "a key"),
        _ => ("indexes", "have", "keys"),
    };
    let names = names.join(", ");
    Some(format!(
        "the engine does not take its definition, in which {what} {names} {have} {keys} of several attributes; AWS, the embedded \
         engine and DynamoDB Local since 3.3.0 take them"
    ))
}
