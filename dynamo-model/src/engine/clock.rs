//! The caller's clock in the form the database asks for.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dynoxide::storage_backend::Clock;

/// `clock`, shared with the database; a time before 1970 counts as 1970.
pub(super) fn shared(clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Arc<dyn Clock> {
    Arc::new(FnClock(clock))
}

struct FnClock<F>(F);

impl<F: Fn() -> SystemTime> FnClock<F> {
    fn since_epoch(&self) -> Duration {
        (self.0)().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

impl<F: Fn() -> SystemTime + Send + Sync> Clock for FnClock<F> {
    fn now_unix_secs(&self) -> u64 {
        self.since_epoch().as_secs()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.since_epoch().as_secs_f64()
    }
}
