//! The SDK's HTTP client with faults, around the one that reaches the engine.

use std::io;

use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::config::{ConfigBag, HttpClient, RuntimeComponents, RuntimeComponentsBuilder, SharedHttpClient};
use aws_sdk_dynamodb::error::{BoxError, ConnectorError};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_types::byte_stream::ByteStream;
use tokio::task::yield_now;

use super::batch::{Batch, Share};
use super::{Fault, FaultPlan, Reached, reply};

/// Makes connectors with faults of the connectors of another client.
#[derive(Debug)]
pub(super) struct FaultyHttpClient {
    inner: SharedHttpClient,
    plan: FaultPlan,
}

impl FaultyHttpClient {
    pub(super) fn new(inner: SharedHttpClient, plan: FaultPlan) -> Self {
        Self { inner, plan }
    }
}

impl HttpClient for FaultyHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Connector { inner, plan: self.plan.clone() })
    }

    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        HttpClient::validate_base_client_config(&self.inner, components, config)
    }

    fn validate_final_config(&self, components: &RuntimeComponents, config: &ConfigBag) -> Result<(), BoxError> {
        HttpClient::validate_final_config(&self.inner, components, config)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.inner.connector_metadata()
    }
}

#[derive(Debug, Clone)]
struct Connector {
    inner: SharedHttpConnector,
    plan: FaultPlan,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move {
            // A request takes its time, whatever becomes of it: other tasks have their turn meanwhile.
            yield_now().await;
            connector.attempt(request).await
        })
    }
}

impl Connector {
    async fn attempt(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let (at, fault) = self.plan.start(&operation, number(&request));
        match fault {
            Fault::None => self.pass_on(at, request).await,
            Fault::Throttle => reply::error(
                400,
                "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded.",
            ),
            Fault::ThrottleTable => reply::error(
                400,
                "ThrottlingException",
                "Throughput exceeds the current capacity of your table or index.",
            ),
            Fault::ThrottleAccount => reply::error(
                400,
                "RequestLimitExceeded",
                "Throughput exceeds the current throughput limit for your account.",
            ),
            Fault::InternalError => internal_error(),
            Fault::InternalErrorAfter => {
                self.pass_on(at, request).await?;
                internal_error()
            }
            Fault::Unavailable => reply::plain(503, "<html><body>Service Unavailable</body></html>".to_owned()),
            Fault::LoseResponse => {
                self.pass_on(at, request).await?;
                let lost = io::Error::new(io::ErrorKind::UnexpectedEof, "connection closed before message completed");
                Err(ConnectorError::io(lost.into()))
            }
            Fault::TimeOut => {
                self.pass_on(at, request).await?;
                let late = io::Error::new(io::ErrorKind::TimedOut, "HTTP read timeout occurred");
                Err(ConnectorError::timeout(late.into()))
            }
            Fault::Reset => {
                let reset = io::Error::new(io::ErrorKind::ConnectionReset, "connection reset by peer");
                Err(ConnectorError::io(reset.into()))
            }
            Fault::Partial(seed) => self.batch(at, &operation, request, Share::Part(seed)).await,
            Fault::Unprocessed => self.batch(at, &operation, request, Share::Nothing).await,
            Fault::Conflict(seed) => match reply::conflict(&operation, &request, seed) {
                Some(conflict) => conflict,
                None => self.pass_on(at, request).await,
            },
            Fault::InProgress => reply::error(
                400,
                "TransactionInProgressException",
                "Transaction with the given ClientRequestToken is already in progress",
            ),
        }
    }

    /// The engine's answer, to its last byte: only then it is known to have done what it was asked.
    async fn pass_on(&self, at: usize, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        self.plan.reached(at, Reached::NoAnswer);
        let mut response = self.inner.call(request).await?;
        let body = ByteStream::new(response.take_body()).collect().await;
        *response.body_mut() = body.map_err(|error| ConnectorError::io(error.into()))?.to_vec().into();
        self.plan.reached(at, Reached::Answered(response.status().as_u16()));
        Ok(response)
    }

    /// The engine's answer to a share of a batch, with the rest reported as unprocessed.
    async fn batch(
        &self,
        at: usize,
        operation: &str,
        mut request: HttpRequest,
        share: Share,
    ) -> Result<HttpResponse, ConnectorError> {
        let batch = Batch::of(operation);
        let split = batch.and_then(|batch| Some((batch, batch.split(request.body().bytes()?, share)?)));
        // What is no batch with elements is for the engine to refuse.
        let Some((batch, split)) = split else { return self.pass_on(at, request).await };
        let Some(passed_on) = split.passed_on else {
            return reply::answer(200, &batch.nothing_done(&split.left));
        };
        request.headers_mut().insert("content-length", passed_on.len().to_string());
        *request.body_mut() = passed_on.into();
        let mut response = self.pass_on(at, request).await?;
        let merged = response.body().bytes().and_then(|body| batch.merge(body, split.left));
        match merged {
            Some(body) if response.status().is_success() => {
                // The checksum is of the body as the engine wrote it.
                response.headers_mut().remove("x-amz-crc32");
                response.headers_mut().insert("content-length", body.len().to_string());
                *response.body_mut() = body.into();
                Ok(response)
            }
            None if response.status().is_success() => {
                Err(ConnectorError::user("the engine's answer to a batch does not read as one".into()))
            }
            _ => Ok(response),
        }
    }
}

fn internal_error() -> Result<HttpResponse, ConnectorError> {
    reply::error(500, "InternalServerError", "The request processing has failed because of an unknown error.")
}

/// The number of an attempt, from the header `amz-sdk-request: attempt=2; max=3`.
fn number(request: &HttpRequest) -> u32 {
    let header = request.headers().get("amz-sdk-request").unwrap_or_default();
    let number = header.split(';').find_map(|part| part.trim().strip_prefix("attempt=")?.parse().ok());
    number.unwrap_or_default()
}
