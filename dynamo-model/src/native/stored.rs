//! Whether a value can be stored as an attribute of a native key.

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{
    key::{KeyError, KeyErrorKind, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT},
    schema::{EntitySchema, NativeForm, NativeIndexSchema, ScalarType, Schema},
    value::shape,
};

/// Why DynamoDB would refuse the value as an attribute of a native key, if it would.
pub(crate) fn refused(
    schema: Schema,
    entity: &'static EntitySchema,
    attribute: &str,
    value: &AttributeValue,
) -> Option<KeyError> {
    schema.table.native_indexes.iter().find_map(|index| {
        let attribute = index.names().find(|name| *name == attribute)?;
        let form = form(schema, entity, index, attribute)?;
        let kind = fits(form, limit(index, attribute), value).err()?;
        let field = entity.fields.iter().find(|field| field.attribute == attribute).map(|field| field.name);
        Some(KeyError::new(entity.name, attribute, field, kind).on_index(index.name))
    })
}

/// What the entity stores there, or what others do: DynamoDB asks it of every item that has the attribute.
fn form(schema: Schema, entity: &EntitySchema, index: &NativeIndexSchema, attribute: &str) -> Option<NativeForm> {
    let patterns = entity.native_indexes.iter().filter(|pattern| pattern.index == index.name);
    let own = patterns.flat_map(|pattern| pattern.fields()).find(|field| field.attribute == attribute);
    let by_type = |scalar| match scalar {
        ScalarType::S => NativeForm::Text,
        ScalarType::N => NativeForm::Number,
        ScalarType::B => NativeForm::Binary,
    };
    own.map(|field| field.form).or_else(|| schema.native_type(attribute).map(by_type))
}

/// DynamoDB's limit of the attribute in bytes.
fn limit(index: &NativeIndexSchema, attribute: &str) -> usize {
    if index.partition.contains(&attribute) { PARTITION_KEY_LIMIT } else { SORT_KEY_LIMIT }
}

/// Whether the value is of the form, and neither empty nor too long.
pub(crate) fn fits(form: NativeForm, limit: usize, value: &AttributeValue) -> Result<(), KeyErrorKind> {
    is_of(form, value)?;
    let bytes = match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        _ => return Ok(()),
    };
    if bytes == 0 {
        return Err(KeyErrorKind::EmptyPart);
    }
    if bytes > limit {
        return Err(KeyErrorKind::TooLong { bytes, limit });
    }
    match form {
        NativeForm::Fixed { width } if bytes != usize::from(width) => {
            Err(KeyErrorKind::Part(format!("is not the {width} characters that its type is stored with")))
        }
        _ => Ok(()),
    }
}

/// Whether the value has the type that the form says.
pub(super) fn is_of(form: NativeForm, value: &AttributeValue) -> Result<(), KeyErrorKind> {
    let is_one = match form.scalar() {
        ScalarType::S => value.is_s(),
        ScalarType::N => value.is_n(),
        ScalarType::B => value.is_b(),
    };
    if is_one {
        return Ok(());
    }
    let way_out = if value.is_null() { "leave it out with serde's `skip_serializing_if`" } else { "store it so" };
    let (found, wanted) = (shape(value), form.scalar().words());
    Err(KeyErrorKind::Part(format!("is stored as {found}, and this attribute is {wanted}; {way_out}")))
}
