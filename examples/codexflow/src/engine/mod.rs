//! Where the table lies: in this process, or behind an endpoint.

mod client;
mod error;
mod server;

use std::{fmt, str::FromStr};

use dynamo_model::{Db, Table as _};

use crate::Codexflow;
use server::Server;

pub use error::EngineError;

/// What answers the SDK's client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// The library's own engine, in memory of this process.
    Embedded,
    /// DynamoDB Local on this machine's Java.
    Local,
    /// DynamoDB Local in a container.
    Docker,
    /// Whatever answers at this URL.
    Url(String),
}

/// The table on an engine. A server that was started for it ends with this value.
#[derive(Debug)]
pub struct Running {
    /// The table, which exists.
    pub db: Db<Codexflow>,
    _server: Option<Server>,
}

impl Engine {
    /// Starts the engine, if it is one to start, and creates the table there, if there is none.
    ///
    /// # Errors
    ///
    /// The engine does not start, its endpoint needs what this build or the environment lacks, or the table cannot be
    /// created.
    pub async fn start(&self) -> Result<Running, EngineError> {
        match self {
            Self::Embedded => {
                let db = Codexflow::embedded().await.map_err(EngineError::Table)?;
                Ok(Running { db, _server: None })
            }
            Self::Local | Self::Docker => {
                let server = Server::start(&self.to_string()).await?;
                let db = table_at(server.endpoint()).await?;
                Ok(Running { db, _server: Some(server) })
            }
            Self::Url(url) => Ok(Running { db: table_at(url).await?, _server: None }),
        }
    }
}

async fn table_at(endpoint: &str) -> Result<Db<Codexflow>, EngineError> {
    let db = Db::new(client::connect(endpoint)?);
    db.create_table().await.map_err(EngineError::Table)?;
    Ok(db)
}

/// As on the command line: `embedded`, `local`, `docker` or a URL.
impl FromStr for Engine {
    type Err = EngineError;

    fn from_str(text: &str) -> Result<Self, EngineError> {
        match text {
            "embedded" => Ok(Self::Embedded),
            "local" => Ok(Self::Local),
            "docker" => Ok(Self::Docker),
            url if url.starts_with("http://") || url.starts_with("https://") => Ok(Self::Url(url.to_owned())),
            other => Err(EngineError::Unknown(other.to_owned())),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Local => "local",
            Self::Docker => "docker",
            Self::Url(url) => url,
        })
    }
}
