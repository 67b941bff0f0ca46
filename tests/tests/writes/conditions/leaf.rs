//! One comparison or function, as the library's condition and as the predicate that it stands for.

use std::collections::{BTreeMap, BTreeSet};

use dynamo_model::{Condition, Timestamp, expr::AttributeType};

use super::sample::{Bytes, Level, Sample, SampleFields};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Comparison {
    /// What is not there is equal to nothing, and in no order.
    fn holds<T: PartialOrd>(self, stored: Option<T>, value: &T) -> bool {
        let Some(stored) = stored else { return matches!(self, Self::Ne) };
        match self {
            Self::Eq => stored == *value,
            Self::Ne => stored != *value,
            Self::Lt => stored < *value,
            Self::Le => stored <= *value,
            Self::Gt => stored > *value,
            Self::Ge => stored >= *value,
        }
    }
}

/// The condition of a path and a value by a comparison.
macro_rules! compared {
    ($by:expr, $path:expr, $value:expr) => {
        match $by {
            Comparison::Eq => $path.eq($value),
            Comparison::Ne => $path.ne($value),
            Comparison::Lt => $path.lt($value),
            Comparison::Le => $path.le($value),
            Comparison::Gt => $path.gt($value),
            Comparison::Ge => $path.ge($value),
        }
    };
}

#[derive(Debug, Clone)]
pub(crate) enum Leaf {
    Text(Comparison, String),
    TextOfOther(Comparison),
    Number(Comparison, i64),
    NumberOfLimit(Comparison),
    Flag(bool),
    NotFlag(bool),
    Due(Comparison, Timestamp),
    Level(Comparison, Level),
    Bytes(Comparison, Bytes),
    MaybeText(Comparison, String),
    MaybeNumber(Comparison, i64),
    NoMaybeText(bool),
    NoMaybeNumber(bool),
    Tags(bool, BTreeSet<String>),
    Votes(bool, BTreeSet<u32>),
    List(bool, Vec<i64>),
    Map(bool, BTreeMap<String, i64>),
    Element(usize, Comparison, i64),
    Entry(String, Comparison, i64),
    City(Comparison, String),
    Floor(Comparison, u8),
    TextBetween(String, String),
    NumberBetween(i64, i64),
    MaybeNumberBetween(i64, i64),
    BytesBetween(Bytes, Bytes),
    TextIn(Vec<String>),
    NumberIn(Vec<i64>),
    MaybeTextIn(Vec<Option<String>>),
    LevelIn(Vec<Level>),
    Begins(String),
    MaybeBegins(String),
    CityBegins(String),
    Contains(String),
    Tagged(String),
    Voted(u32),
    Listed(i64),
    TextSize(Comparison, usize),
    BytesSize(Comparison, usize),
    TagsSize(Comparison, usize),
    ListSize(Comparison, usize),
    MapSize(Comparison, usize),
    ListSizeBetween(usize, usize),
    IsSome(bool),
    IsNone(bool),
    Exists(Field),
    NotExists(Field),
    Type(Field, AttributeType),
}

/// A field that may be missing, or is stored in one of several ways.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field {
    Text,
    MaybeText,
    MaybeNumber,
    Tags,
    Votes,
    Floor,
    Element,
    List,
    Map,
    Flag,
    Bytes,
}

impl Field {
    /// What it is stored as; `None` if it is not.
    fn stored(self, sample: &Sample) -> Option<AttributeType> {
        match self {
            Self::Text => Some(AttributeType::S),
            Self::MaybeText if sample.maybe_text.is_some() => Some(AttributeType::S),
            Self::MaybeText => Some(AttributeType::Null),
            Self::MaybeNumber => sample.maybe_number.map(|_| AttributeType::N),
            Self::Tags => (!sample.tags.is_empty()).then_some(AttributeType::Ss),
            Self::Votes => (!sample.votes.is_empty()).then_some(AttributeType::Ns),
            Self::Floor => sample.place.floor.map(|_| AttributeType::N),
            Self::Element => sample.list.get(1).map(|_| AttributeType::N),
            Self::List => Some(AttributeType::L),
            Self::Map => Some(AttributeType::M),
            Self::Flag => Some(AttributeType::Bool),
            Self::Bytes => Some(AttributeType::B),
        }
    }
}

