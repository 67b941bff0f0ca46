//! The SDK's client for a server on this machine.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::{Client, Config};
use aws_sdk_dynamodbstreams as streams;
use aws_smithy_http_client::Builder;

/// What the clients of one endpoint share: the address and the pool of connections.
pub(super) fn config(endpoint: &str) -> Config {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(endpoint)
        .http_client(Builder::new().build_http())
        .build()
}

/// A client with an access key of its own: DynamoDB Local keeps one database for each.
pub(super) fn client(config: &Config, test: &str) -> Client {
    let credentials = Credentials::new(access_key(test), "any", None, None, "dynamo-model-tests");
    Client::from_conf(config.to_builder().credentials_provider(credentials).build())
}

/// The same with a client of DynamoDB Streams, which sees the same tables: a server answers both services.
pub(super) fn clients(config: &Config, endpoint: &str, test: &str) -> (Client, streams::Client) {
    let credentials = Credentials::new(access_key(test), "any", None, None, "dynamo-model-tests");
    let mut streams = streams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(config.region().cloned())
        .endpoint_url(endpoint)
        .credentials_provider(credentials.clone());
    streams.set_http_client(config.http_client());
    let client = Client::from_conf(config.to_builder().credentials_provider(credentials).build());
    (client, streams::Client::from_conf(streams.build()))
}

/// Letters and digits only: DynamoDB Local refuses any other key. Process and counter tell apart tests that run at the
/// same time, the clock those that ran earlier on the same server.
fn access_key(test: &str) -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let counter = COUNTER.fetch_add(1, Ordering::Relaxed);
    let mut hasher = DefaultHasher::new();
    (test, process::id(), counter, SystemTime::now()).hash(&mut hasher);
    format!("K{:016X}P{}N{counter}", hasher.finish(), process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_keys_differ_and_have_only_letters_and_digits() {
        let keys = ["same", "same", "weird name: {}#%\u{1F600}", ""].map(access_key);
        for (at, key) in keys.iter().enumerate() {
            assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");
            assert!(!keys[..at].contains(key), "{keys:?}");
        }
    }
}
