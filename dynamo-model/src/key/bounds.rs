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
            pattern.within_limit(&self.text, Some(placeholder.field))?;
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
            Bound::Excluded(part) => behind(text_of(part)?, placeholder, pattern.limit),
        };
        let high = match high {
            Bound::Unbounded if self.text.is_empty() => return Ok(low.map_or(SortCondition::Nothing, from)),
            Bound::Unbounded => Some(largest(self.text.clone(), placeholder, pattern.limit)),
            Bound::Included(part) if last => Some(text_of(part)?),
            // What fills the key leaves no room for the parts that follow: no key has this value, and the text is its own end.
            Bound::Included(part) => {
                let text = text_of(part)?;
                if text.len() < pattern.limit { behind(text, placeholder, pattern.limit) } else { Some(text) }
            }
            Bound::Excluded(part) => before(text_of(part)?, placeholder, last, pattern.limit),
        };
        Ok(match (low, high) {
            (Some(low), Some(high)) if low < high => {
                if low.is_empty() {
                    SortCondition::AtMost(high)
                } else {
                    SortCondition::Between(low, high)
                }
            }
            // One text is a key only if the part ends it.
            (Some(low), Some(high)) if low == high && last && !low.is_empty() => SortCondition::Equal(low),
            _ => SortCondition::Nothing,
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

fn from(low: String) -> SortCondition {
    if low.is_empty() { SortCondition::All } else { SortCondition::AtLeast(low) }
}

/// The first text behind every key in which the part has this value; `None` if nothing is behind them.
fn behind(mut text: String, placeholder: &Placeholder, limit: usize) -> Option<String> {
    if placeholder.width().is_some() || text.len() == limit {
        return successor(&text, limit);
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
    Some(largest(text, placeholder, limit))
}

/// The last text that starts with `prefix`, as far as the part's keys go.
///
/// It starts with the prefix too, so it stays among the entity's keys, as the prefix's successor would not.
fn largest(mut prefix: String, placeholder: &Placeholder, limit: usize) -> String {
    if placeholder.width().is_some() && prefix.len() + char::MAX.len_utf8() <= limit {
        // A text of fixed width is ASCII: one largest character is behind them all.
        prefix.push(char::MAX);
        return prefix;
    }
    fill(prefix, limit)
}

/// The last text of at most `limit` bytes that starts with `prefix`.
pub(super) fn fill(mut prefix: String, limit: usize) -> String {
    for largest in [char::MAX, '\u{FFFF}', '\u{7FF}', '\u{7F}'] {
        while prefix.len() + largest.len_utf8() <= limit {
            prefix.push(largest);
        }
    }
    prefix
}

/// The first text of at most `limit` bytes above this one; `None` if there is none.
pub(crate) fn text_after(text: &str, limit: usize) -> Option<String> {
    if text.len() >= limit {
        return successor(text, limit);
    }
    Some(format!("{text}\0"))
}

/// The last text of at most `limit` bytes below this one, or one that no text of the same width lies above; `None` if there
/// is none but the empty one.
pub(crate) fn text_before(text: &str, is_fixed: bool, limit: usize) -> Option<String> {
    let mut text = text.to_owned();
    if let Some(previous) = previous_char(text.pop()?) {
        text.push(previous);
        if is_fixed {
            text.push(char::MAX);
        } else {
            text = fill(text, limit);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// The smallest text of at most `limit` bytes behind everything that starts with `prefix`; `None` if there is none.
pub(super) fn successor(prefix: &str, limit: usize) -> Option<String> {
    let mut text = prefix.to_owned();
    while let Some(end) = text.pop() {
        if let Some(next) = next_char(end).filter(|next| text.len() + next.len_utf8() <= limit) {
            text.push(next);
            return Some(text);
        }
    }
    None
}

fn next_char(char: char) -> Option<char> {
    match char {
        '\u{D7FF}' => Some('\u{E000}'),
        char => char::from_u32(char as u32 + 1),
    }
}

pub(super) fn previous_char(char: char) -> Option<char> {
    match char {
        '\u{E000}' => Some('\u{D7FF}'),
        char => (char as u32).checked_sub(1).and_then(char::from_u32),
    }
}
