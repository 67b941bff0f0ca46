//! Key templates: `"TASK#{task_id}"` split into literals and placeholders, filled in and taken apart.

use std::fmt;

use super::{
    KeyError, KeyErrorKind, KeyPart, PartError, PartKind, PartSpec,
    spread::{shard_width, write},
    text::encode_text,
};

/// DynamoDB's limit for a partition key, in bytes.
///
/// Source: "Constraints in Amazon DynamoDB", *Partition keys and sort keys*.
pub const PARTITION_KEY_LIMIT: usize = 2048;

/// DynamoDB's limit for a sort key, in bytes.
///
/// Source: "Constraints in Amazon DynamoDB", *Partition keys and sort keys*.
pub const SORT_KEY_LIMIT: usize = 1024;

/// A key template, such as `PROJECT#{project_id}`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Template {
    pattern: &'static str,
    elements: &'static [Element],
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// Text that stands in every key.
    Literal(&'static str),
    /// A placeholder.
    Part(Placeholder),
}

/// A placeholder of a [`Template`], such as `{task_id}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placeholder {
    /// The field of the struct.
    pub field: &'static str,
    /// How the value is written.
    pub spec: PartSpec,
    /// The shape of the text.
    pub kind: PartKind,
}

impl Placeholder {
    /// The number of bytes, if it is the same for every value.
    #[must_use]
    pub const fn width(&self) -> Option<usize> {
        match (self.kind, self.spec) {
            (_, PartSpec::Shard(shards)) => Some(shard_width(shards)),
            (_, PartSpec::Period(period)) => Some(period.width()),
            (PartKind::Unsigned { .. } | PartKind::Signed { .. }, PartSpec::Width(width))
            | (PartKind::Unsigned { width } | PartKind::Signed { width } | PartKind::Fixed { width }, _) => {
                Some(width as usize)
            }
            (PartKind::Text | PartKind::Names(_), _) => None,
        }
    }
}

