//! The SDK's client for an endpoint, with no more of the SDK than it takes.
//!
//! The SDK is built without its default features, so what they would choose is chosen here: the HTTP client, the credentials and
//! the Region. An application on AWS takes the last two from the crate `aws-config`.

use std::env;

use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region},
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};

use super::EngineError;

/// A client for what answers at `endpoint`.
pub(super) fn connect(endpoint: &str) -> Result<Client, EngineError> {
    let http = Builder::new();
    let http = if is_plain(endpoint) {
        http.build_http()
    } else {
        http.tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
    };
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .http_client(http)
        .credentials_provider(credentials(endpoint)?)
        .region(Region::new(region()))
        .build();
    Ok(Client::from_conf(config))
}

fn is_plain(endpoint: &str) -> bool {
    endpoint.starts_with("http://")
}

/// The environment's credentials; for an endpoint without TLS, which is never AWS's, any will do where there are none.
fn credentials(endpoint: &str) -> Result<Credentials, EngineError> {
    const SOURCE: &str = "codexflow";

    let Some(access_key) = variable("AWS_ACCESS_KEY_ID") else {
        // DynamoDB Local takes letters and digits.
        return if is_plain(endpoint) {
            Ok(Credentials::new("codexflow", "codexflow", None, None, SOURCE))
        } else {
            Err(EngineError::NoCredentials(endpoint.to_owned()))
        };
    };
    let secret = variable("AWS_SECRET_ACCESS_KEY").ok_or(EngineError::NoSecret)?;
    Ok(Credentials::new(access_key, secret, variable("AWS_SESSION_TOKEN"), None, SOURCE))
}

fn region() -> String {
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION")).unwrap_or_else(|| "us-east-1".to_owned())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
