//! What fields hold: newtypes, nested structs and names, with paths into them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dm::{expr::Assign, prelude::*};

#[derive(Debug, Clone, PartialEq, Table)]
#[table(crate = dm, name = "attributes", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK"))]
enum Attributes {
    Person(Box<Person>),
    Crate(Crate<u8>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Attributes, pk = "PERSON#{id}", sk = "PERSON")]
#[entity(index(GSI1, name = by_place, pk = "PLACE#{place}"))]
struct Person {
    id: Id,
    place: Place,
    home: Address,
    work: Option<Address>,
    others: Vec<Address>,
    named: HashMap<String, Box<Address>>,
    tags: Vec<String>,
    limits: BTreeMap<String, u32>,
    age: Years,
    mood: Mood,
    words: Words,
    r#type: Raw,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Attribute, KeyPart)]
#[attribute(crate = dm)]
#[key_part(crate = dm)]
struct Id(String);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Attribute, KeyPart)]
#[attribute(crate = dm)]
#[key_part(crate = dm)]
#[serde(transparent)]
struct Place {
    name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct Years(u8);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
#[serde(rename_all = "lowercase")]
enum Mood {
    Good,
    #[serde(rename = "so-so")]
    Other,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct Words(Vec<String>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
#[serde(rename_all = "camelCase", tag = "kind")]
struct Address {
    street_name: String,
    #[serde(rename = "town")]
    city: Option<String>,
    #[serde(default)]
    floors: Vec<u8>,
    geo: Option<Geo>,
    #[serde(skip)]
    cache: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
    #[serde(default, with = "string_set")]
    marks: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(with = "upper")]
    upper: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct Geo {
    north: f64,
    east: f64,
}

/// Fields called like a path's methods, and like the parameters of their own type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct Raw {
    r#type: String,
    to: u8,
    eq: u8,
    set: u8,
    key: u8,
    size: u8,
    at: u8,
    fields: u8,
    clone: u8,
    fmt: u8,
    e: E,
    s: Option<S>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct E(u8);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
struct S(bool);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(crate = dm, table = Attributes, pk = "CRATE#{id}", sk = "CRATE")]
#[serde(bound = "")]
struct Crate<T>
where
    T: std::fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'any> Deserialize<'any> + 'static,
{
    id: Wrapped<Id>,
    content: Content<T, 2>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Attribute, KeyPart)]
#[attribute(crate = dm)]
#[key_part(crate = dm)]
struct Wrapped<T>(T);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
#[attribute(crate = dm)]
#[serde(bound = "T: Serialize + for<'any> Deserialize<'any>")]
struct Content<T: Clone, const N: usize = 1>
where
    T: PartialEq,
{
    first: T,
    all: Vec<T>,
    wrapped: Wrapped<u16>,
}

mod string_set {
    use std::collections::BTreeSet;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(set: &BTreeSet<String>, to: S) -> Result<S::Ok, S::Error> {
        set.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<String>, D::Error> {
        BTreeSet::deserialize(from)
    }
}

mod upper {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&text.to_uppercase())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        Ok(String::deserialize(from)?.to_lowercase())
    }
}

/// What a scan asks for beside the type.
fn filter(condition: impl FnOnce(PersonFields) -> dm::Condition<Person>) -> String {
    let text = Person::scan().filter(condition).explain().to_string();
    text.split_once(" AND ").map_or(text.clone(), |(_, filter)| filter.to_owned())
}

/// What an update writes, without the key and the condition.
fn written<A: Assign<Person>>(change: impl FnOnce(PersonFields) -> A) -> String {
    let text = Person::update(&Id("1".to_owned())).set(change).explain().to_string();
    let (_, written) = text.split_once("SK = \"PERSON\" ").expect("an update names its key");
    written.split_once(" | if ").map_or(written, |(written, _)| written).to_owned()
}

