//! The SDK's HTTP client whose requests end in the database, and the SDK client around it.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Region, StalledStreamProtectionConfig};
use aws_sdk_dynamodb::error::ConnectorError;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::http::StatusCode;
use dynoxide::Database;

use super::route;
use super::wire::Answer;

/// Nothing connects to it; the top-level domain is reserved for names that do not exist.
const ENDPOINT: &str = "http://embedded.invalid";

/// The SDK client that `database` answers.
pub(super) fn client(database: Database) -> Client {
    let connector = SharedHttpConnector::new(Connector { database, answered: Arc::default() });
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .endpoint_url(ENDPOINT)
        .region(Region::from_static("us-east-1"))
        // Without credentials requests go unsigned, which saves a fifth of a call's time.
        .allow_no_auth()
        .sleep_impl(crate::sleep::TimerSleep::default())
        // Asked again, the database would give the same answer.
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    Client::from_conf(config)
}

/// The SDK client of DynamoDB Streams that the database of another client answers.
#[cfg(feature = "streams")]
pub(super) fn streams_client(config: &Config) -> aws_sdk_dynamodbstreams::Client {
    let mut streams = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(ENDPOINT)
        .region(config.region().cloned())
        .allow_no_auth()
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    streams.set_http_client(config.http_client()).set_sleep_impl(config.sleep_impl());
    aws_sdk_dynamodbstreams::Client::from_conf(streams.build())
}

#[derive(Clone)]
struct Connector {
    database: Database,
    answered: Arc<AtomicU64>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move {
            suspend_once().await;
            connector.respond(&request)
        })
    }
}

impl Connector {
    /// Runs the operation on this thread: it takes less time than handing it to another would.
    fn respond(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body = request.body().bytes().ok_or_else(|| {
            ConnectorError::user(
                "the embedded engine reads requests that are held in memory, and this one is a stream".into(),
            )
        })?;
        let Answer { status, body } = route::answer(&self.database, target, body);

        let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None))?;
        let mut response = HttpResponse::new(status, body.into());
        let id = self.answered.fetch_add(1, Ordering::Relaxed);
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        response.headers_mut().insert("x-amzn-requestid", format!("embedded-{id}"));
        Ok(response)
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").finish_non_exhaustive()
    }
}

/// Gives the other tasks of the executor their turn. Without it a task that only talks to the database would never be
/// suspended: it could not be cancelled or timed out, and concurrent tasks would run one after the other, hiding their races.
async fn suspend_once() {
    let mut suspended = false;
    poll_fn(|cx| {
        if suspended {
            return Poll::Ready(());
        }
        suspended = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
