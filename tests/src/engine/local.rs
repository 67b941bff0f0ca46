//! DynamoDB Local on this machine's Java.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process;

use super::supervise::Supervised;
use super::{EngineError, EngineKind, jars, java, server};

/// Starts before giving up: between finding a free port and taking it somebody else may have taken it.
const STARTS: u32 = 3;

/// A running DynamoDB Local, which ends with this value or with this process.
#[derive(Debug)]
pub(super) struct LocalServer {
    endpoint: String,
    _java: Supervised,
}

impl LocalServer {
    pub(super) async fn start() -> Result<Self, EngineError> {
        let java = java::find()?;
        let jars = tokio::task::spawn_blocking(jars::directory)
            .await
            .map_err(|error| EngineError::failed(format!("getting DynamoDB Local's jars did not end: {error}")))??;
        let mut start = 1;
        loop {
            match Self::start_once(&java, &jars).await {
                Err(error) if start < STARTS => eprintln!("start {start} of DynamoDB Local failed: {error}"),
                result => return result,
            }
            start += 1;
        }
    }

    async fn start_once(java: &Path, jars: &Path) -> Result<Self, EngineError> {
        let failed = |error: io::Error| EngineError::failed(format!("DynamoDB Local did not start: {error}"));
        let port = free_port().map_err(failed)?;
        let arguments = [
            "-Djava.library.path=./DynamoDBLocal_lib",
            "-jar",
            "DynamoDBLocal.jar",
            "-inMemory",
            "-port",
            &port.to_string(),
            "-disableTelemetry",
        ];
        let log = jars.with_file_name(format!("log-{}-{port}", process::id()));
        let mut java = Supervised::start(java, &arguments, jars, &log).map_err(failed)?;
        let endpoint = format!("http://127.0.0.1:{port}");
        server::await_answer(EngineKind::Local, &endpoint, || match java.ended().map_err(failed)? {
            None => Ok(()),
            Some(status) => {
                Err(EngineError::failed(format!("DynamoDB Local ended ({status}):\n{}", java.last_words())))
            }
        })
        .await?;
        Ok(Self { endpoint, _java: java })
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

/// A port that nobody listens on now. The jar takes a number and reports none, so 0 is not for it.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?.local_addr()?.port())
}
