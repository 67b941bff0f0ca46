//! What came back: as tables for people, as JSON for programs.

mod columns;
mod grid;
mod json;
mod text;

use crate::{Answer, Engine, Loaded};

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
    /// How many sessions of the user that was asked about have expired.
    pub expired_sessions: usize,
}
