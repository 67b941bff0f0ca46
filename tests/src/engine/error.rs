//! Why there is no engine.

use std::error::Error;
use std::fmt;

/// Why an engine cannot be used. What is shown names the engine and what to do.
#[derive(Debug)]
pub struct EngineError {
    kind: Kind,
    message: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Choice,
    Missing,
    Failed,
}

impl EngineError {
    /// The environment's variables name no engine.
    pub(super) fn choice(message: impl Into<String>) -> Self {
        Self { kind: Kind::Choice, message: message.into() }
    }

    /// This machine lacks what the engine needs.
    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self { kind: Kind::Missing, message: message.into() }
    }

    /// The engine is there and does not work.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self { kind: Kind::Failed, message: message.into() }
    }

    /// Whether this machine lacks what the engine needs, as opposed to an engine that is there and does not work.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Missing
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for EngineError {}

/// An error and what caused it, in one line: SDK and Docker errors say little without their sources.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
