//! How long to wait before something is tried again.

use std::time::Duration;

use aws_sdk_dynamodb::config::AsyncSleep as _;

use super::Db;
use crate::{sleep::TimerSleep, table::Table};

/// How often the library tries again what DynamoDB left undone, and how long it waits before.
///
/// This is for what the SDK does not repeat by itself: unprocessed items of a batch, transactions that met another one,
/// `modify` after another write. A pause is random, from nothing up to a bound that doubles each time ("full jitter").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    tries: u32,
    first: Duration,
    longest: Duration,
}

impl Default for Backoff {
    /// 10 tries; pauses of up to 25 milliseconds at first and up to 2 seconds in the end.
    fn default() -> Self {
        Self { tries: 10, first: Duration::from_millis(25), longest: Duration::from_secs(2) }
    }
}

impl Backoff {
    /// Tries this often in all; 1 is without any repetition.
    #[must_use]
    pub fn with_tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    /// The bound of the first pause.
    #[must_use]
    pub fn with_first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// The bound that none is above.
    #[must_use]
    pub fn with_longest(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }

    /// The pauses between the tries.
    pub(crate) fn pauses(self) -> impl Iterator<Item = Duration> + Send {
        (1..self.tries).map(move |at| {
            let doubled = self.first.saturating_mul(1_u32.checked_shl(at - 1).unwrap_or(u32::MAX));
            doubled.min(self.longest).mul_f64(fastrand::f64())
        })
    }
}

impl<T: Table> Db<T> {
    /// Waits by the client's own clock, or by a thread where the client has none.
    pub(crate) async fn pause(&self, duration: Duration) {
        match self.client().config().sleep_impl() {
            Some(sleep) => sleep.sleep(duration).await,
            None => TimerSleep::default().sleep(duration).await,
        }
    }
}
