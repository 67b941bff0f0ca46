//! The sort-key condition that several templates have in common.

use super::{AttributePattern, SortCondition, bounds::successor};

/// The narrowest condition on a sort key that leaves out no key of these templates.
///
/// It judges by the literals that the templates begin with, and its ends stay short: the upper one is the first text
/// behind the last literal, which another entity's whole key may be.
pub(crate) fn covering(patterns: &[&AttributePattern]) -> SortCondition {
    let leads: Vec<Lead> = patterns.iter().map(|pattern| Lead::of(pattern)).collect();
    let low = leads.iter().map(|lead| lead.text).min().unwrap_or_default();
    if low.is_empty() {
        return SortCondition::All;
    }
    if leads.iter().all(|lead| lead.whole && lead.text == low) {
        return SortCondition::Equal(low.to_owned());
    }
    // The smallest text is the only one that can begin all others.
    if leads.iter().any(|lead| !lead.whole && lead.text == low) && leads.iter().all(|lead| lead.text.starts_with(low)) {
        return SortCondition::BeginsWith(low.to_owned());
    }
    let ends: Option<Vec<String>> = leads.iter().map(Lead::end).collect();
    match ends.and_then(|ends| ends.into_iter().max()) {
        Some(high) => SortCondition::Between(low.to_owned(), high),
        None => SortCondition::AtLeast(low.to_owned()),
    }
}

/// What the keys of a template begin with.
struct Lead {
    text: &'static str,
    /// Whether it is the whole key.
    whole: bool,
    /// How long a key may be.
    limit: usize,
}

impl Lead {
    fn of(pattern: &AttributePattern) -> Self {
        let template = &pattern.template;
        let whole = template.placeholders().next().is_none();
        Self { text: template.leading_literal(), whole, limit: pattern.limit }
    }

    /// The last key, or the first text behind all of them; `None` if nothing is behind them.
    fn end(&self) -> Option<String> {
        if self.whole { Some(self.text.to_owned()) } else { successor(self.text, self.limit) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::key::{Element, PartKind, PartSpec, Placeholder, SORT_KEY_LIMIT, Template};

    const PART: Element = Element::Part(Placeholder { field: "part", spec: PartSpec::Raw, kind: PartKind::Text });

    fn pattern(template: Template) -> AttributePattern {
        AttributePattern { entity: "E", attribute: "SK", template, limit: SORT_KEY_LIMIT }
    }

    fn whole(text: &'static str) -> AttributePattern {
        pattern(Template::new(text, Box::leak(Box::new([Element::Literal(text)]))))
    }

    fn begun(text: &'static str) -> AttributePattern {
        pattern(Template::new(text, Box::leak(Box::new([Element::Literal(text), PART]))))
    }

    fn of(patterns: &[AttributePattern]) -> SortCondition {
        covering(&patterns.iter().collect::<Vec<_>>())
    }

    #[test]
    fn one_literal_is_equality() {
        assert_eq!(of(&[whole("METADATA")]), SortCondition::Equal("METADATA".to_owned()));
        assert_eq!(of(&[whole("METADATA"), whole("METADATA")]), SortCondition::Equal("METADATA".to_owned()));
    }

    #[test]
    fn one_beginning_is_begins_with() {
        assert_eq!(of(&[begun("TASK#")]), SortCondition::BeginsWith("TASK#".to_owned()));
        assert_eq!(of(&[begun("TASK#"), begun("TASK#")]), SortCondition::BeginsWith("TASK#".to_owned()));
        assert_eq!(of(&[begun("ITEM#LOG#"), begun("ITEM#")]), SortCondition::BeginsWith("ITEM#".to_owned()));
        assert_eq!(of(&[whole("TASK#ALL"), begun("TASK#")]), SortCondition::BeginsWith("TASK#".to_owned()));
    }

    #[test]
    fn several_beginnings_are_a_range() {
        let between = |low: &str, high: &str| SortCondition::Between(low.to_owned(), high.to_owned());
        assert_eq!(of(&[begun("TASK#"), whole("METADATA")]), between("METADATA", "TASK$"));
        assert_eq!(of(&[whole("ZONE"), begun("TASK#")]), between("TASK#", "ZONE"));
        assert_eq!(of(&[whole("A"), whole("B")]), between("A", "B"));
        assert_eq!(of(&[whole("A"), begun("A#")]), between("A", "A$"));
        assert_eq!(of(&[begun("ITEM#A#"), begun("ITEM#B#")]), between("ITEM#A#", "ITEM#B$"));
        assert_eq!(of(&[whole("A"), begun("\u{10ffff}")]), SortCondition::AtLeast("A".to_owned()));
    }

    #[test]
    fn no_beginning_is_no_condition() {
        assert_eq!(of(&[]), SortCondition::All);
        assert_eq!(of(&[pattern(Template::new("{part}", &[PART])), whole("METADATA")]), SortCondition::All);
    }

    fn text() -> impl Strategy<Value = String> {
        vec(select(&['#', '$', 'A', 'B', '\u{d7ff}', '\u{e000}', '\u{10ffff}'][..]), 1..4).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn no_key_is_left_out(leads in vec((text(), any::<bool>()), 1..5), rest in text()) {
            let patterns: Vec<AttributePattern> = leads
                .iter()
                .map(|(text, is_whole)| {
                    let text: &'static str = Box::leak(text.clone().into_boxed_str());
                    if *is_whole { whole(text) } else { begun(text) }
                })
                .collect();
            let condition = of(&patterns);
            for (text, is_whole) in &leads {
                let key = if *is_whole { text.clone() } else { format!("{text}{rest}") };
                prop_assert!(condition.matches(&key), "{key:?} is not in {condition:?} of {leads:?}");
            }
        }

        /// What is met lies between the templates' smallest and largest beginnings, or is the first text behind them.
        #[test]
        fn few_others_are_met(leads in vec((text(), any::<bool>()), 1..5), other in text()) {
            let patterns: Vec<AttributePattern> = leads
                .iter()
                .map(|(text, is_whole)| {
                    let text: &'static str = Box::leak(text.clone().into_boxed_str());
                    if *is_whole { whole(text) } else { begun(text) }
                })
                .collect();
            let condition = of(&patterns);
            let before = leads.iter().all(|(text, _)| other < *text);
            let behind = leads.iter().all(|(text, is_whole)| {
                other > *text && (*is_whole || successor(text, SORT_KEY_LIMIT).is_some_and(|end| other > end))
            });
            prop_assert!(!(before || behind) || !condition.matches(&other), "{other:?} is in {condition:?} of {leads:?}");
        }
    }
}
