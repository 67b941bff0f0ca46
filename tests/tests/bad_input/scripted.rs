//! A client whose replies are written beforehand.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region, retry::RetryConfig},
};
use aws_smithy_runtime_api::{
    client::{
        http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
    },
    http::StatusCode,
};
use aws_smithy_types::body::SdkBody;

/// One reply.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Reply {
    /// An error as DynamoDB writes it.
    pub(crate) fn error(status: u16, code: &str) -> Self {
        let body = format!("{{\"__type\": \"com.amazonaws.dynamodb.v20120810#{code}\", \"message\": \"scripted\"}}");
        Self { status, body }
    }
}

/// Gives its replies in order; fails the call when there are none left.
#[derive(Clone)]
struct Script(Arc<Mutex<Vec<Reply>>>);

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}

impl HttpConnector for Script {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let reply = self.0.lock().map(|mut replies| if replies.is_empty() { None } else { Some(replies.remove(0)) });
        HttpConnectorFuture::ready(match reply {
            Ok(Some(Reply { status, body })) => match StatusCode::try_from(status) {
                Ok(status) => Ok(HttpResponse::new(status, SdkBody::from(body))),
                Err(error) => Err(ConnectorError::user(error.into())),
            },
            _ => Err(ConnectorError::user("the script has ended".into())),
        })
    }
}

/// A client with these replies and no retries.
pub(crate) fn client(replies: Vec<Reply>) -> Client {
    let connector = SharedHttpConnector::new(Script(Arc::new(Mutex::new(replies))));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "tests"))
        .retry_config(RetryConfig::disabled())
        .http_client(http_client_fn(move |_, _| connector.clone()));
    Client::from_conf(config.build())
}

/// A client that fails whatever is sent.
pub(crate) fn client_that_answers_nothing() -> Client {
    client(Vec::new())
}
