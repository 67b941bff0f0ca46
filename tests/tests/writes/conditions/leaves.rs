//! Any comparison or function, on any kind of attribute.

use dynamo_model::expr::AttributeType;
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    leaf::{Comparison, Field, Leaf},
    sample::{bytes, due, key, level, list, map, number, tags, text, votes},
};

fn by() -> impl Strategy<Value = Comparison> + Clone {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    select(&[Eq, Ne, Lt, Le, Gt, Ge][..])
}

fn field() -> impl Strategy<Value = Field> + Clone {
    use Field::{Bytes, Element, Flag, Floor, List, Map, MaybeNumber, MaybeText, Tags, Text, Votes};
    select(&[Text, MaybeText, MaybeNumber, Tags, Votes, Floor, Element, List, Map, Flag, Bytes][..])
}

fn stored() -> impl Strategy<Value = AttributeType> + Clone {
    use AttributeType::{B, Bool, Bs, L, M, N, Ns, Null, S, Ss};
    select(&[S, N, B, Bool, Null, L, M, Ss, Ns, Bs][..])
}

pub(crate) fn leaf() -> BoxedStrategy<Leaf> {
    let any = any::<bool>;
    let few = -1..2_i64;
    let size = 0..3_usize;
    let scalars = prop_oneof![
        (by(), text()).prop_map(|(by, text)| Leaf::Text(by, text)),
        by().prop_map(Leaf::TextOfOther),
        (by(), number()).prop_map(|(by, number)| Leaf::Number(by, number)),
        by().prop_map(Leaf::NumberOfLimit),
        any().prop_map(Leaf::Flag),
        any().prop_map(Leaf::NotFlag),
        (by(), due()).prop_map(|(by, due)| Leaf::Due(by, due)),
        (by(), level()).prop_map(|(by, level)| Leaf::Level(by, level)),
        (by(), bytes()).prop_map(|(by, bytes)| Leaf::Bytes(by, bytes)),
        (by(), text()).prop_map(|(by, text)| Leaf::MaybeText(by, text)),
        (by(), number()).prop_map(|(by, number)| Leaf::MaybeNumber(by, number)),
    ];
    let wholes = prop_oneof![
        any().prop_map(Leaf::NoMaybeText),
        any().prop_map(Leaf::NoMaybeNumber),
        (any(), tags()).prop_map(|(same, tags)| Leaf::Tags(same, tags)),
        (any(), votes()).prop_map(|(same, votes)| Leaf::Votes(same, votes)),
        (any(), list()).prop_map(|(same, list)| Leaf::List(same, list)),
        (any(), map()).prop_map(|(same, map)| Leaf::Map(same, map)),
    ];
    let inside = prop_oneof![
        (size.clone(), by(), few.clone()).prop_map(|(at, by, number)| Leaf::Element(at, by, number)),
        (key(), by(), few.clone()).prop_map(|(key, by, number)| Leaf::Entry(key, by, number)),
        (by(), text()).prop_map(|(by, city)| Leaf::City(by, city)),
        (by(), 0..3_u8).prop_map(|(by, floor)| Leaf::Floor(by, floor)),
    ];
    let several = prop_oneof![
        (text(), text()).prop_map(|(low, high)| Leaf::TextBetween(low, high)),
        (number(), number()).prop_map(|(low, high)| Leaf::NumberBetween(low, high)),
        (number(), number()).prop_map(|(low, high)| Leaf::MaybeNumberBetween(low, high)),
        (bytes(), bytes()).prop_map(|(low, high)| Leaf::BytesBetween(low, high)),
        vec(text(), 0..4).prop_map(Leaf::TextIn),
        vec(number(), 0..4).prop_map(Leaf::NumberIn),
        vec(option::of(text()), 0..4).prop_map(Leaf::MaybeTextIn),
        vec(level(), 0..3).prop_map(Leaf::LevelIn),
    ];
    let functions = prop_oneof![
        text().prop_map(Leaf::Begins),
        text().prop_map(Leaf::MaybeBegins),
        text().prop_map(Leaf::CityBegins),
        text().prop_filter("an empty part is another question", |text| !text.is_empty()).prop_map(Leaf::Contains),
        select(&["a", "ab", "b"][..]).prop_map(|tag| Leaf::Tagged(tag.to_owned())),
        (0..3_u32).prop_map(Leaf::Voted),
        few.prop_map(Leaf::Listed),
    ];
    let sizes = prop_oneof![
        (by(), size.clone()).prop_map(|(by, size)| Leaf::TextSize(by, size)),
        (by(), size.clone()).prop_map(|(by, size)| Leaf::BytesSize(by, size)),
        (by(), size.clone()).prop_map(|(by, size)| Leaf::TagsSize(by, size)),
        (by(), size.clone()).prop_map(|(by, size)| Leaf::ListSize(by, size)),
        (by(), size.clone()).prop_map(|(by, size)| Leaf::MapSize(by, size)),
        (size.clone(), size).prop_map(|(low, high)| Leaf::ListSizeBetween(low, high)),
    ];
    let presence = prop_oneof![
        any().prop_map(Leaf::IsSome),
        any().prop_map(Leaf::IsNone),
        field().prop_map(Leaf::Exists),
        field().prop_map(Leaf::NotExists),
        (field(), stored()).prop_map(|(field, stored)| Leaf::Type(field, stored)),
    ];
    prop_oneof![
        3 => scalars.boxed(),
        2 => wholes.boxed(),
        2 => inside.boxed(),
        2 => several.boxed(),
        2 => functions.boxed(),
        2 => sizes.boxed(),
        1 => presence.boxed(),
    ]
    .boxed()
}
