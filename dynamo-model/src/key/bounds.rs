//! Sort-key conditions: parts filled left to right, then a range, become exactly one key condition.
//!
//! The ends follow from the encoding. No value holds a byte below `$` (0x24), and what follows a value is `#` (0x23)
//! or the end of the key. So `…{value}$` lies behind everything that starts with `…{value}#` and before every larger
//! value, and the texts of one value are exactly those between `…{value}` and `…{value}$`.

use std::ops::Bound;

use super::{AttributePattern, Element, KeyError, PartSpec, Placeholder, template::PartText};

/// The condition on a sort key that a query sends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SortCondition {
    /// No condition: the whole partition.
    All,
    /// Nothing can match, so nothing is sent.
    Nothing,
    /// `= text`
    Equal(String),
    /// `begins_with(text)`
    BeginsWith(String),
    /// `BETWEEN low AND high`, both included.
    Between(String, String),
    /// `>= text`
    AtLeast(String),
    /// `<= text`
    AtMost(String),
}

impl SortCondition {
    /// Whether a sort key meets the condition.
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Equal(text) => key == text,
            Self::BeginsWith(prefix) => key.starts_with(prefix.as_str()),
            Self::Between(low, high) => low.as_str() <= key && key <= high.as_str(),
            Self::AtLeast(low) => low.as_str() <= key,
            Self::AtMost(high) => key <= high.as_str(),
        }
    }
}

/// A sort key whose first parts are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SortPrefix {
    text: String,
    /// How many of the template's elements the text covers.
    done: usize,
}

impl SortPrefix {
    pub(crate) fn new(pattern: &AttributePattern) -> Self {
        let mut prefix = Self { text: String::new(), done: 0 };
        prefix.push_literals(pattern);
        prefix
    }

    /// Gives the next part one value.
    pub(crate) fn give(&mut self, pattern: &AttributePattern, part: &dyn PartText) -> Result<(), KeyError> {
        if let Some(placeholder) = self.next(pattern) {
            pattern.push(placeholder, part, &mut self.text)?;
            self.done += 1;
            self.push_literals(pattern);
        }
        Ok(())
    }

    /// The condition when no further part is given.
    pub(crate) fn condition(&self, pattern: &AttributePattern) -> Result<SortCondition, KeyError> {
        pattern.within_limit(&self.text, None)?;
        Ok(if self.done == pattern.template.elements().len() {
            SortCondition::Equal(self.text.clone())
        } else if self.text.is_empty() {
            SortCondition::All
        } else {
            SortCondition::BeginsWith(self.text.clone())
        })
    }

    /// The condition when the next part lies in a range.
    pub(crate) fn range(
        &self,
        pattern: &AttributePattern,
        low: Bound<&dyn PartText>,
        high: Bound<&dyn PartText>,
    ) -> Result<SortCondition, KeyError> {
        let Some(placeholder) = self.next(pattern) else { return self.condition(pattern) };
        if let (Bound::Unbounded, Bound::Unbounded) = (low, high) {
            return self.condition(pattern);
        }
        let last = self.done + 1 == pattern.template.elements().len();
        let text_of = |part: &dyn PartText| {
            let mut text = self.text.clone();
            pattern.push_bound(placeholder, part, &mut text)?;
            Ok(text)
        };
        let low = match low {
            Bound::Unbounded => Some(self.text.clone()),
            Bound::Included(part) => Some(text_of(part)?),
            Bound::Excluded(part) => behind(text_of(part)?, placeholder),
        };
        let Some(low) = low else { return Ok(SortCondition::Nothing) };
        let high = match high {
            Bound::Unbounded => successor(&self.text),
            Bound::Included(part) if last => Some(text_of(part)?),
            Bound::Included(part) => behind(text_of(part)?, placeholder),
            Bound::Excluded(part) => match before(text_of(part)?, placeholder, last, pattern.limit) {
                Some(high) => Some(high),
                None => return Ok(SortCondition::Nothing),
            },
        };
        for end in [Some(&low), high.as_ref()].into_iter().flatten() {
            pattern.within_limit(end, Some(placeholder.field))?;
        }
        Ok(match high {
            None if low.is_empty() => SortCondition::All,
            None => SortCondition::AtLeast(low),
            Some(high) if low > high || high.is_empty() => SortCondition::Nothing,
            Some(high) if low.is_empty() => SortCondition::AtMost(high),
            Some(high) if low == high => SortCondition::Equal(low),
            Some(high) => SortCondition::Between(low, high),
        })
    }

    fn next(&self, pattern: &AttributePattern) -> Option<&'static Placeholder> {
        match pattern.template.elements().get(self.done) {
            Some(Element::Part(placeholder)) => Some(placeholder),
            _ => None,
        }
    }

    fn push_literals(&mut self, pattern: &AttributePattern) {
        while let Some(Element::Literal(literal)) = pattern.template.elements().get(self.done) {
            self.text.push_str(literal);
            self.done += 1;
        }
    }
}

/// The first text behind every key in which the part has this value; `None` if nothing is behind them.
fn behind(mut text: String, placeholder: &Placeholder) -> Option<String> {
    if placeholder.width().is_some() {
        return successor(&text);
    }
    // A raw text may hold any byte but `#`; it is ranged over only where it ends the key.
    text.push(if matches!(placeholder.spec, PartSpec::Raw) { '\0' } else { '$' });
    Some(text)
}

/// The last text before every key in which the part has this value; `None` if nothing is before them.
fn before(mut text: String, placeholder: &Placeholder, last: bool, limit: usize) -> Option<String> {
    if !last {
        // More must follow the value, so the bare text is no key: it can be the end itself.
        return Some(text);
    }
    let end = text.pop()?;
    let Some(previous) = previous_char(end) else { return Some(text) };
    text.push(previous);
    if placeholder.width().is_some() {
        // Shorter values of the same width differ earlier, so one largest character is behind them all.
        text.push(char::MAX);
    } else {
        fill(&mut text, limit);
    }
    Some(text)
}

/// The smallest text behind everything that starts with `prefix`; `None` if there is none.
fn successor(prefix: &str) -> Option<String> {
    let mut text = prefix.to_owned();
    while let Some(end) = text.pop() {
        if let Some(next) = next_char(end) {
            text.push(next);
            return Some(text);
        }
    }
    None
}

/// Appends the largest characters that fit: the largest key with this prefix.
fn fill(text: &mut String, limit: usize) {
    for largest in [char::MAX, '\u{FFFF}', '\u{7FF}', '\u{7F}'] {
        while text.len() + largest.len_utf8() <= limit {
            text.push(largest);
        }
    }
}

fn next_char(char: char) -> Option<char> {
    match char {
        '\u{D7FF}' => Some('\u{E000}'),
        char => char::from_u32(char as u32 + 1),
    }
}

fn previous_char(char: char) -> Option<char> {
    match char {
        '\u{E000}' => Some('\u{D7FF}'),
        char => (char as u32).checked_sub(1).and_then(char::from_u32),
    }
}
