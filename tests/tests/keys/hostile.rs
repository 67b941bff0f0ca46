//! What cannot stand in a key is an error that names the field and the way out.

use dynamo_model::{
    EntityKey as _, Error, QueryRequest as _, Request as _,
    key::{KeyError, KeyErrorKind, PARTITION_KEY_LIMIT, SORT_KEY_LIMIT},
};

use crate::model::{Braces, BracesKey, Lowered, Names, Numbers, NumbersKey, Raw, RawKey, Texts, TextsKey};

const HOSTILE: &[&str] = &[
    "#",
    "##",
    "%",
    "%23",
    "%2",
    "%zz",
    "\0",
    "a\0",
    " ",
    " a ",
    "\n",
    "\u{1f}",
    "!",
    "\"",
    "$",
    "&",
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u{301}",
    "\u{10ffff}",
    "\u{feff}",
    "\u{202e}",
    "a#b",
    "TEXT#a#b#c",
    "{a}",
    "{{a}}",
    "null",
    "undefined",
    "true",
    "1",
    "' OR 1=1",
    "\\",
    "/",
    "..",
];

fn texts(a: &str, b: &str, c: &str) -> TextsKey {
    TextsKey::new("t".to_owned(), a.to_owned(), b.to_owned(), c.to_owned())
}

#[test]
fn hostile_texts_are_values_like_any_other() {
    for a in HOSTILE {
        for b in HOSTILE {
            let key = texts(a, b, "c");
            let primary = key.to_primary().expect("any text is a value");
            let sort = primary.sort.expect("a sort key");
            assert_eq!(Texts::parse_key(&primary.partition, &sort), Ok(key), "{sort:?}");
            assert_eq!(sort.matches('#').count(), 3, "{sort:?}");
        }
    }
}

/// Pitfall 1: what other libraries make of these is one key.
#[test]
fn a_value_cannot_reach_into_the_next() {
    assert_ne!(texts("x#b_z", "y", "c").to_primary(), texts("x", "z#b_y", "c").to_primary());
    assert_ne!(texts("a#b", "c", "d").to_primary(), texts("a", "b#c", "d").to_primary());
    assert_ne!(texts("a%23b", "c", "d").to_primary(), texts("a#b", "c", "d").to_primary());
}

/// Pitfall 2: upper and lower case differ unless `:lower` is written.
#[test]
fn letters_keep_their_case() {
    assert_ne!(texts("Xy", "b", "c").to_primary(), texts("xY", "b", "c").to_primary());
}