#[test]
fn paths_lead_into_structs() {
    assert_eq!(filter(|p| p.home().street_name().eq("x")), r#"home.streetName = "x""#);
    assert_eq!(
        filter(|p| p.work().city().is_none()),
        r#"(attribute_not_exists(work.town) OR attribute_type(work.town, "NULL"))"#
    );
    assert_eq!(filter(|p| p.work().geo().north().lt(5.0)), "work.geo.north < 5");
    assert_eq!(filter(|p| p.others().at(1).city().begins_with("B")), r#"begins_with(others[1].town, "B")"#);
    assert_eq!(filter(|p| p.named().key("x").floors().at(0).gt(2)), "named.x.floors[0] > 2");
    assert_eq!(filter(|p| p.tags().at(0).contains("ab")), r#"contains(tags[0], "ab")"#);
    assert_eq!(filter(|p| p.limits().key("a.b").le(3)), "limits.a.b <= 3");
    assert_eq!(filter(|p| p.home().marks().contains("m")), r#"contains(home.marks, "m")"#);
    assert_eq!(filter(|p| p.home().note().eq("")), "attribute_not_exists(home.note)");
    assert_eq!(filter(|p| p.home().upper().eq("u")), r#"home.upper = "U""#);
    assert_eq!(filter(|p| p.home().size().gt(3)), "size(home) > 3");
    assert_eq!(
        filter(|p| p.id().begins_with("a") & p.place().lt(Place { name: "z".to_owned() })),
        r#"begins_with(id, "a") AND place < "z""#
    );
    assert_eq!(
        filter(|p| p.age().ge(Years(18)) & p.mood().begins_with("so")),
        r#"age >= 18 AND begins_with(mood, "so")"#
    );
    assert_eq!(
        filter(|p| p.words().contains("w") & p.words().size().ge(1)),
        r#"contains(words, "w") AND size(words) >= 1"#
    );
}

#[test]
fn changes_reach_into_structs() {
    assert_eq!(written(|p| p.home().city().to("x")), r#"SET home.town = "x""#);
    assert_eq!(
        written(|p| (p.home().city().remove(), p.work().geo().north().to(1.5))),
        "SET work.geo.north = 1.5 REMOVE home.town"
    );
    assert_eq!(
        written(|p| (p.age().add(Years(1)), p.others().at(0).floors().append([1]))),
        "SET age = if_not_exists(age, 0) + 1, others[0].floors = list_append(if_not_exists(others[0].floors, []), [1])"
    );
    assert_eq!(
        written(|p| (p.tags().at(3).to("t"), p.limits().key("k").add(2), p.limits().key("l").remove())),
        r#"SET tags[3] = "t", limits.k = if_not_exists(limits.k, 0) + 2 REMOVE limits.l"#
    );
    assert_eq!(written(|p| p.words().append(["w"])), r#"SET words = list_append(if_not_exists(words, []), ["w"])"#);
}

#[test]
fn fields_may_be_called_like_methods() {
    let fields = |p: PersonFields| p.r#type();
    assert_eq!(
        filter(|p| fields(p).document().to().eq(1) & fields(p).document().eq().eq(2)),
        "type.to = 1 AND type.eq = 2"
    );
    assert_eq!(
        filter(|p| fields(p).document().key().eq(1) & fields(p).document().size().eq(2)),
        "type.key = 1 AND type.size = 2"
    );
    assert_eq!(
        filter(|p| fields(p).document().at().eq(1) & fields(p).document().clone().eq(2)),
        "type.at = 1 AND type.clone = 2"
    );
    assert_eq!(
        filter(|p| fields(p).set().eq(1) & fields(p).fields().eq(2) & fields(p).fmt().eq(3)),
        "type.set = 1 AND type.fields = 2 AND type.fmt = 3"
    );
    assert_eq!(
        filter(|p| fields(p).r#type().eq("t") & fields(p).e().eq(E(1)) & fields(p).s().eq(S(true))),
        r#"type.type = "t" AND type.e = 1 AND type.s = true"#
    );
    assert_eq!(written(|p| p.r#type().document().to().to(3)), "SET type.to = 3");
}

#[test]
fn structs_may_be_generic() {
    fn is_change<A: Assign<Crate<u8>>>(_: impl Fn(CrateFields<u8>) -> A) {}

    is_change(|c| (c.content().first().to(1), c.content().all().append([2]), c.content().wrapped().add(Wrapped(1))));
    let scan = Crate::<u8>::scan().filter(|c| c.content().first().lt(3) & c.id().begins_with("x"));
    assert_eq!(
        scan.explain().to_string(),
        r#"Scan | filter entityType = "Crate" AND content.first < 3 AND begins_with(id, "x")"#
    );
}
