//! Where the time of a write comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::timestamp::Timestamp;

/// What tells the time of writes and expiry: [`SystemClock`], or in tests a [`ManualClock`] or a closure.
///
/// ```
/// use dynamo_model::{Clock, Timestamp};
///
/// let clock = || Timestamp::UNIX_EPOCH;
/// assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no clock",
    label = "give a clock here",
    note = "a clock is `SystemClock`, `ManualClock` or a closure that returns a `Timestamp` and is `Send + Sync + 'static`"
)]
pub trait Clock: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp + Send + Sync + 'static> Clock for F {
    fn now(&self) -> Timestamp {
        self()
    }
}

/// The machine's clock, to the millisecond.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is moved, for tests.
///
/// Clones are the same clock: keep one, give the other away.
///
/// ```
/// use std::time::Duration;
/// use dynamo_model::{Clock, ManualClock, Timestamp};
///
/// let clock = ManualClock::new("2025-11-05T00:00:00Z".parse()?);
/// let given_away = clock.clone();
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(given_away.now().to_string(), "2025-11-05T00:01:00.000Z");
/// # Ok::<(), dynamo_model::TimestampError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock {
    millis: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { millis: Arc::new(AtomicI64::new(now.as_millis())) }
    }

    /// Moves the clock, forwards or back.
    pub fn set(&self, now: Timestamp) {
        self.millis.store(now.as_millis(), Ordering::SeqCst);
    }

    /// Moves the clock forwards, by whole milliseconds, at most to [`Timestamp::MAX`].
    pub fn advance(&self, duration: Duration) {
        self.millis
            .update(Ordering::SeqCst, Ordering::SeqCst, |millis| (Timestamp::clamped(millis) + duration).as_millis());
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::clamped(self.millis.load(Ordering::SeqCst))
    }
}
