//! Lifecycle attributes: the types of `version`, `created_at`, `updated_at` and `ttl` fields, and the clock that
//! stamps them.

mod clock;
mod epoch;
mod field;
mod version;

pub use clock::{Clock, ManualClock, SystemClock};
pub use epoch::EpochSeconds;
pub use field::{ClockField, TtlField, VersionField};
pub use version::Version;
