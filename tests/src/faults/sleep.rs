//! Sleep that takes no time.

use std::time::Duration;

use aws_sdk_dynamodb::config::{AsyncSleep, Sleep};
use tokio::task::yield_now;

use super::FaultPlan;

/// Records how long it was to be, lets the other tasks have their turn, and is over.
#[derive(Debug, Clone)]
pub(super) struct NoSleep {
    plan: FaultPlan,
}

impl NoSleep {
    pub(super) fn new(plan: FaultPlan) -> Self {
        Self { plan }
    }
}

impl AsyncSleep for NoSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.plan.slept(duration);
        Sleep::new(yield_now())
    }
}
