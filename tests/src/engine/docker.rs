//! DynamoDB Local's image through testcontainers.

use std::future::pending;
use std::pin::pin;
use std::process;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use testcontainers::core::IntoContainerPort;
use testcontainers::core::client::{ClientError, docker_client_instance};
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, GenericImage, ImageExt, TestcontainersError};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::{EngineError, EngineKind, error, server};

const IMAGE: &str = "amazon/dynamodb-local";
/// The same release as the jars. Tags before 3.3.0 have no indexes on several attributes, those before 2.2.0 do not
/// return the old item when a condition fails.
const TAG: &str = "3.3.1";
const TAG_VARIABLE: &str = "DYNAMO_MODEL_DOCKER_TAG";
const PORT: u16 = 8000;
/// From creating the container to its start; a first use pulls the image, about 250 MB.
const STARTUP: Duration = Duration::from_mins(5);

/// Name and tag of DynamoDB Local's image; `DYNAMO_MODEL_DOCKER_TAG` names another tag.
#[must_use]
pub fn image() -> String {
    format!("{IMAGE}:{}", tag())
}

fn tag() -> String {
    std::env::var(TAG_VARIABLE).ok().filter(|tag| !tag.is_empty()).unwrap_or_else(|| TAG.to_owned())
}

/// A running container, removed when this value is dropped and when the process is told to end. Only a killed process
/// leaves its container behind.
///
/// It lives on a thread with a runtime of its own: tests come and go with theirs, and a container has to be removed
/// from wherever the last of them is dropped.
#[derive(Debug)]
pub(super) struct DockerServer {
    endpoint: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl DockerServer {
    pub(super) async fn start() -> Result<Self, EngineError> {
        let failed = |what: &str| EngineError::failed(format!("the container's thread {what}"));
        let (started, endpoint) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("dynamodb-local-container".to_owned())
            .spawn(move || keep(started, stopped))
            .map_err(|error| failed(&format!("does not start: {error}")))?;
        let endpoint = endpoint.await.map_err(|_| failed("ended without a word"))??;
        Ok(Self { endpoint, stop: Some(stop), thread: Some(thread) })
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }
}

impl Drop for DockerServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic on that thread has been printed; a second one here would abort a test that is failing already.
            let _ = thread.join();
        }
    }
}

/// Runs the container until `stopped` resolves, which it does when its sender is dropped.
fn keep(started: oneshot::Sender<Result<String, EngineError>>, stopped: oneshot::Receiver<()>) {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = started.send(Err(EngineError::failed(format!("no runtime for the container: {error}"))));
            return;
        }
    };
    runtime.block_on(async {
        let mut end_of_process = pin!(end_of_process());
        let running = tokio::select! {
            status = &mut end_of_process => process::exit(status),
            running = run() => running,
        };
        let (container, endpoint) = match running {
            Ok(running) => running,
            Err(error) => {
                let _ = started.send(Err(error));
                return;
            }
        };
        // Nobody waits any more if this fails; the container goes at once, since `stopped` has resolved too.
        let _ = started.send(Ok(endpoint));
        let status = tokio::select! {
            // The sender is dropped, never used.
            _ = stopped => None,
            status = end_of_process => Some(status),
        };
        if let Err(error) = container.rm().await {
            eprintln!("the container of DynamoDB Local is still there: {}", error::chain(&error));
        }
        if let Some(status) = status {
            process::exit(status);
        }
    });
}

/// Waits until a signal tells the process to end; the result is the status to end with.
async fn end_of_process() -> i32 {
    let told_by = async |kind: SignalKind| match signal(kind) {
        Ok(mut signal) => {
            signal.recv().await;
            128 + kind.as_raw_value()
        }
        // Without a handler the signal ends the process at once; there is nothing to wait for.
        Err(_) => pending().await,
    };
    tokio::select! {
        status = told_by(SignalKind::interrupt()) => status,
        status = told_by(SignalKind::terminate()) => status,
    }
}

async fn run() -> Result<(ContainerAsync<GenericImage>, String), EngineError> {
    docker_answers().await?;
    let container = GenericImage::new(IMAGE.to_owned(), tag())
        .with_exposed_port(PORT.tcp())
        .with_cmd([
            "-Djava.library.path=./DynamoDBLocal_lib",
            "-jar",
            "DynamoDBLocal.jar",
            "-inMemory",
            "-disableTelemetry",
        ])
        .with_startup_timeout(STARTUP)
        .start()
        .await
        .map_err(|error| not_started(&error))?;
    let host = container.get_host().await.map_err(|error| not_started(&error))?;
    let port = container.get_host_port_ipv4(PORT).await.map_err(|error| not_started(&error))?;
    let endpoint = format!("http://{host}:{port}");
    server::await_answer(EngineKind::Docker, &endpoint, || Ok(())).await?;
    Ok((container, endpoint))
}

async fn docker_answers() -> Result<(), EngineError> {
    let missing = |error: &dyn std::error::Error| {
        EngineError::missing(format!(
            "no Docker engine answers ({}); start one, or name it in DOCKER_HOST",
            error::chain(error)
        ))
    };
    let docker = docker_client_instance().await.map_err(|error| missing(&error))?;
    docker.ping().await.map_err(|error| missing(&error))?;
    Ok(())
}

fn not_started(error: &TestcontainersError) -> EngineError {
    let text = format!("{} did not start in a container: {}", image(), error::chain(error));
    match error {
        TestcontainersError::Client(ClientError::PullImage { .. }) => EngineError::missing(text),
        _ => EngineError::failed(text),
    }
}
