//! What an item is said to cost is what DynamoDB says it consumed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use aws_sdk_dynamodb::types::AttributeValue;
use dynamo_model::{
    prelude::*,
    value::{Item, item_size},
};
use dynamo_model_tests::{Engine, EngineKind, with_engine};
use proptest::{collection, prelude::*, test_runner::TestRunner};

use crate::cases::cases;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "weights",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK"),
    gsi(GSI3, pk = "GSI3PK", projection = "keys_only"),
    gsi(GSI4, pk = "GSI4PK", sk = "GSI4SK", include("text", "names")),
    gsi(GSI5, native(pk = ("shelf", "boxName"), sk = ("weight", "number"))),
    lsi(LSI1, sk = "LSI1SK")
)]
enum Weights {
    Thing(Box<Thing>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(rename_all = "camelCase")]
#[entity(table = Weights, pk = "BOX#{box_name}", sk = "THING#{number}")]
#[entity(index(GSI1, name = by_group, pk = "GROUP#{group}", sk = "THING#{number}"))]
#[entity(index(GSI2, name = by_tag, pk = "TAG#{tag}"))]
#[entity(index(GSI3, name = tagged, pk = "TAG#{tag}"))]
#[entity(index(GSI4, name = in_group, pk = "GROUP#{group}", sk = "THING#{number}"))]
#[entity(index(GSI5, name = by_weight, native(pk = (shelf, box_name), sk = (weight, number))))]
#[entity(index(LSI1, name = by_rank, sk = "RANK#{rank}"))]
struct Thing {
    box_name: String,
    number: u64,
    group: Option<String>,
    tag: Option<String>,
    rank: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shelf: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<i64>,
    text: String,
    flags: BTreeMap<String, Option<bool>>,
    #[serde(default, with = "serde_dynamo::string_set")]
    names: BTreeSet<String>,
    #[serde(default, with = "serde_dynamo::number_set")]
    counts: BTreeSet<i64>,
    floats: Vec<f64>,
    nested: Vec<BTreeMap<String, Vec<String>>>,
    wide: i128,
}

fn thing() -> impl Strategy<Value = Thing> {
    let key = "[a-zé€𝄞 #%]{1,12}";
    let places = (prop::option::of(key), prop::option::of(key), prop::option::of(any::<i32>()));
    let native = (prop::option::of(key), prop::option::of(any::<i64>()));
    let long = prop_oneof![3 => ".{0,40}", 1 => "[a-zé𝄞]{0,9000}"];
    let sets = (collection::btree_set(".{1,9}", 0..9), collection::btree_set(any::<i64>(), 0..9));
    let nested = collection::vec(collection::btree_map(".{1,5}", collection::vec(".{0,5}", 0..3), 0..3), 0..3);
    let rest = (
        collection::btree_map(".{1,9}", any::<Option<bool>>(), 0..9),
        collection::vec(
            prop::num::f64::NORMAL.prop_filter("DynamoDB's range", |f| (1e-30..1e30).contains(&f.abs())),
            0..9,
        ),
        nested,
        -(10_i128.pow(37))..10_i128.pow(37),
    );
    (key, any::<u64>(), places, native, long, sets, rest).prop_map(
        |(
            box_name,
            number,
            (group, tag, rank),
            (shelf, weight),
            text,
            (names, counts),
            (flags, floats, nested, wide),
        )| Thing {
            box_name,
            number,
            group,
            tag,
            rank,
            shelf,
            weight,
            text,
            flags,
            names,
            counts,
            floats,
            nested,
            wide,
        },
    )
}

/// How many bytes beyond whole units the item is to have.
fn edge() -> impl Strategy<Value = Option<usize>> {
    // 924: the 100 bytes of a local index on DynamoDB Local.
    prop::sample::select(vec![None, Some(0), Some(1), Some(924), Some(925)])
}

#[test]
fn an_item_costs_what_it_is_said_to() {
    with_engine(|engine, runtime| {
        let test = "an_item_costs_what_it_is_said_to";
        let db = Weights::db(engine.client(test));
        runtime.block_on(db.create_table()).unwrap();
        let source = Path::new(file!());
        let config =
            proptest::test_runner::Config { source_file: source.to_str(), test_name: Some(test), ..cases(1000) };
        TestRunner::new(config)
            .run(&(thing(), edge()), |(mut thing, edge)| {
                if let Some(beyond) = edge {
                    // A byte more or less in any rule then costs another unit.
                    let bytes = counted(engine, &thing.to_item().unwrap()) % 1024;
                    thing.text.push_str(&"x".repeat(1024 - bytes + beyond));
                }
                let cost = thing.size().unwrap();
                let (written, read) = runtime.block_on(async {
                    Thing::delete(&thing.box_name, &thing.number).send(&db).await.unwrap();
                    let (_, written) = thing.clone().create().send_metered(&db).await.unwrap();
                    let get = Thing::get(&thing.box_name, &thing.number);
                    let (found, read) = get.consistent().send_metered(&db).await.unwrap();
                    assert_eq!(found.as_ref(), Some(&thing));
                    (written, read)
                });
                let said = thing.clone().create().explain().cost();
                assert_eq!(said.bytes, cost.bytes);
                assert!(same(said.write_units, cost.table_write_units()) && same(said.read_units, 0.0), "{said:?}");
                let indexes = cost.indexes.iter().map(|index| (index.index, index.write_units())).collect();
                assert_eq!(said.indexes, indexes);
                let item = thing.to_item().unwrap();
                assert_eq!(cost.bytes, item_size(&item));
                let agrees = |what: &str, consumed: f64, said: f64, unit: usize, item: &Item, more: usize| {
                    assert!(
                        same(said, units(item_size(item), unit)),
                        "{what}: {said} said of {} bytes",
                        item_size(item)
                    );
                    let counted = counted(engine, item) + more;
                    assert!(
                        same(consumed, units(counted, unit)),
                        "{what}: {consumed} for {counted} bytes, {said} said"
                    );
                };
                agrees("the table", written.table, cost.table_write_units(), 1024, &item, 0);
                agrees("the read", read.total, cost.read_units(true), 4096, &item, 0);
                for index in &cost.indexes {
                    let consumed = written.indexes.get(index.index).copied().unwrap_or_default();
                    let more = if index.index == "LSI1" { local_index_entry(engine) } else { 0 };
                    let entry = carried(index.index, &item);
                    assert_eq!(index.bytes, item_size(&entry), "{}", index.index);
                    agrees(index.index, consumed, index.write_units(), 1024, &entry, more);
                }
                let is_in = |name: &str| cost.indexes.iter().any(|index| index.index == name);
                let elsewhere: f64 =
                    written.indexes.iter().filter(|(name, _)| !is_in(name)).map(|(_, units)| units).sum();
                assert!(elsewhere < 0.1, "{elsewhere} units on indexes that the item is not in");
                assert!((written.total - written.table - written.indexes.values().sum::<f64>()).abs() < 1e-9);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

/// What an index carries of the item.
fn carried(index: &str, item: &Item) -> Item {
    let carried: &[&str] = match index {
        "GSI3" => &["PK", "SK", "GSI3PK"],
        "GSI4" => &["PK", "SK", "GSI4PK", "GSI4SK", "entityType", "text", "names"],
        _ => return item.clone(),
    };
    let carried = item.iter().filter(|(name, _)| carried.contains(&name.as_str()));
    carried.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The bytes that the engine counts, if it is DynamoDB Local: it aligns the pairs of a number's digits with the decimal
/// point, so that the zeros beside it may count, where DynamoDB counts pairs of significant digits.
fn counted(engine: &Engine, item: &Item) -> usize {
    match engine.kind() {
        EngineKind::Embedded => item_size(item),
        _ => item_size(&item.iter().map(|(name, value)| (name.clone(), with_aligned(value))).collect()),
    }
}

/// The value with texts in place of numbers, as long as DynamoDB Local takes them to be.
fn with_aligned(value: &AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::N(number) => AttributeValue::S(aligned(number)),
        AttributeValue::Ns(numbers) => AttributeValue::Ss(numbers.iter().map(|number| aligned(number)).collect()),
        AttributeValue::L(list) => AttributeValue::L(list.iter().map(with_aligned).collect()),
        AttributeValue::M(map) => {
            AttributeValue::M(map.iter().map(|(name, value)| (name.clone(), with_aligned(value))).collect())
        }
        other => other.clone(),
    }
}

/// A byte for every two digits from the pair with the first to the pair with the last that is not zero, one more, and
/// one for the sign where the pairs leave room for it.
fn aligned(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or((0, number), |number| (1, number));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let highest = i64::try_from(whole.len()).unwrap() - 1 + exponent.parse::<i64>().unwrap();
    let digits = (i64::MIN..=highest).rev().zip(whole.chars().chain(fraction.chars()));
    let mut places = digits.filter(|(_, digit)| *digit != '0').map(|(place, _)| place.div_euclid(2));
    let Some(first) = places.next() else { return "0".to_owned() };
    let pairs = usize::try_from(first - places.last().unwrap_or(first) + 1).unwrap();
    "0".repeat(pairs + 1 + if pairs < 20 { sign } else { 0 })
}

/// DynamoDB Local takes an entry of a local index for 100 bytes larger: AWS bills that much for storing one.
fn local_index_entry(engine: &Engine) -> usize {
    if engine.kind() == EngineKind::Embedded { 0 } else { 100 }
}

fn same(units: f64, others: f64) -> bool {
    (units - others).abs() < f64::EPSILON
}

fn units(bytes: usize, unit: usize) -> f64 {
    u32::try_from(bytes.div_ceil(unit).max(1)).expect("an item has at most 400 KB").into()
}