fn refused(error: &KeyError, field: &str, kind: &KeyErrorKind, says: &str) {
    assert_eq!((error.field(), error.kind()), (Some(field), kind));
    let message = error.to_string();
    for part in [error.entity(), error.attribute(), field, says] {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

#[test]
fn an_empty_part_is_refused_wherever_it_stands() {
    let kind = KeyErrorKind::EmptyPart;
    let says = "is empty; a key part holds at least one character";
    refused(&texts("", "b", "c").to_primary().unwrap_err(), "a", &kind, says);
    refused(&texts("a", "b", "").to_primary().unwrap_err(), "c", &kind, says);
    let error = TextsKey::new(String::new(), "a".into(), "b".into(), "c".into()).to_primary().unwrap_err();
    refused(&error, "tenant", &kind, says);
    assert_eq!(error.attribute(), "PK");

    let Err(Error::Key(error)) = Texts::get("t", "a", "", "c").into_sdk() else { panic!("sent") };
    refused(&error, "b", &kind, says);
    let Err(Error::Key(error)) = Texts::texts("").into_sdk() else { panic!("sent") };
    refused(&error, "tenant", &kind, says);
    let Err(Error::Key(error)) = Texts::texts("t").a("a").b("").into_sdk() else { panic!("sent") };
    refused(&error, "b", &kind, says);
    assert!(Texts::texts("t").a("").explain().unsent().is_some_and(|reason| reason.contains(says)));

    let error = Texts::parse_key("TENANT#t", "TEXT#a##c").unwrap_err();
    refused(&error, "b", &kind, says);
}

/// An empty end of a range is below every value.
#[test]
fn an_empty_bound_is_no_value() {
    use crate::condition::Condition;

    let all = Condition::of(Texts::texts("t").a("a").b(""..)).expect("it fits").expect("it is sent");
    assert!(all.takes("TEXT#a#%00#c") && all.takes("TEXT#a#b#c") && !all.takes("TEXT#b#b#c") && !all.takes("TEXT#a$"));
    for none in [Texts::texts("t").a(..""), Texts::texts("t").a(..=""), Texts::texts("t").a("a".."")] {
        assert!(Condition::of(none).expect("it fits").is_none_or(|condition| !condition.takes("TEXT#a#b#c")));
    }
    for none in [Texts::texts("t").a("a").b("b").c(..""), Texts::texts("t").a("a").b("b").c(..="")] {
        assert!(Condition::of(none).expect("it fits").is_none_or(|condition| !condition.takes("TEXT#a#b#c")));
    }
}

#[test]
fn a_key_that_is_too_long_names_the_field_and_both_sizes() {
    let long = "x".repeat(2_048);
    let sort = KeyErrorKind::TooLong { bytes: "TEXT#".len() + 2_048, limit: SORT_KEY_LIMIT };
    refused(&texts(&long, "b", "c").to_primary().unwrap_err(), "a", &sort, "2053 bytes, DynamoDB takes at most 1024");
    let last = KeyErrorKind::TooLong { bytes: "TEXT#a#b#".len() + 2_048, limit: SORT_KEY_LIMIT };
    refused(&texts("a", "b", &long).to_primary().unwrap_err(), "c", &last, "shorten the values or store a hash");

    let partition = KeyErrorKind::TooLong { bytes: "TENANT#".len() + 2_048, limit: PARTITION_KEY_LIMIT };
    let error = TextsKey::new(long.clone(), "a".into(), "b".into(), "c".into()).to_primary().unwrap_err();
    refused(&error, "tenant", &partition, "at most 2048");

    let longest = "x".repeat(PARTITION_KEY_LIMIT - "TENANT#".len());
    assert!(TextsKey::new(longest, "a".into(), "b".into(), "c".into()).to_primary().is_ok());
    let longest = "x".repeat(SORT_KEY_LIMIT - "TEXT#a#b#".len());
    assert!(texts("a", "b", &longest).to_primary().is_ok());

    for query in [Texts::texts("t").a(long.as_str()..), Texts::texts("t").a(..long.as_str())] {
        let Err(Error::Key(error)) = query.into_sdk() else { panic!("sent") };
        refused(&error, "a", &sort, "2053 bytes");
    }
}

/// A text that no key can have is no key, however well it fits the template.
#[test]
fn a_text_that_is_too_long_is_not_read() {
    let long = "x".repeat(1_021);
    let error = Texts::parse_key("TENANT#t", &format!("TEXT#a#b#{long}")).unwrap_err();
    assert_eq!(error.kind(), &KeyErrorKind::TooLong { bytes: 1_030, limit: SORT_KEY_LIMIT });
    let error = Texts::parse_key(&format!("TENANT#{long}{long}"), "TEXT#a#b#c").unwrap_err();
    assert_eq!(error.kind(), &KeyErrorKind::TooLong { bytes: 2_049, limit: PARTITION_KEY_LIMIT });
}

#[test]
fn a_number_that_is_too_wide_is_refused() {
    let rank = std::num::NonZeroU16::MIN;
    let error = NumbersKey::new(1, 1, 100_000_000, 1, 1, 1, rank, 1).to_primary().unwrap_err();
    assert_eq!(error.field(), Some("seq"));
    assert!(error.to_string().contains("is a number of more than 8 digits"), "{error}");
    let Err(Error::Key(error)) = Numbers::numbers(&1).tiny(1).seq(5..100_000_000).into_sdk() else { panic!("sent") };
    assert_eq!(error.field(), Some("seq"));
}

#[test]
fn raw_text_keeps_everything_but_the_separator() {
    let key = RawKey::new("t".into(), 7, "a b%23\0".into());
    let primary = key.to_primary().unwrap();
    assert_eq!(primary.sort.as_deref(), Some("RAW#00007#a b%23\0"));
    assert_eq!(Raw::parse_key(&primary.partition, "RAW#00007#a b%23\0"), Ok(key));
    let error = RawKey::new("t".into(), 7, "a#b".into()).to_primary().unwrap_err();
    assert_eq!(error.field(), Some("name"));
    assert!(error.to_string().contains("holds `#`"), "{error}");
}

#[test]
fn doubled_braces_are_braces() {
    let primary = BracesKey::new("t".into(), "{a}".into()).to_primary().unwrap();
    assert_eq!(primary.sort.as_deref(), Some("{BRACES}#{a}"));
    assert!(Braces::parse_key("TENANT#t", "{BRACES}#{a}").is_ok());
}

#[test]
fn a_text_that_does_not_fit_says_which_part() {
    let error = Numbers::parse_key("TENANT#1", "x").unwrap_err();
    assert_eq!((error.attribute(), error.field()), ("PK", Some("tenant")));
    let error = Names::parse_key("TENANT#t", "NAME#Dnoe#true#x#00001").unwrap_err();
    assert_eq!((error.attribute(), error.field()), ("SK", Some("status")));
    let error = Names::parse_key("TENANT#t", "NAM#Done#true#x#00001").unwrap_err();
    assert!(error.to_string().contains("NAME#{status}#{flag}#{letter}#{serial}"), "{error}");
}

/// One field in both keys is one value.
#[test]
fn a_field_that_stands_twice_agrees_with_itself() {
    assert!(Lowered::parse_key("LOWER#a@b", "EMAIL#A@b#x").is_ok());
    let error = Lowered::parse_key("LOWER#a@b", "EMAIL#c@d#x").unwrap_err();
    assert_eq!((error.field(), error.kind()), (Some("email"), &KeyErrorKind::Disagreement));
}
