//! Texts, characters and `bool`.

use std::borrow::Cow;
use std::sync::Arc;

use dynamo_model::key::{KeyPart, PartKind, PartSpec};
use proptest::prelude::*;

use crate::laws::{canonical, cases, edit, encode, exact, hostile, laws, ordered, plain, refuses};

const SPECS: [PartSpec; 3] = [PartSpec::Plain, PartSpec::Lower, PartSpec::Raw];

/// Two texts that often share a beginning.
fn pairs() -> impl Strategy<Value = (String, String)> {
    let near =
        (hostile(), hostile(), hostile()).prop_map(|(start, a, b)| (format!("{start}{a}"), format!("{start}{b}")));
    let longer = (hostile(), hostile()).prop_map(|(start, more)| (start.clone(), start + &more));
    prop_oneof![(hostile(), hostile()), near, longer]
}

laws!(strings: String, pairs());
laws!(characters: char, any::<(char, char)>());

proptest! {
    #![proptest_config(cases())]

    /// A prefix of a value is a prefix of its text, so `begins_with` finds what it should.
    #[test]
    fn text_of_a_sum_is_the_sum_of_texts((a, b) in (hostile(), hostile())) {
        for spec in SPECS {
            if let (Ok(x), Ok(y)) = (encode(&a, spec), encode(&b, spec)) {
                prop_assert_eq!(encode(&format!("{a}{b}"), spec), Ok(x + &y));
            }
        }
    }

    /// And nothing else is: no text begins with another unless the values do.
    #[test]
    fn a_prefix_of_a_text_is_a_prefix_of_the_value((a, b) in pairs()) {
        prop_assert_eq!(plain(&b).starts_with(&plain(&a)), b.starts_with(&a));
    }

    #[test]
    fn two_parts_sort_as_a_pair_and_never_meet((a, b) in pairs(), (c, d) in pairs()) {
        let (x, y) = (format!("{}#{}", plain(&a), plain(&c)), format!("{}#{}", plain(&b), plain(&d)));
        prop_assert_eq!(x.cmp(&y), (a, c).cmp(&(b, d)));
    }

    #[test]
    fn lower_ignores_case_and_nothing_else(text in hostile(), edit in edit()) {
        let lower: String = text.chars().flat_map(char::to_lowercase).collect();
        let key = exact(&lower, PartSpec::Lower)?;
        prop_assert_eq!(encode(&text, PartSpec::Lower), Ok(key.clone()));
        prop_assert_eq!(&key, &plain(&lower));
        canonical::<String>(&edit.apply(&key), PartSpec::Lower)?;
        canonical::<String>(&text, PartSpec::Lower)?;
    }

    #[test]
    fn raw_keeps_the_text_and_refuses_the_separator(text in hostile()) {
        let without: String = text.replace('#', "");
        prop_assert_eq!(&exact(&without, PartSpec::Raw)?, &without);
        prop_assert_eq!(encode(&text, PartSpec::Raw).is_err(), text.contains('#'));
        prop_assert_eq!(String::decode(&text, PartSpec::Raw).is_err(), text.contains('#'));
    }

    #[test]
    fn every_text_type_is_as_a_string(text in hostile(), edit in edit(), spec in prop::sample::select(&SPECS)) {
        let key = encode(&text, spec);
        prop_assert_eq!(&encode(&Box::<str>::from(text.as_str()), spec), &key);
        prop_assert_eq!(&encode(&Arc::<str>::from(text.as_str()), spec), &key);
        prop_assert_eq!(&encode(&Cow::<'static, str>::Owned(text.clone()), spec), &key);

        let key = edit.apply(&key.unwrap_or(text));
        let value = String::decode(&key, spec);
        prop_assert_eq!(Box::<str>::decode(&key, spec).map(String::from), value.clone());
        prop_assert_eq!(Arc::<str>::decode(&key, spec).map(|text| text.to_string()), value.clone());
        prop_assert_eq!(Cow::<'static, str>::decode(&key, spec).map(Cow::into_owned), value);
    }
}

#[test]
fn every_character_reads_back_in_order() {
    let mut last = None;
    for character in '\0'..=char::MAX {
        if let Some(last) = last {
            ordered(&last, &character, PartSpec::Plain).unwrap();
        }
        last = Some(character);

        let lower: Vec<char> = character.to_lowercase().collect();
        assert!(lower.iter().all(|lower| lower.to_lowercase().eq([*lower])), "lower case of lower case is another");
        match encode(&character, PartSpec::Lower) {
            Ok(text) => assert_eq!(char::decode(&text, PartSpec::Lower), Ok(lower[0])),
            Err(_) => assert_ne!(lower.len(), 1),
        }
    }
}

#[test]
fn the_escaped_bytes_are_those_up_to_percent() {
    for byte in 0..=0x7F_u8 {
        let value = String::from(char::from(byte));
        let escaped = format!("%{byte:02X}");
        assert_eq!(plain(&value), if byte <= 0x25 { escaped.clone() } else { value });
        assert_eq!(String::decode(&escaped, PartSpec::Plain).is_ok(), byte <= 0x25);
    }
    assert_eq!(plain(&"Müller & Söhne #1 <100%>".to_owned()), "Müller%20&%20Söhne%20%231%20<100%25>");
    assert_eq!(plain(&String::new()), "");
}

#[test]
fn escapes_have_one_form() {
    for text in
        ["%", "%2", "%2f", "%1f", "%1F%", "%26", "%41", "%7F", "%00%0", "%é0", "%2é", "%%25", "a b", "a#b", "%+1"]
    {
        assert!(String::decode(text, PartSpec::Plain).is_err(), "{text}");
        assert!(String::decode(text, PartSpec::Lower).is_err(), "{text}");
    }
    assert!(String::decode("É", PartSpec::Lower).is_err());
}

#[test]
fn characters_are_single() {
    for text in ["", "ab", "%25%25", "%"] {
        assert!(char::decode(text, PartSpec::Plain).is_err(), "{text}");
    }
    assert!(encode(&'İ', PartSpec::Lower).is_err());
}

#[test]
fn bool_has_two_names() {
    assert_eq!(bool::KIND, PartKind::Names(&["false", "true"]));
    for value in [false, true] {
        assert_eq!(exact(&value, PartSpec::Plain).unwrap(), value.to_string());
    }
    for text in ["", "True", "true ", "1", "fals"] {
        assert!(bool::decode(text, PartSpec::Plain).is_err(), "{text}");
    }
    refuses(&true, &[PartSpec::Lower, PartSpec::Width(4), PartSpec::Raw]);
}

#[test]
fn a_text_has_no_width() {
    refuses(&"text".to_owned(), &[PartSpec::Width(8)]);
    refuses(&'x', &[PartSpec::Width(8)]);
}
