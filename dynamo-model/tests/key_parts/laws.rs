//! The promises of `KeyPart` and `OrderedKeyPart`, as checks on any type.

use std::fmt::Debug;

use dynamo_model::key::{KeyPart, OrderedKeyPart, PartError, PartKind, PartSpec};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// At least 10,000 cases; more by `PROPTEST_CASES`.
pub(crate) fn cases() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(10_000), ..default }
}

pub(crate) fn encode<T: KeyPart>(value: &T, spec: PartSpec) -> Result<String, PartError> {
    let mut text = String::from("before#");
    value.encode(spec, &mut text)?;
    Ok(text.strip_prefix("before#").expect("encode appends").to_owned())
}

pub(crate) fn plain<T: KeyPart>(value: &T) -> String {
    encode(value, PartSpec::Plain).expect("a value in range")
}

/// Both read back, and their texts sort as they do, whatever part follows.
pub(crate) fn ordered<T: OrderedKeyPart + Ord + Debug>(a: &T, b: &T, spec: PartSpec) -> Result<(), TestCaseError> {
    let (x, y) = (exact(a, spec)?, exact(b, spec)?);
    prop_assert_eq!(x.cmp(&y), a.cmp(b));
    if a != b {
        prop_assert_eq!(format!("{x}#\u{10FFFF}").cmp(&format!("{y}#")), a.cmp(b));
        prop_assert_eq!(format!("{x}#").cmp(&format!("{y}#\u{10FFFF}")), a.cmp(b));
    }
    Ok(())
}

/// The value's text, once it has the shape that the type states and reads back.
pub(crate) fn exact<T: KeyPart + PartialEq + Debug>(value: &T, spec: PartSpec) -> Result<String, TestCaseError> {
    let text = encode(value, spec).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let back = T::decode(&text, spec);
    prop_assert_eq!(back.as_ref(), Ok(value));
    if spec != PartSpec::Raw {
        prop_assert!(text.bytes().all(|byte| byte > b'$'), "a byte that sorts before what follows the part");
    }
    match (T::KIND, spec) {
        (PartKind::Names(names), _) => prop_assert!(names.contains(&text.as_str())),
        (_, PartSpec::Width(width)) => prop_assert_eq!(text.len(), usize::from(width)),
        (PartKind::Unsigned { width } | PartKind::Signed { width } | PartKind::Fixed { width }, _) => {
            prop_assert!(text.is_ascii());
            prop_assert_eq!(text.len(), usize::from(width));
        }
        _ => {}
    }
    Ok(text)
}

/// No other text reads as a value than the one that the value writes.
pub(crate) fn canonical<T: KeyPart>(text: &str, spec: PartSpec) -> Result<(), TestCaseError> {
    if let Ok(value) = T::decode(text, spec) {
        let own = encode(&value, spec);
        prop_assert_eq!(own.as_deref(), Ok(text));
    }
    Ok(())
}

/// Neither direction takes a spec that means nothing to the type, and the reasons hold no value.
pub(crate) fn refuses<T: KeyPart + Debug>(value: &T, specs: &[PartSpec]) {
    for &spec in specs {
        let text = plain(value);
        for error in [encode(value, spec).unwrap_err(), T::decode(&text, spec).unwrap_err()] {
            assert!(error.to_string().contains(&spec.to_string()), "{error}");
            assert!(!error.to_string().contains(&text), "{error}");
        }
    }
}

/// A character from any number, most often one that keys and escapes are made of; 0 is the plainest.
///
/// Numbers are by far the cheapest that proptest generates and shrinks, and texts are half of all it does here.
fn character(seed: u32) -> char {
    const KEYS: &[u8] = b"a#%\0 !\"$&'-+.:/09AFTZftz~";
    const OTHERS: &str = "\u{1}\u{1F}\u{7F}\u{80}éßΣσςİı\u{307}\u{212A}\u{FFFF}\u{10FFFF}🦀👩\u{200D}";
    let (class, seed) = (seed % 8, seed / 8);
    let at = usize::try_from(seed).unwrap();
    match class {
        0..4 => KEYS[at % KEYS.len()].into(),
        4 => char::from_digit(seed % 10, 10).unwrap(),
        5 | 6 => OTHERS.chars().cycle().nth(at % 32).unwrap(),
        _ => char::from_u32(seed % 0x11_0000).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Any text: short, or one in sixteen over 2,048 bytes.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    (prop::collection::vec(any::<u32>(), 0..12), 0..16_u8).prop_map(|(seeds, long)| {
        let text: String = seeds.into_iter().map(character).collect();
        if long == 15 { text.repeat(2_048 / text.len().max(1) + 1) } else { text }
    })
}

/// A change to a text: what a bug or a hand-written item would leave of it.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    at: usize,
    drop: usize,
    put: String,
}

impl Edit {
    pub(crate) fn apply(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let at = self.at % (characters.len() + 1);
        let rest = characters.iter().skip(at + self.drop);
        characters[..at].iter().copied().chain(self.put.chars()).chain(rest.copied()).collect()
    }
}

/// Up to two characters for up to two others, or one time in eight another text altogether.
pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    (any::<usize>(), 0..8_usize, any::<[u32; 2]>(), hostile()).prop_map(|(at, size, seeds, text)| match size {
        7 => Edit { at: 0, drop: usize::MAX, put: text },
        _ => Edit { at, drop: size % 3, put: seeds.into_iter().take(size / 2).map(character).collect() },
    })
}

/// The laws for a type whose text has one form: `$pairs` gives two values, near each other or not.
macro_rules! laws {
    ($name:ident: $part:ty, $pairs:expr) => {
        proptest! {
            #![proptest_config($crate::laws::cases())]

            #[test]
            fn $name((a, b) in $pairs, edit in $crate::laws::edit()) {
                $crate::laws::ordered::<$part>(&a, &b, PartSpec::Plain)?;
                let edited = edit.apply(&$crate::laws::plain(&a));
                $crate::laws::canonical::<$part>(&edited, PartSpec::Plain)?;
            }
        }
    };
}
pub(crate) use laws;
