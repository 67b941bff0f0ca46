//! Reads a typed key back from its texts.

use super::EntitySchema;
use crate::key::{AttributePattern, KeyError, KeyErrorKind, PartError, PartSpec, Placeholder};

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
    pub fn part<T: PartialEq>(
        &self,
        field: &'static str,
        decode: fn(&str, PartSpec) -> Result<T, PartError>,
    ) -> Result<T, KeyError> {
        let mut found: Option<(PartSpec, &str, T)> = None;
        for (pattern, placeholder, text) in self.texts.iter().filter(|(_, placeholder, _)| placeholder.field == field) {
            let value = decode(text, placeholder.spec)
                .map_err(|error| pattern.error(Some(field), KeyErrorKind::Part(error.to_string())))?;
            match &found {
                // Lower case loses letters, so what is written otherwise tells more.
                Some((PartSpec::Lower, ..)) if placeholder.spec != PartSpec::Lower => {}
                Some((spec, ..)) if (*spec == PartSpec::Lower) != (placeholder.spec == PartSpec::Lower) => continue,
                Some((_, _, known)) if *known == value => continue,
                Some(_) => return Err(pattern.error(Some(field), KeyErrorKind::Disagreement)),
                None => {}
            }
            found = Some((placeholder.spec, text, value));
        }
        found.map(|(_, _, value)| value).ok_or_else(|| {
            // The derive asks for fields of the templates only.
            KeyError::new(self.entity, field, Some(field), KeyErrorKind::EmptyPart)
        })
    }

    fn add(&mut self, pattern: &'static AttributePattern, text: &'t str) -> Result<(), KeyError> {
        let texts = pattern.split(text)?;
        self.texts
            .extend(pattern.template.placeholders().zip(texts).map(|(placeholder, text)| (pattern, placeholder, text)));
        Ok(())
    }
}
