//! Whatever befalls the requests: nothing is lost, done twice, or reported as done when it is not.

use aws_sdk_dynamodb::Client;
use dynamo_model::prelude::*;
use dynamo_model_tests::faults::{Attempt, FaultPlan};
use dynamo_model_tests::{EngineKind, with_engine};
use futures_util::future::join_all;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::cases::cases;
use super::draft::{self, Call, Script, scripts};
use super::explore::{Weather, explains};
use super::model::State;
use super::perform::{Report, perform};
use super::retries::three_attempts;
use super::stored::{clear, read};
use super::world::{Cell, Kind, World, db, of_kind};

/// Calls that are made at the same time.
const AT_ONCE: usize = 3;

fn what_is_stored_is_what_was_reported(test: &str, kind: Kind) {
    with_engine(|engine, runtime| {
        let client = engine.client(test);
        runtime.block_on(db(client.clone()).create_table()).expect("the table is created");
        let result = TestRunner::new(cases(250)).run(&scripts(kind), |script| {
            runtime.block_on(run(engine.kind(), &client, &script)).map_err(TestCaseError::fail)
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    });
}

async fn run(kind: EngineKind, engine: &Client, script: &Script) -> Result<(), String> {
    let clean = db(engine.clone());
    clear(&clean).await;
    fill(&clean, script).await;
    let plan = FaultPlan::new(script.faults.clone());
    let faulty = db(plan.client(engine, three_attempts()));
    let mut before = read(&clean).await?;
    let mut number = 0;
    let mut calls = script.calls.iter().peekable();
    while let Some((drafts, _)) = calls.next() {
        let mut together = vec![drafts];
        while let Some((drafts, _)) = calls.next_if(|(_, joins)| *joins && together.len() < AT_ONCE) {
            together.push(drafts);
        }
        let step: Vec<_> = together
            .into_iter()
            .map(|drafts| {
                number += 1;
                draft::resolve(drafts, number, &before)
            })
            .collect();
        let reports = join_all(step.iter().map(|call| perform(&faulty, call))).await;
        let reports =
            reports.into_iter().collect::<Result<Vec<_>, _>>().map_err(|error| format!("{error}\n{step:?}"))?;
        let told: Vec<_> = step.into_iter().zip(reports).collect();
        let after = read(&clean).await?;
        if !explains(&before, &told, Weather::of(kind, &plan.attempts()), &after) {
            return Err(story(&before, &told, &plan.attempts(), &after));
        }
        plan.forget();
        before = after;
    }
    Ok(())
}

fn story(before: &State, told: &[(Call, Report)], attempts: &[Attempt], after: &State) -> String {
    let mut lines = vec![format!("before: {before:?}")];
    lines.extend(told.iter().map(|(call, report)| format!("{call:?}\n    -> {report:?}")));
    lines.extend(attempts.iter().map(|attempt| format!("{attempt:?}")));
    lines.push(format!("after: {after:?}"));
    lines.join("\n")
}

/// Stores what is there at first.
async fn fill(clean: &Db<World>, script: &Script) {
    let mut places: Vec<_> = script.calls.iter().flat_map(|(drafts, _)| drafts).map(draft::Draft::place).collect();
    places.sort_unstable();
    places.dedup();
    let mut first = World::transaction();
    for (place, _) in places.into_iter().zip(&script.stored).filter(|(_, stored)| **stored) {
        let (kind, id) = place;
        first = of_kind!(kind, E => first.and(E::of(id, &draft::initial(place)).create()));
    }
    if !first.is_empty() {
        first.send(clean).await.expect("the items are created");
    }
}

#[test]
fn writes_of_a_plain_entity() {
    what_is_stored_is_what_was_reported("writes_of_a_plain_entity", Kind::Plain);
}

#[test]
fn writes_of_an_entity_with_a_version() {
    what_is_stored_is_what_was_reported("writes_of_an_entity_with_a_version", Kind::Versioned);
}

#[test]
fn writes_of_an_entity_with_a_unique_field() {
    what_is_stored_is_what_was_reported("writes_of_an_entity_with_a_unique_field", Kind::Unique);
}

#[test]
fn writes_of_an_entity_with_a_version_and_a_unique_field() {
    what_is_stored_is_what_was_reported("writes_of_an_entity_with_a_version_and_a_unique_field", Kind::Both);
}
