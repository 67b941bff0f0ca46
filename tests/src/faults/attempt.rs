//! What became of one HTTP attempt.

use super::Fault;

/// One HTTP attempt, as the layer saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The operation, `PutItem` for one.
    pub operation: String,
    /// Which attempt of its call this was, as the SDK says: 1, then one more for each retry of its own. 0 if it does
    /// not say.
    pub number: u32,
    /// The fault that was applied: [`Fault::None`] where the planned one means nothing to the operation.
    pub fault: Fault,
    /// What the engine had to do with it.
    pub reached: Reached,
}

/// What an engine had to do with an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It never saw the request.
    NotPassedOn,
    /// It was given the request and has not answered, or not to the end: the attempt runs, was cancelled, or failed
    /// without a fault of the plan.
    NoAnswer,
    /// It answered in full, with this HTTP status. The caller may have been told something else.
    Answered(u16),
}

impl Attempt {
    /// Whether the engine did what it was asked, whatever the caller was told. Of a batch, the part that it was asked.
    #[must_use]
    pub fn committed(&self) -> bool {
        matches!(self.reached, Reached::Answered(200..=299))
    }
}
