//! Why there is no table to work on.

use std::{error::Error as StdError, fmt, io, process::ExitStatus};

/// Why an engine cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum EngineError {
    /// The text names no engine.
    Unknown(String),
    /// The program that runs the server could not be started or read.
    Spawn(io::Error),
    /// The program that runs the server ended before it said where the server listens.
    Ended {
        /// The engine.
        engine: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// The URL is one of `https://`, and the environment has no credentials.
    NoCredentials(String),
    /// An access key is set without its secret.
    NoSecret,
    /// The table could not be created; shown as the library shows it.
    Table(dynamo_model::Error),
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(
                f,
                "there is no engine `{text}`; write `embedded`, `local`, `docker` or a URL such as \
                 `http://127.0.0.1:8000`"
            ),
            Self::Spawn(_) => f.write_str(
                "the program that runs DynamoDB Local did not start; it is built by cargo from the example's workspace",
            ),
            Self::Ended { engine, status } => {
                write!(f, "the engine `{engine}` did not start ({status}); what it lacks is said above")
            }
            Self::NoCredentials(url) => write!(
                f,
                "`{url}` needs credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, \
                 if they are temporary)"
            ),
            Self::NoSecret => {
                f.write_str("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY; set both or neither")
            }
            Self::Table(error) => error.fmt(f),
        }
    }
}

impl StdError for EngineError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Spawn(error) => Some(error),
            Self::Table(error) => error.source(),
            _ => None,
        }
    }
}
