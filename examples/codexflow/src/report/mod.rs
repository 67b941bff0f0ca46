//! What came back: as tables for people, as JSON for programs.

mod columns;
mod grid;
mod json;
mod text;

use crate::{Answer, Change, Engine, Loaded};

pub use json::json;
pub use text::text;

/// One run of the example.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Where the table lies.
    pub engine: Engine,
    /// The table's name.
    pub table: String,
    /// What the seeds changed.
    pub loaded: Loaded,
    /// Every access pattern.
    pub answers: Vec<Answer>,
    /// What writes did; none where the report does not show them.
    pub changes: Vec<Change>,
    /// How many sessions of the user that was asked about have expired.
    pub expired_sessions: usize,
}
