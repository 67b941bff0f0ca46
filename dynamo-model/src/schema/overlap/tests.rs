//! "No" is certain: no text fits two templates that are said to be apart. And usual tables are told apart.
//!
//! Templates are drawn from few literals and parts, so that they meet often; of each, every text over a small set of
//! values is built. The values are those that look like a literal, a number or a separator.

use std::collections::BTreeSet;

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{may_be_equal, may_start_with};
use crate::{
    Timestamp,
    key::{AttributePattern, Element, KeyPart, PartKind, PartSpec, PartText, Period, Placeholder, Template},
};

/// A type of key part, with values that could be taken for something else.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Unsigned,
    Signed,
    Bool,
    Time,
}

impl Kind {
    fn kind(self) -> PartKind {
        match self {
            Self::Text => String::KIND,
            Self::Unsigned => u8::KIND,
            Self::Signed => i8::KIND,
            Self::Bool => bool::KIND,
            Self::Time => Timestamp::KIND,
        }
    }

    fn values(self) -> Vec<Box<dyn PartText>> {
        fn all<T: PartText + 'static>(values: impl IntoIterator<Item = T>) -> Vec<Box<dyn PartText>> {
            values.into_iter().map(|value| Box::new(value) as Box<dyn PartText>).collect()
        }
        match self {
            Self::Text => all([
                "A",
                "a",
                "AB",
                "0",
                "00",
                "000",
                "001",
                "0000",
                "-",
                "-998",
                "true",
                "é",
                "#",
                "A#B",
                "%",
                "%23",
                "!",
                "$",
                "1970-01-01T00:00:00.000Z",
            ]
            .map(str::to_owned)),
            Self::Unsigned => all([0_u8, 1, 10, 255]),
            Self::Signed => all([0_i8, 1, -1, -128]),
            Self::Bool => all([false, true]),
            Self::Time => all([Timestamp::UNIX_EPOCH]),
        }
    }
}

/// A template and the kinds of its parts.
#[derive(Debug, Clone)]
struct Case {
    template: Template,
    kinds: Vec<Kind>,
}

impl Case {
    fn new(pieces: &[Piece]) -> Self {
        let elements: Vec<Element> = pieces.iter().map(|piece| piece.element()).collect();
        let kinds = pieces.iter().filter_map(|piece| match piece {
            Piece::Part(kind, _) => Some(*kind),
            Piece::Literal(_) => None,
        });
        // What a derive writes as constants lives as long as the test here.
        Self { template: Template::new("", Vec::leak(elements)), kinds: kinds.collect() }
    }

