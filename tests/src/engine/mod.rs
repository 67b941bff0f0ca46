//! The engines that tests run on, and the one entry to them.

mod choice;
mod connect;
mod docker;
mod embedded;
mod error;
mod jars;
mod java;
mod local;
mod server;
mod supervise;

use std::sync::Arc;

use aws_sdk_dynamodb::{Client, Config};

use self::choice::Choice;
use self::server::Server;

pub use self::docker::image as docker_image;
pub use self::error::EngineError;
pub use self::jars::directory as dynamodb_local_jars;

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// The library's own, in process.
    Embedded,
    /// DynamoDB Local on this machine's Java.
    Local,
    /// DynamoDB Local in a container.
    Docker,
    /// A server that the harness neither starts nor stops.
    Url,
}

/// An engine that answers the SDK's client. The server behind it, if this process started one, runs until the last
/// `Engine` of the process is dropped.
#[derive(Debug)]
pub struct Engine {
    kind: EngineKind,
    backend: Backend,
}

#[derive(Debug)]
enum Backend {
    Embedded,
    Http { endpoint: String, config: Box<Config>, _server: Option<Arc<Server>> },
}

impl Engine {
    /// The engine that `DYNAMO_MODEL_ENGINE` names, the embedded one if it is not set.
    ///
    /// # Panics
    ///
    /// If the engine cannot be had; the message says what to install or to set.
    pub async fn from_env() -> Self {
        match Self::try_from_env().await {
            Ok(engine) => engine,
            Err(error) => panic!("{error}"),
        }
    }

    /// The engine that `DYNAMO_MODEL_ENGINE` names, for a test that only adds to what others cover: `None`, and one
    /// line on the standard error, if this machine lacks it.
    ///
    /// # Panics
    ///
    /// If the engine is there and fails, and in CI (`CI` is set), where every engine has to be there.
    pub async fn optional_from_env() -> Option<Self> {
        match Self::try_from_env().await {
            Ok(engine) => Some(engine),
            Err(error) if error.is_missing() && std::env::var_os("CI").is_none_or(|ci| ci.is_empty()) => {
                eprintln!("NOT RUN: {error}");
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// The engine that `DYNAMO_MODEL_ENGINE` names, the embedded one if it is not set.
    ///
    /// # Errors
    ///
    /// If the variables name no engine, if this machine lacks what the engine needs, or if it does not start.
    pub async fn try_from_env() -> Result<Self, EngineError> {
        let choice = Choice::from_env(|name| std::env::var(name).ok())?;
        Self::start(choice).await
    }

    /// An engine of the given kind with a server of its own, whatever the environment says.
    ///
    /// # Errors
    ///
    /// If the kind is [`EngineKind::Url`], which has no server to start, if this machine lacks what the engine needs,
    /// or if it does not start.
    pub async fn start_own(kind: EngineKind) -> Result<Self, EngineError> {
        Self::start(Choice::own(kind)?).await
    }

    async fn start(choice: Choice) -> Result<Self, EngineError> {
        let kind = choice.kind();
        let (endpoint, server) = match choice {
            Choice::Embedded => return Ok(Self { kind, backend: Backend::Embedded }),
            Choice::Running { url, .. } => {
                server::await_answer(kind, &url, || Ok(())).await?;
                (url, None)
            }
            Choice::Start(server) => {
                let server = server::shared(server).await?;
                (server.endpoint().to_owned(), Some(server))
            }
        };
        let config = Box::new(connect::config(&endpoint));
        Ok(Self { kind, backend: Backend::Http { endpoint, config, _server: server } })
    }

    /// Which engine this is: a test asks where engines are known to differ.
    #[must_use]
    pub fn kind(&self) -> EngineKind {
        self.kind
    }

    /// Where the engine's server listens; the embedded one has none.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        match &self.backend {
            Backend::Embedded => None,
            Backend::Http { endpoint, .. } => Some(endpoint),
        }
    }

    /// A client that sees no other client's tables, whoever runs beside it: an access key of its own on a server, a
    /// database of its own in the embedded engine. Clones of a client share its tables.
    ///
    /// # Panics
    ///
    /// If the embedded engine cannot open a database.
    #[must_use]
    pub fn client(&self, test: &str) -> Client {
        match &self.backend {
            Backend::Embedded => embedded::client(),
            Backend::Http { config, .. } => connect::client(config, test),
        }
    }

    /// The same client with one of DynamoDB Streams, which sees the same tables and no others.
    ///
    /// # Panics
    ///
    /// If the embedded engine cannot open a database.
    #[must_use]
    pub fn clients(&self, test: &str) -> (Client, aws_sdk_dynamodbstreams::Client) {
        match &self.backend {
            Backend::Embedded => embedded::clients(),
            Backend::Http { config, endpoint, .. } => connect::clients(config, endpoint, test),
        }
    }
}
