//! Texts that try to break out of a key part, or out of its order.

use proptest::{collection::vec, prelude::*, sample::select};

/// Both sides of every border that matters in a key: what is escaped, the separator, the escape, lengths in UTF-8, the gap of
/// the surrogates (where UTF-16 sorts otherwise), and letters whose lower case is another length.
const BORDERS: &[char] = &[
    '\0',
    '\u{1f}',
    ' ',
    '!',
    '"',
    '#',
    '$',
    '%',
    '&',
    '-',
    '0',
    '9',
    ':',
    'A',
    'Z',
    'a',
    'z',
    '~',
    '\u{7f}',
    '\u{80}',
    'ß',
    'İ',
    'Σ',
    '\u{7ff}',
    '\u{800}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{ffff}',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
];

/// A text that is not empty; texts of one test are often equal, or prefixes of one another.
pub(crate) fn hostile() -> impl Strategy<Value = String> + Clone {
    let few = vec(select(&['a', 'b', '#', '%'][..]), 1..4);
    let borders = vec(select(BORDERS), 1..5);
    let any = vec(any::<char>(), 1..10);
    prop_oneof![4 => few, 4 => borders, 1 => any].prop_map(String::from_iter)
}