/// A function of whichever field it is.
macro_rules! of_field {
    ($field:expr, $s:ident, $path:ident => $condition:expr) => {
        match $field {
            Field::Text => {
                let $path = $s.text();
                $condition
            }
            Field::MaybeText => {
                let $path = $s.maybe_text();
                $condition
            }
            Field::MaybeNumber => {
                let $path = $s.maybe_number();
                $condition
            }
            Field::Tags => {
                let $path = $s.tags();
                $condition
            }
            Field::Votes => {
                let $path = $s.votes();
                $condition
            }
            Field::Floor => {
                let $path = $s.place().floor();
                $condition
            }
            Field::Element => {
                let $path = $s.list().at(1);
                $condition
            }
            Field::List => {
                let $path = $s.list();
                $condition
            }
            Field::Map => {
                let $path = $s.map();
                $condition
            }
            Field::Flag => {
                let $path = $s.flag();
                $condition
            }
            Field::Bytes => {
                let $path = $s.bytes();
                $condition
            }
        }
    };
}

impl Leaf {
    #[allow(clippy::too_many_lines, reason = "a line for every operator on every kind of attribute")]
    pub(crate) fn condition(&self, s: SampleFields) -> Condition<Sample> {
        match self {
            Self::Text(by, text) => compared!(by, s.text(), text),
            Self::TextOfOther(by) => compared!(by, s.text(), s.other()),
            Self::Number(by, number) => compared!(by, s.number(), number),
            Self::NumberOfLimit(by) => compared!(by, s.number(), s.limit()),
            Self::Flag(flag) => s.flag().eq(flag),
            Self::NotFlag(flag) => s.flag().ne(flag),
            Self::Due(by, due) => compared!(by, s.due(), due),
            Self::Level(by, level) => compared!(by, s.level(), level),
            Self::Bytes(by, bytes) => compared!(by, s.bytes(), bytes),
            Self::MaybeText(by, text) => compared!(by, s.maybe_text(), text),
            Self::MaybeNumber(by, number) => compared!(by, s.maybe_number(), number),
            Self::NoMaybeText(true) => s.maybe_text().eq(None),
            Self::NoMaybeText(false) => s.maybe_text().ne(None),
            Self::NoMaybeNumber(true) => s.maybe_number().eq(None),
            Self::NoMaybeNumber(false) => s.maybe_number().ne(None),
            Self::Tags(true, tags) => s.tags().eq(tags),
            Self::Tags(false, tags) => s.tags().ne(tags),
            Self::Votes(true, votes) => s.votes().eq(votes),
            Self::Votes(false, votes) => s.votes().ne(votes),
            Self::List(true, list) => s.list().eq(list),
            Self::List(false, list) => s.list().ne(list),
            Self::Map(true, map) => s.map().eq(map),
            Self::Map(false, map) => s.map().ne(map),
            Self::Element(at, by, number) => compared!(by, s.list().at(*at), number),
            Self::Entry(key, by, number) => compared!(by, s.map().key(key), number),
            Self::City(by, city) => compared!(by, s.place().city(), city),
            Self::Floor(by, floor) => compared!(by, s.place().floor(), floor),
            Self::TextBetween(low, high) => s.text().between(low, high),
            Self::NumberBetween(low, high) => s.number().between(low, high),
            Self::MaybeNumberBetween(low, high) => s.maybe_number().between(low, high),
            Self::BytesBetween(low, high) => s.bytes().between(low, high),
            Self::TextIn(texts) => s.text().is_in(texts),
            Self::NumberIn(numbers) => s.number().is_in(numbers),
            Self::MaybeTextIn(texts) => s.maybe_text().is_in(texts),
            Self::LevelIn(levels) => s.level().is_in(levels),
            Self::Begins(prefix) => s.text().begins_with(prefix),
            Self::MaybeBegins(prefix) => s.maybe_text().begins_with(prefix),
            Self::CityBegins(prefix) => s.place().city().begins_with(prefix),
            Self::Contains(part) => s.text().contains(part),
            Self::Tagged(tag) => s.tags().contains(tag),
            Self::Voted(vote) => s.votes().contains(vote),
            Self::Listed(number) => s.list().contains(number),
            Self::TextSize(by, size) => compared!(by, s.text().size(), *size),
            Self::BytesSize(by, size) => compared!(by, s.bytes().size(), *size),
            Self::TagsSize(by, size) => compared!(by, s.tags().size(), *size),
            Self::ListSize(by, size) => compared!(by, s.list().size(), *size),
            Self::MapSize(by, size) => compared!(by, s.map().size(), *size),
            Self::ListSizeBetween(low, high) => s.list().size().between(*low, *high),
            Self::IsSome(true) => s.maybe_text().is_some(),
            Self::IsSome(false) => s.maybe_number().is_some(),
            Self::IsNone(true) => s.maybe_text().is_none(),
            Self::IsNone(false) => s.maybe_number().is_none(),
            Self::Exists(field) => of_field!(field, s, path => path.attribute_exists()),
            Self::NotExists(field) => of_field!(field, s, path => path.attribute_not_exists()),
            Self::Type(field, stored) => of_field!(field, s, path => path.attribute_type(*stored)),
        }
    }

