//! Sort-key conditions that continue behind a text, in the partitions beside the one that a page ended in.

use crate::key::{
    SORT_KEY_LIMIT, SortCondition,
    bounds::{fill, previous_char, successor},
};

/// Where the next items are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// Behind the text.
    After,
    /// At the text or behind it.
    From,
}

/// What is left of a condition behind this text, upwards or, `descending`, downwards.
pub(crate) fn beyond(condition: &SortCondition, text: &str, beyond: Beyond, descending: bool) -> SortCondition {
    let (mut low, mut high) = ends(condition);
    let end = match (beyond, descending) {
        (Beyond::From, _) => Some(text.to_owned()),
        (Beyond::After, false) => above(text),
        (Beyond::After, true) => below(text),
    };
    let (Some(end), false) = (end, matches!(condition, SortCondition::Nothing)) else { return SortCondition::Nothing };
    if descending {
        high = Some(high.map_or(end.clone(), |high| high.min(end)));
    } else {
        low = Some(low.map_or(end.clone(), |low| low.max(end)));
    }
    match (low, high) {
        (None, None) => SortCondition::All,
        (Some(low), None) => SortCondition::AtLeast(low),
        (None, Some(high)) => SortCondition::AtMost(high),
        (Some(low), Some(high)) if low < high => SortCondition::Between(low, high),
        (Some(low), Some(high)) if low == high => SortCondition::Equal(low),
        _ => SortCondition::Nothing,
    }
}

/// The smallest and the largest text that meet a condition, where there are such.
fn ends(condition: &SortCondition) -> (Option<String>, Option<String>) {
    match condition.clone() {
        SortCondition::All | SortCondition::Nothing => (None, None),
        SortCondition::Equal(text) => (Some(text.clone()), Some(text)),
        SortCondition::BeginsWith(prefix) => {
            let high = fill(prefix.clone(), SORT_KEY_LIMIT);
            (Some(prefix), Some(high))
        }
        SortCondition::Between(low, high) => (Some(low), Some(high)),
        SortCondition::AtLeast(low) => (Some(low), None),
        SortCondition::AtMost(high) => (None, Some(high)),
    }
}

/// The first sort key behind this one.
fn above(text: &str) -> Option<String> {
    if text.len() < SORT_KEY_LIMIT { Some(format!("{text}\0")) } else { successor(text, SORT_KEY_LIMIT) }
}

/// The last sort key before this one.
fn below(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    let end = text.pop()?;
    let Some(previous) = previous_char(end) else { return Some(text).filter(|text| !text.is_empty()) };
    text.push(previous);
    Some(fill(text, SORT_KEY_LIMIT))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    const LETTERS: &[char] = &['\0', '\u{1}', 'A', '\u{7F}', '\u{80}', '\u{7FF}', '\u{D7FF}', '\u{E000}', '\u{10FFFF}'];

    /// Short texts, and texts that reach the limit or nearly.
    fn text() -> impl Strategy<Value = String> {
        let short = vec(select(LETTERS), 1..4).prop_map(String::from_iter);
        let long = (select(LETTERS), 0..6_usize, vec(select(LETTERS), 0..3)).prop_map(|(letter, less, end)| {
            let end = String::from_iter(end);
            let mut text = String::new();
            while text.len() + letter.len_utf8() + end.len() + less <= SORT_KEY_LIMIT {
                text.push(letter);
            }
            text + &end
        });
        prop_oneof![3 => short, 1 => long]
    }

    fn condition() -> impl Strategy<Value = SortCondition> {
        (0..7_u8, text(), text()).prop_map(|(kind, a, b)| {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            match kind {
                0 => SortCondition::All,
                1 => SortCondition::Nothing,
                2 => SortCondition::Equal(low),
                3 => SortCondition::BeginsWith(low),
                4 => SortCondition::Between(low, high),
                5 => SortCondition::AtLeast(low),
                _ => SortCondition::AtMost(high),
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn exactly_what_lies_beyond_is_left(
            condition in condition(),
            place in text(),
            near in 0..6_u8,
            other in text(),
            after in any::<bool>(),
            descending in any::<bool>(),
        ) {
            // Often a neighbour of the place itself.
            let key = match near {
                0 => Some(place.clone()),
                1 => above(&place),
                2 => below(&place),
                3 => Some(format!("{place}{other}")).filter(|key| key.len() <= SORT_KEY_LIMIT),
                _ => Some(other),
            };
            let Some(key) = key else { return Ok(()) };
            let left = beyond(&condition, &place, if after { Beyond::After } else { Beyond::From }, descending);
            let is_behind = if descending { key < place } else { key > place };
            let expected = condition.matches(&key) && (is_behind || (!after && key == place));
            prop_assert_eq!(left.matches(&key), expected, "{:?} of {:?} beyond {:?}: {:?}", key, condition, place, left);
            for text in match left { SortCondition::Between(low, high) => [low, high], SortCondition::AtLeast(text) | SortCondition::AtMost(text) => [text.clone(), text], _ => Default::default() } {
                prop_assert!(text.len() <= SORT_KEY_LIMIT);
            }
        }
    }
}
