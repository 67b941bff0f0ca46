//! The faults to come, the attempts that were made, and the client between them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{IdentityCache, StalledStreamProtectionConfig};

use super::connector::FaultyHttpClient;
use super::sleep::NoSleep;
use super::{Attempt, Fault, Reached};

/// Which faults befall the HTTP attempts of its clients, and what became of each. Clones share both.
#[derive(Debug, Clone)]
pub struct FaultPlan {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    faults: VecDeque<Fault>,
    afterwards: Fault,
    attempts: Vec<Attempt>,
    sleeps: Vec<Duration>,
}

impl FaultPlan {
    /// A fault for each of the next attempts, and none afterwards.
    #[must_use]
    pub fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let state = State {
            faults: faults.into_iter().collect(),
            afterwards: Fault::None,
            attempts: Vec::new(),
            sleeps: Vec::new(),
        };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// A client on the engine of `engine`, whose attempts follow this plan: its tables and credentials are the same.
    ///
    /// It has no real time: a pause, the SDK's own before a retry as well as one that the library makes with the
    /// client's `sleep_impl`, is recorded and over at once, and there are no timeouts. Its retries are not rationed:
    /// the SDK's quota would make what happens to one call depend on the calls before it, of other tests as well.
    ///
    /// # Panics
    ///
    /// If `engine` has the SDK's default HTTP client, which cannot be taken out of it. Clients of
    /// [`Engine`](crate::Engine) have their own.
    #[must_use]
    pub fn client(&self, engine: &Client, retries: RetryConfig) -> Client {
        let Some(inner) = engine.config().http_client() else {
            panic!("the client has no HTTP client of its own to put faults on");
        };
        let unlimited = RetryPartition::custom("faults").token_bucket(TokenBucket::unlimited()).build();
        let config = engine
            .config()
            .to_builder()
            .http_client(FaultyHttpClient::new(inner, self.clone()))
            .retry_config(retries)
            .retry_partition(unlimited)
            .sleep_impl(NoSleep::new(self.clone()))
            // These three race with a sleep, which is over at once.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .identity_cache(IdentityCache::no_cache())
            .build();
        Client::from_conf(config)
    }

    /// More faults, after those that are planned.
    pub fn append(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state().faults.extend(faults);
    }

    /// The fault of every attempt for which none is planned.
    pub fn afterwards(&self, fault: Fault) {
        self.state().afterwards = fault;
    }

    /// Drops the faults that are still planned, and those afterwards: from here on all goes well.
    pub fn heal(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.afterwards = Fault::None;
    }

    /// The faults that are still planned.
    #[must_use]
    pub fn planned(&self) -> Vec<Fault> {
        self.state().faults.iter().copied().collect()
    }

    /// The attempts since the plan was made or [`forget`](Self::forget) was called, in the order of their start.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        self.state().attempts.clone()
    }

    /// The pauses that were asked for since then, by the SDK before its retries and by whoever used the client's
    /// `sleep_impl`.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.state().sleeps.clone()
    }

    /// Forgets attempts and pauses; the faults stay planned. No attempt may be under way.
    pub fn forget(&self) {
        let mut state = self.state();
        state.attempts.clear();
        state.sleeps.clear();
    }

    /// Takes the fault of an attempt that starts; the number is for [`reached`](Self::reached).
    pub(super) fn start(&self, operation: &str, number: u32) -> (usize, Fault) {
        let mut state = self.state();
        let fault = state.faults.pop_front().unwrap_or(state.afterwards).on(operation);
        let operation = operation.to_owned();
        state.attempts.push(Attempt { operation, number, fault, reached: Reached::NotPassedOn });
        (state.attempts.len() - 1, fault)
    }

    /// Records what the engine had to do with an attempt.
    pub(super) fn reached(&self, attempt: usize, reached: Reached) {
        if let Some(attempt) = self.state().attempts.get_mut(attempt) {
            attempt.reached = reached;
        }
    }

    /// Records a pause.
    pub(super) fn slept(&self, duration: Duration) {
        self.state().sleeps.push(duration);
    }

    /// Nothing panics while it holds the lock, so what a poisoned one guards is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
