//! Whether what the callers were told explains what is stored: calls at the same time took place in some order.

use std::collections::HashSet;

use dynamo_model_tests::EngineKind;
use dynamo_model_tests::faults::{Attempt, Fault};

use super::draft::Call;
use super::model::{Act, Given, Guard, Mode, Refused, State, Why, Write};
use super::perform::Report;

/// What the layer did to the calls of one step, and on which engine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    /// Writes that were done, and whose caller was told of a failure.
    lost: usize,
    /// A call was left without an answer.
    is_unsure: bool,
    /// No fault befell anything.
    is_calm: bool,
    /// The last attempt was answered by the engine.
    has_cleared: bool,
    engine: EngineKind,
}

impl Weather {
    /// Whether a delete without a condition reads what it gives before it deletes, so that others may write between:
    /// `an_item_is_given_to_one_of_those_who_delete_it`.
    fn reads_before_delete(self) -> bool {
        self.engine != EngineKind::Embedded
    }

    pub(crate) fn of(engine: EngineKind, attempts: &[Attempt]) -> Self {
        let is_write = |attempt: &&Attempt| attempt.operation != "GetItem";
        let is_lost = |attempt: &&Attempt| {
            matches!(attempt.fault, Fault::InternalErrorAfter | Fault::LoseResponse | Fault::TimeOut)
        };
        let is_unsure = |attempt: &Attempt| {
            is_lost(&attempt) || matches!(attempt.fault, Fault::InternalError | Fault::Unavailable | Fault::Reset)
        };
        let writes = || attempts.iter().filter(is_write);
        Self {
            lost: writes().filter(is_lost).filter(|attempt| attempt.committed()).count(),
            is_unsure: writes().any(is_unsure),
            is_calm: attempts.iter().all(|attempt| attempt.fault == Fault::None),
            has_cleared: attempts.last().is_some_and(|last| last.fault == Fault::None),
            engine,
        }
    }
}

/// Whether the calls, in some order, make `after` of `before` and give what was told.
pub(crate) fn explains(before: &State, told: &[(Call, Report)], weather: Weather, after: &State) -> bool {
    if let [(call, report)] = told
        && !is_plain_speech(call, report, weather, before != after)
    {
        return false;
    }
    let at_first = Point { state: before.clone(), calls: vec![Phase::Open; told.len()], lost: weather.lost };
    let mut seen = HashSet::new();
    let mut open = vec![at_first];
    while let Some(point) = open.pop() {
        if point.calls.iter().all(|phase| *phase == Phase::Over) && point.state == *after {
            return true;
        }
        if !seen.insert(point.clone()) {
            continue;
        }
        for (at, (call, report)) in told.iter().enumerate() {
            if point.calls[at] == Phase::Over {
                continue;
            }
            let mut took_place = |state: Option<State>, phase: Phase, lost: usize| {
                let (Some(state), Some(lost)) = (state, point.lost.checked_sub(lost)) else { return };
                let mut calls = point.calls.clone();
                calls[at] = phase;
                open.push(Point { state, calls, lost });
            };
            if let (Call::One(Write { place, act: Act::DeleteReturning }), Report::Done(given), true) =
                (call, report, weather.reads_before_delete())
            {
                let mut state = point.state.clone();
                let stored = state.remove(place);
                if point.calls[at] == Phase::HasRead {
                    took_place(Some(state), Phase::Over, 0);
                    continue;
                }
                took_place((*given == Given::Row(stored)).then(|| point.state.clone()), Phase::HasRead, 0);
            }
            match report {
                Report::Done(given) => {
                    let mut state = point.state.clone();
                    let is_done = match call {
                        Call::One(write) => match write.apply(&mut state) {
                            Ok(gave) => gave == *given,
                            // What it was to delete is gone, and it may have been this that deleted it.
                            Err(Refused(_, None)) => {
                                weather.is_unsure && matches!(write.act, Act::Delete(_) | Act::Remove(_))
                            }
                            Err(_) => false,
                        },
                        Call::All(writes) => apply_all(writes, &mut state).is_ok(),
                    };
                    took_place(is_done.then_some(state), Phase::Over, 0);
                }
                Report::Refused(refused) => {
                    let Call::One(write) = call else { return false };
                    took_place(is_refused(write, refused, &point.state).then(|| point.state.clone()), Phase::Over, 0);
                }
                Report::Cancelled(reasons) => {
                    let is_cancelled =
                        match apply_all(call.writes(), &mut point.state.clone()) {
                            Ok(()) => call.writes().iter().zip(reasons).all(|(write, reason)| {
                                reason.as_ref().is_none_or(|reason| was_read_before(write, reason))
                            }),
                            Err(expected) => {
                                let mut each = call.writes().iter().zip(reasons).zip(expected);
                                each.all(|((write, reason), expected)| {
                                    *reason == expected
                                        || reason.as_ref().is_some_and(|reason| was_read_before(write, reason))
                                })
                            }
                        };
                    took_place(is_cancelled.then(|| point.state.clone()), Phase::Over, 0);
                }
                Report::Nothing | Report::NotSent => took_place(Some(point.state.clone()), Phase::Over, 0),
                Report::Open => {
                    took_place(Some(point.state.clone()), Phase::Over, 0);
                    let mut state = point.state.clone();
                    let is_done = apply_all(call.writes(), &mut state).is_ok();
                    took_place(is_done.then_some(state), Phase::Over, 1);
                }
            }
            if let Call::One(write) = call {
                took_place(echo(write, report, &point.state), Phase::Open, 1);
            }
        }
    }
    false
}

