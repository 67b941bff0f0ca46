//! Whatever is planned, the record is what the engine did.

use std::cell::Cell;

use dynamo_model_tests::faults::{Fault, FaultPlan, Reached, schedules};
use dynamo_model_tests::with_engine;
use futures_util::future::join_all;
use proptest::prelude::Strategy;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use proptest::{prop_assert, prop_assert_eq};

use super::cases::cases;
use super::retries::three_attempts;
use super::table::{self, TABLE, count, key, number, outcome};

/// Calls that run at the same time, and how many rounds of them there are.
const AT_ONCE: usize = 4;
const ROUNDS: usize = 3;

#[test]
fn an_item_is_changed_as_often_as_the_record_says() {
    with_engine(|engine, runtime| {
        let engine = engine.client("an_item_is_changed_as_often_as_the_record_says");
        runtime.block_on(table::create(&engine));
        let case = Cell::new(0);
        let mut runner = TestRunner::new(cases(64));
        let result = runner.run(&schedules(0..40), |faults| {
            let pk = format!("{}", case.replace(case.get() + 1));
            runtime.block_on(async {
                let plan = FaultPlan::new(faults);
                let client = plan.client(&engine, three_attempts());
                let mut ok = 0;
                for _ in 0..ROUNDS {
                    let calls = (0..AT_ONCE).map(|_| {
                        let add = client.update_item().table_name(TABLE).set_key(Some(key(&pk)));
                        let add =
                            add.update_expression("ADD #count :one").expression_attribute_names("#count", "count");
                        add.expression_attribute_values(":one", number(1)).send()
                    });
                    ok += join_all(calls).await.iter().filter(|result| outcome(result) == "ok").count();
                }
                let attempts = plan.attempts();
                let committed = attempts.iter().filter(|attempt| attempt.committed()).count();
                let counted = count(&engine, &pk).await.map_or(0, |count| count.parse().expect("a number"));
                prop_assert_eq!(committed, counted);
                prop_assert!(ok <= committed, "{ok} calls succeeded, {committed} attempts did");
                prop_assert_eq!(attempts.iter().filter(|attempt| attempt.number == 1).count(), AT_ONCE * ROUNDS);
                prop_assert!(attempts.iter().all(|attempt| attempt.reached != Reached::NoAnswer));
                Ok::<_, TestCaseError>(())
            })
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    });
}

#[test]
fn about_half_of_the_attempts_are_fine() {
    let mut runner = TestRunner::deterministic();
    let schedule = schedules(2000).new_tree(&mut runner).expect("a schedule").current();
    let fine = schedule.iter().filter(|fault| **fault == Fault::None).count();
    assert!((900..1100).contains(&fine), "{fine} of 2000");
}