    #[allow(clippy::too_many_lines, reason = "a line for every operator on every kind of attribute")]
    pub(crate) fn holds(&self, sample: &Sample) -> bool {
        match self {
            Self::Text(by, text) => by.holds(Some(&sample.text), &text),
            Self::TextOfOther(by) => by.holds(Some(&sample.text), &&sample.other),
            Self::Number(by, number) => by.holds(Some(sample.number), number),
            Self::NumberOfLimit(by) => by.holds(Some(sample.number), &sample.limit),
            Self::Flag(flag) => sample.flag == *flag,
            Self::NotFlag(flag) => sample.flag != *flag,
            Self::Due(by, due) => by.holds(Some(sample.due), due),
            Self::Level(by, level) => by.holds(Some(sample.level.name()), &level.name()),
            Self::Bytes(by, bytes) => by.holds(Some(&sample.bytes), &bytes),
            Self::MaybeText(by, text) => by.holds(sample.maybe_text.as_ref(), &text),
            Self::MaybeNumber(by, number) => by.holds(sample.maybe_number, number),
            Self::NoMaybeText(is_none) => sample.maybe_text.is_none() == *is_none,
            Self::NoMaybeNumber(is_none) => sample.maybe_number.is_none() == *is_none,
            Self::Tags(same, tags) => (sample.tags == *tags) == *same,
            Self::Votes(same, votes) => (sample.votes == *votes) == *same,
            Self::List(same, list) => (sample.list == *list) == *same,
            Self::Map(same, map) => (sample.map == *map) == *same,
            Self::Element(at, by, number) => by.holds(sample.list.get(*at), &number),
            Self::Entry(key, by, number) => by.holds(sample.map.get(key), &number),
            Self::City(by, city) => by.holds(Some(&sample.place.city), &city),
            Self::Floor(by, floor) => by.holds(sample.place.floor, floor),
            Self::TextBetween(low, high) => *low <= sample.text && sample.text <= *high,
            Self::NumberBetween(low, high) => (*low..=*high).contains(&sample.number),
            Self::MaybeNumberBetween(low, high) => {
                sample.maybe_number.is_some_and(|number| (*low..=*high).contains(&number))
            }
            Self::BytesBetween(low, high) => *low <= sample.bytes && sample.bytes <= *high,
            Self::TextIn(texts) => texts.contains(&sample.text),
            Self::NumberIn(numbers) => numbers.contains(&sample.number),
            Self::MaybeTextIn(texts) => texts.contains(&sample.maybe_text),
            Self::LevelIn(levels) => levels.contains(&sample.level),
            Self::Begins(prefix) => sample.text.starts_with(prefix),
            Self::MaybeBegins(prefix) => sample.maybe_text.as_ref().is_some_and(|text| text.starts_with(prefix)),
            Self::CityBegins(prefix) => sample.place.city.starts_with(prefix),
            Self::Contains(part) => sample.text.contains(part),
            Self::Tagged(tag) => sample.tags.contains(tag),
            Self::Voted(vote) => sample.votes.contains(vote),
            Self::Listed(number) => sample.list.contains(number),
            Self::TextSize(by, size) => by.holds(Some(sample.text.chars().count()), size),
            Self::BytesSize(by, size) => by.holds(Some(sample.bytes.0.len()), size),
            Self::TagsSize(by, size) => by.holds(Some(sample.tags.len()).filter(|len| *len > 0), size),
            Self::ListSize(by, size) => by.holds(Some(sample.list.len()), size),
            Self::MapSize(by, size) => by.holds(Some(sample.map.len()), size),
            Self::ListSizeBetween(low, high) => (*low..=*high).contains(&sample.list.len()),
            Self::IsSome(true) => sample.maybe_text.is_some(),
            Self::IsSome(false) => sample.maybe_number.is_some(),
            Self::IsNone(true) => sample.maybe_text.is_none(),
            Self::IsNone(false) => sample.maybe_number.is_none(),
            Self::Exists(field) => field.stored(sample).is_some(),
            Self::NotExists(field) => field.stored(sample).is_none(),
            Self::Type(field, stored) => field.stored(sample) == Some(*stored),
        }
    }
}
