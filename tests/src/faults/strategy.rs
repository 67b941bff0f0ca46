//! Random faults.

use proptest::collection::{SizeRange, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use super::Fault;

/// Any fault. About half are [`Fault::None`], to which the others shrink.
pub fn faults() -> impl Strategy<Value = Fault> {
    prop_oneof![
        13 => Just(Fault::None),
        1 => Just(Fault::Throttle),
        1 => Just(Fault::ThrottleTable),
        1 => Just(Fault::ThrottleAccount),
        1 => Just(Fault::InternalError),
        1 => Just(Fault::InternalErrorAfter),
        1 => Just(Fault::Unavailable),
        1 => Just(Fault::LoseResponse),
        1 => Just(Fault::TimeOut),
        1 => Just(Fault::Reset),
        1 => any::<u64>().prop_map(Fault::Partial),
        1 => Just(Fault::Unprocessed),
        1 => any::<u64>().prop_map(Fault::Conflict),
        1 => Just(Fault::InProgress),
    ]
}

/// The faults of as many attempts as `length` says, for [`FaultPlan::new`](super::FaultPlan::new). About half of the
/// attempts are fine; a schedule shrinks to a shorter one, and to one with fewer faults.
pub fn schedules(length: impl Into<SizeRange>) -> impl Strategy<Value = Vec<Fault>> {
    vec(faults(), length)
}
