//! What an item is said to cost is what DynamoDB says it consumed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use dynamo_model::{cost::IndexCost, prelude::*};
use dynamo_model_tests::{EngineKind, with_engine};
use proptest::{collection, prelude::*, test_runner::TestRunner};

use crate::cases::cases;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(
    name = "weights",
    pk = "PK",
    sk = "SK",
    gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(GSI2, pk = "GSI2PK"),
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
#[entity(index(LSI1, name = by_rank, sk = "RANK#{rank}"))]
struct Thing {
    box_name: String,
    number: u64,
    group: Option<String>,
    tag: Option<String>,
    rank: Option<i32>,
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
    (key, any::<u64>(), places, long, sets, rest).prop_map(
        |(box_name, number, (group, tag, rank), text, (names, counts), (flags, floats, nested, wide))| Thing {
            box_name,
            number,
            group,
            tag,
            rank,
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
            .run(&thing(), |thing| {
                let cost = thing.size().unwrap();
                let (written, read) = runtime.block_on(async {
                    Thing::delete(&thing.box_name, &thing.number).send(&db).await.unwrap();
                    let (_, written) = thing.clone().create().send_metered(&db).await.unwrap();
                    let get = Thing::get(&thing.box_name, &thing.number);
                    let (found, read) = get.consistent().send_metered(&db).await.unwrap();
                    assert_eq!(found.as_ref(), Some(&thing));
                    (written, read)
                });
                same("table", written.table, cost.table_write_units());
                let mut indexes = written.indexes;
                if engine.kind() != EngineKind::Embedded {
                    // DynamoDB Local adds some hundred bytes of overhead to an entry of a local index, which AWS adds to
                    // what is stored, and not to what is written.
                    if let Some(units) = indexes.get_mut("LSI1") {
                        let said = cost.indexes.iter().find(|index| index.index == "LSI1").map(IndexCost::write_units);
                        *units = units.min(said.unwrap_or_default()).max(*units - 1.0);
                    }
                }
                let expected: BTreeMap<String, f64> =
                    cost.indexes.iter().map(|index| (index.index.to_owned(), index.write_units())).collect();
                same("all", written.table + indexes.values().sum::<f64>(), cost.write_units());
                assert_eq!(indexes.into_iter().filter(|(_, units)| *units > 0.0).collect::<BTreeMap<_, _>>(), expected);
                same("read", read.total, cost.read_units(true));
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

fn same(what: &str, one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{what}: {one} consumed, {other} said");
}