    /// The texts of the template over all values of its parts; a value that it refuses gives none.
    fn texts(&self) -> BTreeSet<String> {
        let pattern = AttributePattern { entity: "E", attribute: "PK", template: self.template, limit: 1024 };
        let values: Vec<_> = self.kinds.iter().map(|kind| kind.values()).collect();
        let mut chosen = vec![0; values.len()];
        let mut texts = BTreeSet::new();
        loop {
            let parts: Vec<&dyn PartText> = values.iter().zip(&chosen).map(|(values, at)| &*values[*at]).collect();
            texts.extend(pattern.build(&parts));
            // The next choice: counting, with the first part as the lowest digit.
            let Some(next) = (0..chosen.len()).find(|part| chosen[*part] + 1 < values[*part].len()) else {
                return texts;
            };
            chosen[..next].fill(0);
            chosen[next] += 1;
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Piece {
    Literal(&'static str),
    Part(Kind, PartSpec),
}

impl Piece {
    fn element(self) -> Element {
        match self {
            Self::Literal(literal) => Element::Literal(literal),
            Self::Part(kind, spec) => Element::Part(Placeholder { field: "field", spec, kind: kind.kind() }),
        }
    }

    fn is_fixed(self) -> bool {
        matches!(self.element(), Element::Part(part) if part.width().is_some())
    }
}

fn part() -> impl Strategy<Value = Piece> {
    prop_oneof![
        Just(Piece::Part(Kind::Text, PartSpec::Plain)),
        Just(Piece::Part(Kind::Text, PartSpec::Lower)),
        Just(Piece::Part(Kind::Text, PartSpec::Raw)),
        Just(Piece::Part(Kind::Unsigned, PartSpec::Plain)),
        Just(Piece::Part(Kind::Unsigned, PartSpec::Width(2))),
        Just(Piece::Part(Kind::Signed, PartSpec::Plain)),
        Just(Piece::Part(Kind::Bool, PartSpec::Plain)),
        Just(Piece::Part(Kind::Time, PartSpec::Plain)),
        Just(SHARD),
        Just(Piece::Part(Kind::Unsigned, PartSpec::Shard(16))),
        Just(DAY),
        Just(Piece::Part(Kind::Time, PartSpec::Period(Period::Year))),
    ]
}

fn literal() -> impl Strategy<Value = Piece> {
    let literals = ["A", "AB", "a", "#", "A#", "#A", "0", "00", "-", "%", "$", "é", "true", "1970-01-01"];
    prop::sample::select(literals.to_vec()).prop_map(Piece::Literal)
}

/// Up to four pieces, of which two are parts, that a derive would take.
fn case() -> impl Strategy<Value = Case> {
    prop::collection::vec(prop_oneof![literal(), part()], 1..=4)
        .prop_filter("two parts at most, so that all texts can be built", |pieces| {
            pieces.iter().filter(|piece| matches!(piece, Piece::Part(..))).count() <= 2
        })
        .prop_map(|pieces| {
            let mut legal = Vec::new();
            for (at, piece) in pieces.iter().enumerate() {
                legal.push(*piece);
                let ends = match pieces.get(at + 1) {
                    None => true,
                    Some(Piece::Literal(literal)) => literal.starts_with('#'),
                    Some(Piece::Part(..)) => false,
                };
                if matches!(piece, Piece::Part(..)) && !piece.is_fixed() && !ends {
                    legal.push(Piece::Literal("#"));
                }
            }
            Case::new(&legal)
        })
}

/// Templates to compare each with each: a random pair seldom meets.
fn cases() -> impl Strategy<Value = Vec<Case>> {
    prop::collection::vec(case(), 12)
}

/// The pairs of cases that a text fits both of, with such a text.
fn meetings(cases: &[Case]) -> Vec<(&Case, &Case, String)> {
    let texts: Vec<BTreeSet<String>> = cases.iter().map(Case::texts).collect();
    let mut meetings = Vec::new();
    for (a, of_a) in cases.iter().zip(&texts) {
        for (b, of_b) in cases.iter().zip(&texts) {
            let common = of_a.intersection(of_b).next().filter(|_| !std::ptr::eq(a, b));
            meetings.extend(common.map(|common| (a, b, common.clone())));
        }
    }
    meetings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn templates_with_a_common_text_are_not_said_to_be_apart(cases in cases()) {
        for (a, b, common) in meetings(&cases) {
            prop_assert!(may_be_equal(&a.template, &b.template), "{common:?} fits {a:?} and {b:?}");
        }
    }

    #[test]
    fn the_answer_does_not_depend_on_the_order(a in case(), b in case()) {
        prop_assert_eq!(may_be_equal(&a.template, &b.template), may_be_equal(&b.template, &a.template));
    }

    #[test]
    fn a_template_meets_itself(case in case()) {
        prop_assert!(may_be_equal(&case.template, &case.template));
    }

    #[test]
    fn a_text_that_starts_with_a_prefix_is_not_said_not_to(case in case(), text in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let texts = Vec::from_iter(case.texts());
        prop_assume!(!texts.is_empty());
        let text = text.get(&texts);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let prefix: &'static str = String::leak(text[..*cut.get(&ends)].to_owned());
        prop_assert!(may_start_with(&case.template, prefix), "{text:?} starts with {prefix:?}");
    }
}

/// Did they never meet, the property would prove nothing.
#[test]
fn random_templates_meet() {
    let mut runner = TestRunner::deterministic();
    let mut draw = || meetings(&cases().new_tree(&mut runner).expect("filters let most through").current()).len();
    let meeting: usize = (0..128).map(|_| draw()).sum();
    assert!(meeting > 250, "{meeting} meetings");
}

const TEXT: Piece = Piece::Part(Kind::Text, PartSpec::Plain);
const RAW: Piece = Piece::Part(Kind::Text, PartSpec::Raw);
const LOWER: Piece = Piece::Part(Kind::Text, PartSpec::Lower);
const NUMBER: Piece = Piece::Part(Kind::Unsigned, PartSpec::Plain);
const SHORT_NUMBER: Piece = Piece::Part(Kind::Unsigned, PartSpec::Width(2));
const SIGNED: Piece = Piece::Part(Kind::Signed, PartSpec::Plain);
const BOOL: Piece = Piece::Part(Kind::Bool, PartSpec::Plain);
const TIME: Piece = Piece::Part(Kind::Time, PartSpec::Plain);
const SHARD: Piece = Piece::Part(Kind::Text, PartSpec::Shard(4));
const DAY: Piece = Piece::Part(Kind::Time, PartSpec::Period(Period::Day));

const fn text(literal: &'static str) -> Piece {
    Piece::Literal(literal)
}

#[test]
fn usual_tables_are_told_apart() {
    let pairs: &[(&[Piece], &[Piece])] = &[
        (&[text("PROFILE")], &[text("TASK#"), TEXT]),
        (&[text("METADATA")], &[text("MEMBER#"), TEXT]),
        (&[text("USER#"), TEXT], &[text("ORG#"), TEXT]),
        (&[text("USER#"), TEXT], &[text("USER#"), TEXT, text("#PROFILE")]),
        (&[text("TASK#"), TEXT], &[text("TASK#"), TEXT, text("#COMMENT#"), TEXT]),
        (&[text("TASK#"), TEXT, text("#A")], &[text("TASK#"), TEXT, text("#B")]),
        // A fixed width, and literals of another.
        (&[text("METADATA")], &[TIME]),
        (&[TIME], &[NUMBER]),
        (&[NUMBER], &[SHORT_NUMBER]),
        (&[text("V"), SHORT_NUMBER], &[text("V"), NUMBER]),
        // What a part never holds.
        (&[text("LATEST")], &[NUMBER]),
        (&[text("LATEST")], &[SIGNED]),
        (&[text("OPEN")], &[BOOL]),
        (&[text("A")], &[SHARD]),
        (&[text("0#"), SHARD], &[text("0#METADATA")]),
        (&[text("19700-01-1")], &[DAY]),
        (&[DAY], &[TIME]),
        (&[SHARD], &[SHORT_NUMBER]),
        (&[text("LATEST")], &[LOWER]),
        (&[text("#")], &[TEXT]),
        (&[text("$"), NUMBER], &[TEXT, text("#")]),
        (&[text("!")], &[TEXT]),
    ];
    for (a, b) in pairs {
        assert!(!may_be_equal(&Case::new(a).template, &Case::new(b).template), "{a:?} and {b:?}");
    }
}

#[test]
fn what_a_value_could_spell_is_not() {
    let pairs: &[(&[Piece], &[Piece])] = &[
        (&[text("PROFILE")], &[TEXT]),
        (&[text("TASK#"), TEXT], &[text("TASK#"), NUMBER]),
        (&[text("001")], &[NUMBER]),
        (&[text("true")], &[BOOL]),
        (&[text("3")], &[SHARD]),
        (&[text("1970-01-01")], &[DAY]),
        (&[SHARD], &[TEXT]),
        (&[text("latest")], &[LOWER]),
        (&[text("!")], &[RAW]),
        (&[TIME], &[TEXT]),
        (&[text("A#"), TEXT], &[TEXT, text("#B")]),
    ];
    for (a, b) in pairs {
        assert!(may_be_equal(&Case::new(a).template, &Case::new(b).template), "{a:?} and {b:?}");
    }
}

#[test]
fn a_query_by_a_leading_literal_meets_no_other_entity() {
    let tasks = Case::new(&[text("TASK#"), TEXT]);
    let comments = Case::new(&[text("COMMENT#"), TEXT]);
    let notes = Case::new(&[text("TASK#"), TEXT, text("#NOTE#"), NUMBER]);
    assert!(may_start_with(&tasks.template, "TASK#"));
    assert!(!may_start_with(&comments.template, "TASK#"));
    assert!(may_start_with(&notes.template, "TASK#"));
    assert!(may_start_with(&comments.template, ""));
    assert!(!may_start_with(&Case::new(&[text("TAS")]).template, "TASK#"));
}
