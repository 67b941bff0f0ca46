//! Runs cases on the engine.

use std::cell::Cell;

use dynamo_model::Db;
use dynamo_model_tests::with_engine;
use proptest::{
    collection::vec,
    prop_oneof,
    test_runner::{Config, TestRunner},
};

use crate::{
    ask::{Ask, ask},
    cases::cases,
    draft::{Draft, drafts},
    model::Queries,
    world::{World, empty, table},
};

/// Whether cases share a table.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Table {
    /// Each case has partitions of its own.
    Shared,
    /// Each case finds it empty.
    Emptied,
}

/// One table, and as many cases as are asked for.
#[allow(clippy::needless_pass_by_value, reason = "by reference, the closure's argument types are not inferred")]
pub(crate) fn on_cases(
    test: &'static str,
    source: &'static str,
    sharing: Table,
    body: impl AsyncFn(&Db<Queries>, &World, &[Draft], &[Ask]),
) {
    with_engine(|engine, runtime| {
        let db = runtime.block_on(table(engine, test));
        let config = Config { source_file: Some(source), test_name: Some(test), ..cases(500) };
        let number = Cell::new(0_u64);
        // Most queries of few items give one or none; pages need more.
        let cases = (prop_oneof![1 => drafts(2..12), 1 => drafts(30..90)], 0..3_usize, vec(ask(), 2..5));
        TestRunner::new(config)
            .run(&cases, |(drafts, spare, asks)| {
                number.set(number.get() + 1);
                let case = format!("{:06}", number.get());
                let drafts: Vec<Draft> = drafts.into_iter().map(|draft| draft.settle(&case)).collect();
                // Some are not stored; bounds are taken from all of them.
                let world = World::new(&drafts[..drafts.len() - spare.min(drafts.len() - 1)]);
                runtime.block_on(async {
                    if sharing == Table::Emptied {
                        empty(&db).await;
                    }
                    world.store(&db).await;
                    body(&db, &world, &drafts, &asks).await;
                });
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}
