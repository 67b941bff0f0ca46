//! Servers that this process starts: one of a kind at a time, shared by all its tests.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use tokio::sync::Mutex;
use tokio::time::sleep;

use super::docker::DockerServer;
use super::local::LocalServer;
use super::{EngineError, EngineKind, connect, error};

/// From the start of a server to its first answer. A cold start on a loaded machine takes a few seconds.
const STARTUP: Duration = Duration::from_mins(1);
/// Between two attempts to be answered.
const PAUSE: Duration = Duration::from_millis(50);
/// For one attempt to be answered.
const ATTEMPT: Duration = Duration::from_secs(5);

/// The kinds of server that can be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Startable {
    Local,
    Docker,
}

impl Startable {
    pub(super) fn kind(self) -> EngineKind {
        match self {
            Self::Local => EngineKind::Local,
            Self::Docker => EngineKind::Docker,
        }
    }
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub(super) enum Server {
    Local(LocalServer),
    Docker(DockerServer),
}

impl Server {
    pub(super) fn endpoint(&self) -> &str {
        match self {
            Self::Local(server) => server.endpoint(),
            Self::Docker(server) => server.endpoint(),
        }
    }
}

/// The process's server of this kind: the one that runs, or a new one.
///
/// What is kept is only a weak handle, so that the server stops with the last test that holds it and not, as a static
/// would, never.
pub(super) async fn shared(server: Startable) -> Result<Arc<Server>, EngineError> {
    static LOCAL: Mutex<Weak<Server>> = Mutex::const_new(Weak::new());
    static DOCKER: Mutex<Weak<Server>> = Mutex::const_new(Weak::new());
    let running = match server {
        Startable::Local => &LOCAL,
        Startable::Docker => &DOCKER,
    };
    let mut running = running.lock().await;
    if let Some(server) = running.upgrade() {
        return Ok(server);
    }
    let started = Arc::new(match server {
        Startable::Local => Server::Local(LocalServer::start().await?),
        Startable::Docker => Server::Docker(DockerServer::start().await?),
    });
    *running = Arc::downgrade(&started);
    Ok(started)
}

/// Waits until the server answers a request: an open port and a line in a log both come earlier.
///
/// `alive` is asked between attempts and ends the wait with its error.
pub(super) async fn await_answer(
    kind: EngineKind,
    endpoint: &str,
    mut alive: impl FnMut() -> Result<(), EngineError>,
) -> Result<(), EngineError> {
    let config = connect::config(endpoint)
        .to_builder()
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(ATTEMPT).build())
        .build();
    let client: Client = connect::client(&config, "await_answer");
    // Somebody else's server is there or it is not: nobody starts it now.
    let patience = if kind == EngineKind::Url { ATTEMPT } else { STARTUP };
    let start = Instant::now();
    loop {
        let Err(refusal) = client.list_tables().limit(1).send().await else {
            return Ok(());
        };
        alive()?;
        if start.elapsed() > patience {
            return Err(EngineError::failed(format!(
                "no DynamoDB answered at {endpoint} within {} s; {}",
                patience.as_secs(),
                error::chain(&refusal)
            )));
        }
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_wait_ends_with_the_server() {
        let mut asked = 0;
        let ended = || {
            asked += 1;
            if asked < 3 { Ok(()) } else { Err(EngineError::failed("it ended")) }
        };
        // Nothing listens on port 1 of a machine that runs tests.
        let error = await_answer(EngineKind::Local, "http://127.0.0.1:1", ended).await.unwrap_err();
        assert_eq!(error.to_string(), "it ended");
        assert_eq!(asked, 3);
    }
}
