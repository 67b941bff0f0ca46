//! Sleep on any async runtime, and on none.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::config::{AsyncSleep, Sleep};

/// Sleeps that one thread wakes; the thread lives while there is something to wait for.
#[derive(Clone, Debug, Default)]
pub(crate) struct TimerSleep {
    timer: Arc<Timer>,
}

impl AsyncSleep for TimerSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        let timer = Arc::clone(&self.timer);
        // A time beyond what the clock can tell is one that never comes.
        let until = Instant::now().checked_add(duration);
        let mut told: Option<Waker> = None;
        Sleep::new(poll_fn(move |cx| match until {
            Some(until) if until <= Instant::now() => Poll::Ready(()),
            None => Poll::Pending,
            Some(_) if told.as_ref().is_some_and(|told| told.will_wake(cx.waker())) => Poll::Pending,
            Some(until) => {
                told = Some(cx.waker().clone());
                timer.wake_at(until, cx.waker())
            }
        }))
    }
}

#[derive(Debug, Default)]
struct Timer {
    state: Mutex<State>,
    earlier: Condvar,
}

#[derive(Debug, Default)]
struct State {
    alarms: BinaryHeap<Reverse<Alarm>>,
    running: bool,
}

impl Timer {
    /// Wakes `waker` once `until` has come.
    fn wake_at(self: &Arc<Self>, until: Instant, waker: &Waker) -> Poll<()> {
        let mut state = self.lock();
        state.alarms.push(Reverse(Alarm { until, waker: waker.clone() }));
        if state.running {
            self.earlier.notify_one();
            return Poll::Pending;
        }
        let timer = Arc::clone(self);
        let started = thread::Builder::new().name("dynamo-model-timer".to_owned()).spawn(move || timer.run());
        state.running = started.is_ok();
        if started.is_ok() {
            return Poll::Pending;
        }
        // Without a thread to wait on, wait here: late for the executor's other tasks, but not for this one.
        state.alarms.clear();
        drop(state);
        thread::sleep(until.saturating_duration_since(Instant::now()));
        Poll::Ready(())
    }

    fn run(&self) {
        let mut state = self.lock();
        while let Some(Reverse(next)) = state.alarms.peek() {
            let wait = next.until.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                let due = state.alarms.pop();
                drop(state);
                if let Some(Reverse(alarm)) = due {
                    alarm.waker.wake();
                }
                state = self.lock();
            } else {
                state = self.earlier.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
        state.running = false;
    }

    /// Nothing panics while it holds the lock, so what a poisoned one guards is whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Alarm {
    until: Instant,
    waker: Waker,
}

impl PartialEq for Alarm {
    fn eq(&self, other: &Self) -> bool {
        self.until == other.until
    }
}

impl Eq for Alarm {}

impl PartialOrd for Alarm {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Alarm {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.until.cmp(&other.until)
    }
}
