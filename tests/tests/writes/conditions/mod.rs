//! Conditions mean in DynamoDB what they say in Rust: as filters of queries and as conditions of updates.

mod leaf;
mod leaves;
mod limits;
mod sample;
mod tree;

use std::cell::Cell;

use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::with_engine;
use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};

use self::{
    sample::{Sample, Samples, sample},
    tree::{Tree, tree},
};
use crate::cases::cases;

/// The items of a case, in partitions of its own.
fn samples(case: u64, samples: Vec<Sample>) -> Vec<Sample> {
    let numbered = samples.into_iter().zip(1..);
    numbered.map(|(sample, id)| Sample { case, id, ..sample }).collect()
}

async fn filters(db: &Db<Samples>, case: u64, stored: &[Sample], tree: &Tree) {
    let expected: Vec<&Sample> = stored.iter().filter(|sample| tree.holds(sample)).collect();
    let query = Sample::of_case(&case).filter(|s| tree.condition(s));
    let what = query.clone().explain().to_string();
    let found = query.clone().all(db).await.unwrap_or_else(|error| panic!("{error}: {what}"));
    assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{what}");
    assert_eq!(query.count(db).await.expect("counted"), expected.len() as u64, "{what}");
}

/// `hits` is in no condition, so what is stored stays what it was to them.
async fn guards(db: &Db<Samples>, stored: &mut [Sample], tree: &Tree) {
    for sample in stored {
        let update = Sample::update(&sample.case, &sample.id).set(|s| s.hits().add(1)).when(|s| tree.condition(s));
        let what = update.clone().explain().to_string();
        match update.returning_new().send(db).await {
            Ok(updated) => {
                sample.hits += 1;
                assert_eq!(updated, *sample, "{what}");
                assert!(tree.holds(sample), "{what}");
            }
            Err(Error::ConditionFailed(refusal)) => {
                assert!(!tree.holds(sample), "{what}\n {sample:?}");
                assert_eq!(refusal.item::<Sample>().expect("it is there").expect("it is one"), *sample);
            }
            Err(error) => panic!("{error}: {what}"),
        }
    }
}

#[test]
fn a_condition_holds_where_its_predicate_does() {
    const TEST: &str = "a_condition_holds_where_its_predicate_does";
    with_engine(|engine, runtime| {
        let db = Samples::db(engine.client(TEST));
        runtime.block_on(db.create_table()).expect("the table is created");
        let config = Config { source_file: Some(file!()), test_name: Some(TEST), ..cases(200) };
        let number = Cell::new(0_u64);
        TestRunner::new(config)
            .run(&(vec(sample(), 1..5), vec(tree(), 1..4)), |(drawn, trees)| {
                let case = number.get();
                number.set(case + 1);
                let mut stored = samples(case, drawn);
                runtime.block_on(async {
                    Samples::batch_write().put_all(stored.clone()).send(&db).await.expect("the items are written");
                    for tree in &trees {
                        filters(&db, case, &stored, tree).await;
                        guards(&db, &mut stored, tree).await;
                    }
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}
