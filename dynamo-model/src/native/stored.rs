//! Whether a value can be stored as an attribute of a native key.

use aws_sdk_dynamodb::types::AttributeValue;

use super::number::is_number;
use crate::{
    key::{KeyError, KeyErrorKind, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT},
    schema::{EntitySchema, NativeForm, NativeIndexSchema, NativePattern, ScalarType, Schema},
    value::{Item, shape, value_size},
};

/// Why DynamoDB would refuse these attributes of an item, some of which are in the keys of native indexes, if it would.
pub(crate) fn refused(schema: Schema, entity: &'static EntitySchema, attributes: &Item) -> Option<KeyError> {
    schema.table.native_indexes.iter().find_map(|index| {
        let error = |attribute: &'static str, kind| {
            let field = entity.fields.iter().find(|field| field.attribute == attribute).map(|field| field.name);
            KeyError::new(entity.name, attribute, field, kind).on_index(index.name)
        };
        let parts = [(index.partition, PARTITION_KEY_LIMIT), (index.sort, SORT_KEY_LIMIT)];
        parts.into_iter().find_map(|(names, limit)| {
            let present = names.iter().filter_map(|name| Some((*name, attributes.get(*name)?)));
            let present: Vec<(&'static str, &AttributeValue)> = present.collect();
            for (name, value) in &present {
                if let Some(form) = form(schema, entity, index, name)
                    && let Err(kind) = fits(form, limit, value)
                {
                    return Some(error(name, kind));
                }
            }
            // The attributes share the limit, whether the item has all of them or not.
            let bytes = present.iter().map(|(_, value)| value_size(value)).sum();
            let (longest, _) = present.iter().max_by_key(|(_, value)| value_size(value))?;
            (bytes > limit).then(|| error(longest, KeyErrorKind::TooLong { bytes, limit }))
        })
    })
}

/// What the entity stores there, or what others do: DynamoDB asks it of every item that has the attribute.
fn form(schema: Schema, entity: &EntitySchema, index: &NativeIndexSchema, attribute: &str) -> Option<NativeForm> {
    let patterns = entity.native_indexes.iter().filter(|pattern| pattern.index == index.name);
    let own = patterns.flat_map(NativePattern::fields).find(|field| field.attribute == attribute);
    let by_type = |scalar| match scalar {
        ScalarType::S => NativeForm::Text,
        ScalarType::N => NativeForm::Decimal,
        ScalarType::B => NativeForm::Bytes,
    };
    own.map(|field| field.form).or_else(|| schema.native_type(attribute).map(by_type))
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
    if let (true, AttributeValue::N(text)) = (is_one, value)
        && !is_number(text)
    {
        let reason = "is no number of DynamoDB's: 38 digits, from 1E-130 to 9.9E+125; give another";
        return Err(KeyErrorKind::Part(reason.to_owned()));
    }
    if is_one {
        return Ok(());
    }
    let way_out = if value.is_null() { "leave it out with serde's `skip_serializing_if`" } else { "store it so" };
    let (found, wanted) = (shape(value), form.scalar().words());
    Err(KeyErrorKind::Part(format!("is stored as {found}, and this attribute is {wanted}; {way_out}")))
}
