//! Any sequence of writes leaves what the model says: every item as a fresh encode gives it, every unique value with its
//! owner, every index in step, and every request answered with what became of it.
//!
//! `DYNAMO_MODEL_CASES` asks for more sequences than the 300 that are always run.

mod check;
mod counter;
mod forecast;
mod kind;
mod modelled;
mod modify;
mod op;
mod queries;
mod reads;
mod ready;
mod run;
mod session;
mod state;
mod task;
mod together;
mod user;
mod write;

use dynamo_model_tests::with_engine;
use proptest::test_runner::{Config, TestRunner};

use crate::{cases::cases, world::open};

#[test]
fn every_sequence_of_writes_leaves_what_the_model_says() {
    const TEST: &str = "every_sequence_of_writes_leaves_what_the_model_says";
    with_engine(|engine, runtime| {
        let (db, clock) = runtime.block_on(open(engine.client(TEST)));
        let config = Config { source_file: Some(file!()), test_name: Some(TEST), ..cases(300) };
        TestRunner::new(config)
            .run(&op::steps(), |steps| {
                runtime.block_on(run::run(&db, &clock, &steps));
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}