impl Template {
    /// A template from its pieces; the derive checks that they belong together.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(pattern: &'static str, elements: &'static [Element]) -> Self {
        Self { pattern, elements }
    }

    /// The text as the entity states it.
    #[must_use]
    pub const fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// Its literals and placeholders, in order.
    #[must_use]
    pub const fn elements(&self) -> &'static [Element] {
        self.elements
    }

    /// Its placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static Placeholder> + use<> {
        self.elements.iter().filter_map(|element| match element {
            Element::Part(part) => Some(part),
            Element::Literal(_) => None,
        })
    }

    /// Whether one of its placeholders holds less than its field, so that items are spread over several partitions.
    #[must_use]
    pub const fn is_spread(&self) -> bool {
        let mut at = 0;
        while at < self.elements.len() {
            if let Element::Part(part) = &self.elements[at]
                && part.spec.spreads()
            {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The literal before the first placeholder, or the whole text of a template without any.
    #[must_use]
    pub const fn leading_literal(&self) -> &'static str {
        match self.elements {
            [Element::Literal(literal), ..] => literal,
            _ => "",
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({:?})", self.pattern)
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.pattern)
    }
}

/// A value on its way into a key: any [`KeyPart`], and `&str` where the field is a `String`.
pub trait PartText {
    /// Appends the value's text.
    ///
    /// # Errors
    ///
    /// As [`KeyPart::encode`].
    fn write(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError>;
}

impl<T: KeyPart> PartText for T {
    fn write(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        self.encode(spec, out)
    }
}

impl PartText for &str {
    fn write(&self, spec: PartSpec, out: &mut String) -> Result<(), PartError> {
        encode_text(self, spec, out)
    }
}

/// Values for the placeholders of one template, in order.
pub type Parts<'a> = &'a [&'a dyn PartText];

/// One key attribute of one entity: the attribute's name and what is written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributePattern {
    /// The entity's name, for errors.
    pub entity: &'static str,
    /// The attribute, such as `PK` or `GSI1SK`.
    pub attribute: &'static str,
    /// What is written into it.
    pub template: Template,
    /// DynamoDB's limit in bytes: [`PARTITION_KEY_LIMIT`] or [`SORT_KEY_LIMIT`].
    pub limit: usize,
}

impl AttributePattern {
    /// The text for these values.
    pub(crate) fn build(&self, parts: Parts<'_>) -> Result<String, KeyError> {
        let mut text = String::with_capacity(self.capacity(parts.len()));
        let mut parts = parts.iter();
        for element in self.template.elements {
            match element {
                Element::Literal(literal) => text.push_str(literal),
                Element::Part(placeholder) => {
                    // The derive gives one value a placeholder; a missing one leaves a text that `split` refuses.
                    let part = parts.next().ok_or_else(|| self.shape())?;
                    self.push(placeholder, *part, &mut text)?;
                }
            }
        }
        self.within_limit(&text, None)?;
        Ok(text)
    }

    /// Appends one part, which may not be empty.
    pub(crate) fn push(
        &self,
        placeholder: &Placeholder,
        part: &dyn PartText,
        text: &mut String,
    ) -> Result<(), KeyError> {
        let before = text.len();
        self.push_bound(placeholder, part, text)?;
        if text.len() == before {
            return Err(self.error(Some(placeholder.field), KeyErrorKind::EmptyPart));
        }
        Ok(())
    }

    /// Appends one end of a range, which may be empty: nothing sorts before it.
    pub(crate) fn push_bound(
        &self,
        placeholder: &Placeholder,
        part: &dyn PartText,
        text: &mut String,
    ) -> Result<(), KeyError> {
        write(placeholder.spec, text, |spec, text| part.write(spec, text))
            .map_err(|error| self.error(Some(placeholder.field), KeyErrorKind::Part(error.to_string())))?;
        self.within_limit(text, Some(placeholder.field))
    }

    pub(crate) fn within_limit(&self, text: &str, field: Option<&'static str>) -> Result<(), KeyError> {
        if text.len() > self.limit {
            return Err(self.error(field, KeyErrorKind::TooLong { bytes: text.len(), limit: self.limit }));
        }
        Ok(())
    }

    /// The texts of the placeholders in a key, in order.
    pub(crate) fn split<'t>(&self, text: &'t str) -> Result<Vec<&'t str>, KeyError> {
        self.within_limit(text, None)?;
        let mut rest = text;
        let mut texts = Vec::new();
        for element in self.template.elements {
            match element {
                Element::Literal(literal) => {
                    rest = rest.strip_prefix(literal).ok_or_else(|| self.shape())?;
                }
                Element::Part(placeholder) => {
                    // No value holds `#`, so what is not of fixed width ends at the next one.
                    let end = placeholder.width().unwrap_or_else(|| rest.find('#').unwrap_or(rest.len()));
                    let (part, after) = rest.split_at_checked(end).ok_or_else(|| self.too_short(end, placeholder))?;
                    if part.is_empty() {
                        return Err(self.error(Some(placeholder.field), KeyErrorKind::EmptyPart));
                    }
                    texts.push(part);
                    rest = after;
                }
            }
        }
        if rest.is_empty() { Ok(texts) } else { Err(self.shape()) }
    }

    pub(crate) fn error(&self, field: Option<&'static str>, kind: KeyErrorKind) -> KeyError {
        KeyError::new(self.entity, self.attribute, field, kind)
    }

    fn too_short(&self, width: usize, placeholder: &Placeholder) -> KeyError {
        let reason = format!("is not the {width} characters that it is written with");
        self.error(Some(placeholder.field), KeyErrorKind::Part(reason))
    }

    fn shape(&self) -> KeyError {
        self.error(None, KeyErrorKind::Shape { template: self.template.pattern })
    }

    /// Room for the literals and an id or a timestamp a part, so that most keys are one allocation.
    fn capacity(&self, parts: usize) -> usize {
        const USUAL_PART: usize = 28;
        self.template.pattern.len() + parts * USUAL_PART
    }
}
