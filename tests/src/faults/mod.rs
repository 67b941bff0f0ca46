//! Faults between the SDK and an engine: a client whose HTTP attempts fail by plan.
//!
//! The layer sits where the SDK's HTTP client does. Above it is the real SDK with its own retries, below it a real
//! engine. A [`FaultPlan`] holds one [`Fault`] for each HTTP attempt, in the order in which attempts are made, and
//! records what became of each.
//!
//! ```
//! # use aws_sdk_dynamodb::config::retry::RetryConfig;
//! # use dynamo_model_tests::faults::{Fault, FaultPlan, Reached};
//! # use dynamo_model_tests::on_engine;
//! on_engine("the_first_attempt_is_throttled", async |engine| {
//!     let plan = FaultPlan::new([Fault::Throttle]);
//!     let client = plan.client(&engine, RetryConfig::standard());
//!     client.list_tables().send().await.expect("the SDK tries again by itself");
//!     let attempts = plan.attempts();
//!     assert_eq!(attempts.len(), 2);
//!     assert_eq!(attempts[0].reached, Reached::NotPassedOn);
//!     assert!(attempts[1].committed());
//! });
//! ```

mod attempt;
mod batch;
mod connector;
mod fault;
mod plan;
mod reply;
mod sleep;
mod strategy;

pub use self::attempt::{Attempt, Reached};
pub use self::fault::Fault;
pub use self::plan::FaultPlan;
pub use self::strategy::{faults, schedules};
