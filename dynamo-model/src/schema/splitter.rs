//! Reads a typed key back from its texts.

use super::EntitySchema;
use crate::key::{AttributePattern, KeyError, KeyErrorKind, PartError, PartSpec, Placeholder, write_part};

/// The texts of a key's placeholders.
#[doc(hidden)]
pub struct Splitter<'t> {
    entity: &'static str,
    texts: Vec<(&'static AttributePattern, &'static Placeholder, &'t str)>,
}

impl<'t> Splitter<'t> {
    /// Takes a primary key apart by the entity's templates.
    ///
    /// # Errors
    ///
    /// A text does not have the shape of its template.
    pub fn new(schema: &'static EntitySchema, partition: &'t str, sort: Option<&'t str>) -> Result<Self, KeyError> {
        let key = &schema.primary.key;
        let mut splitter = Self { entity: schema.name, texts: Vec::new() };
        splitter.add(&key.partition, partition)?;
        if let (Some(pattern), Some(text)) = (&key.sort, sort) {
            splitter.add(pattern, text)?;
        }
        Ok(splitter)
    }

    /// The value of a field, which is the same wherever it stands; `decode` is its type's [`KeyPart::decode`](crate::KeyPart::decode).
    ///
    /// # Errors
    ///
    /// The text is not one of the type's, or two places disagree.
    pub fn part<T>(
        &self,
        field: &'static str,
        decode: fn(&str, PartSpec) -> Result<T, PartError>,
        encode: fn(&T, PartSpec, &mut String) -> Result<(), PartError>,
    ) -> Result<T, KeyError> {
        let places = || self.texts.iter().filter(|(_, placeholder, _)| placeholder.field == field);
        // A shard or a period tells nothing but whether it fits.
        let whole = || places().filter(|(_, placeholder, _)| !placeholder.spec.spreads());
        // Lower case loses letters, so what is written otherwise tells more.
        let telling =
            whole().find(|(_, placeholder, _)| placeholder.spec != PartSpec::Lower).or_else(|| whole().next());
        let Some((pattern, placeholder, text)) = telling else {
            // The derive asks for fields of the templates only.
            return Err(KeyError::new(self.entity, field, Some(field), KeyErrorKind::EmptyPart));
        };
        let value = decode(text, placeholder.spec)
            .map_err(|error| pattern.error(Some(field), KeyErrorKind::Part(error.to_string())))?;
        if places().nth(1).is_some() {
            let mut again = String::new();
            for (pattern, placeholder, text) in places() {
                again.clear();
                let encoded = write_part(placeholder.spec, &mut again, |spec, text| encode(&value, spec, text));
                if encoded.is_err() || again != **text {
                    return Err(pattern.error(Some(field), KeyErrorKind::Disagreement));
                }
            }
        }
        Ok(value)
    }

    fn add(&mut self, pattern: &'static AttributePattern, text: &'t str) -> Result<(), KeyError> {
        let texts = pattern.split(text)?;
        self.texts
            .extend(pattern.template.placeholders().zip(texts).map(|(placeholder, text)| (pattern, placeholder, text)));
        Ok(())
    }
}