/// Whether a call that was alone was told as much as there is to know.
fn is_plain_speech(call: &Call, report: &Report, weather: Weather, is_written: bool) -> bool {
    // Without a time of the write, its item does not tell whose change it is.
    let is_modify = matches!(call, Call::One(Write { act: Act::Modify(_), .. }));
    match report {
        Report::Open | Report::Nothing if weather.is_calm => false,
        // It met what it had written itself.
        Report::Open => is_modify || !(is_written && weather.has_cleared),
        _ => true,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Point {
    state: State,
    calls: Vec<Phase>,
    /// The lost answers that explain nothing yet.
    lost: usize,
}

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Phase {
    Open,
    /// A delete has read what it gives, and is still to delete it.
    HasRead,
    Over,
}

/// What a try whose answer was lost leaves, where the write is tried again: it is the same done twice, but others may
/// write between.
fn echo(write: &Write, report: &Report, state: &State) -> Option<State> {
    let stored = state.get(&write.place);
    let repeats = match (&write.act, stored) {
        // What it creates is created by a request of its own.
        (Act::Update(_, _, Mode::Upsert(row)), None) => row.email.is_none(),
        _ => write.repeats() && !write.has_token(stored),
    };
    // What is refused has left nothing; an update finds nothing to change where what it changed was deleted since.
    let may_be = !matches!(report, Report::Refused(Refused(why, _)) if *why != Why::Missing);
    let mut state = state.clone();
    (repeats && may_be && write.apply(&mut state).is_ok()).then_some(state)
}

fn is_refused(write: &Write, refused: &Refused, state: &State) -> bool {
    match (&write.act, refused) {
        // It gave up: others wrote at every try.
        (Act::Modify(_), Refused(Why::Version | Why::Condition, _)) => true,
        _ => write.apply(&mut state.clone()).is_err_and(|expected| expected == *refused),
    }
}

/// What had to be read before the transaction, to know the unique values, was not the same any more.
fn was_read_before(write: &Write, refused: &Refused) -> bool {
    let reads = matches!(write.act, Act::Put(..) | Act::Delete(Guard::None | Guard::Points(_)));
    write.place.0.is_unique() && reads && refused.0 == Why::Condition
}

/// Does all of a transaction, each write by what was stored before it.
fn apply_all(writes: &[Write], state: &mut State) -> Result<(), Vec<Option<Refused>>> {
    let before = state.clone();
    let refused: Vec<_> = writes.iter().map(|write| write.apply(&mut before.clone()).err()).collect();
    if refused.iter().any(Option::is_some) {
        return Err(refused);
    }
    for write in writes {
        if write.apply(state).is_err() {
            return Err(refused);
        }
    }
    Ok(())
}
