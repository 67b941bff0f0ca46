//! Failures outside the library: no table, no credentials, no endpoint, no permission.

use aws_credential_types::provider::{error::CredentialsError, future};
use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, ProvideCredentials, Region, SharedCredentialsProvider, retry::RetryConfig},
};
use aws_smithy_http_client::Builder;
use dynamo_model::{Error, prelude::*};
use dynamo_model_tests::on_engine;

use crate::{
    SECRET,
    library::{Library, Loan, Reader, loan, reader},
    says,
    scripted::{self, Reply},
};

#[test]
fn a_table_that_does_not_exist_is_named() {
    on_engine("a_table_that_does_not_exist_is_named", async |client| {
        let db = Db::<Library>::new(client).with_table_name("library-of-babel");
        for error in [
            Reader::get("ada").send(&db).await.unwrap_err(),
            reader("ada").create().send(&db).await.unwrap_err(),
            loan("ada", "1").put().send(&db).await.unwrap_err(),
            Loan::of_reader("ada").all(&db).await.unwrap_err(),
            Loan::scan().all(&db).await.unwrap_err(),
            Loan::delete("ada", "1").send(&db).await.unwrap_err(),
        ] {
            assert!(matches!(error, Error::TableNotFound(_)), "{error:?}");
            says(&error, &["`library-of-babel`", "`create_table`", "Region", "ResourceNotFoundException"]);
        }
        let error = db.verify().await.unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error:?}");
    });
}

/// A client that would reach the network, with no retries.
fn config(endpoint: &str) -> aws_sdk_dynamodb::config::Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .retry_config(RetryConfig::disabled())
        .http_client(Builder::new().build_http())
}

#[tokio::test]
async fn no_credentials_at_all() {
    let client = Client::from_conf(config("http://127.0.0.1:1").build());
    let error = Reader::get(SECRET).send(&Db::<Library>::new(client)).await.unwrap_err();
    assert!(matches!(error, Error::NoCredentials(_)), "{error:?}");
    says(&error, &["`Reader` get", "`library`", "no credentials", "AWS_"]);
}

/// A provider that has none, as at the end of the default chain.
#[derive(Debug)]
struct NoneHere;

impl ProvideCredentials for NoneHere {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("none here")))
    }
}

#[tokio::test]
async fn a_provider_that_has_no_credentials() {
    let config = config("http://127.0.0.1:1").credentials_provider(SharedCredentialsProvider::new(NoneHere));
    let db = Db::<Library>::new(Client::from_conf(config.build()));
    let error = Reader::get(SECRET).send(&db).await.unwrap_err();
    assert!(matches!(error, Error::NoCredentials(_)), "{error:?}");
}

#[tokio::test]
async fn an_endpoint_that_is_down() {
    let config = config("http://127.0.0.1:1").credentials_provider(Credentials::new("any", "any", None, None, "tests"));
    let db = Db::<Library>::new(Client::from_conf(config.build()));
    let error = Loan::of_reader(SECRET).all(&db).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    says(&error, &["`Loan` query", "`library`", "endpoint", "network"]);
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn refusals_of_the_service_are_sorted_by_what_to_do() {
    type Matches = fn(&Error) -> bool;
    let cases: [(&str, Matches, &str); 6] = [
        ("AccessDeniedException", |error| matches!(error, Error::AccessDenied(_)), "IAM"),
        ("UnrecognizedClientException", |error| matches!(error, Error::AccessDenied(_)), "credentials"),
        ("ThrottlingException", |error| matches!(error, Error::Throttled(_)), "capacity"),
        ("ProvisionedThroughputExceededException", |error| matches!(error, Error::Throttled(_)), "capacity"),
        ("ValidationException", |error| matches!(error, Error::Service(_)), "`verify`"),
        ("InternalServerError", |error| matches!(error, Error::Service(_)), "source"),
    ];
    for (code, matches, advice) in cases {
        let db = Db::<Library>::new(scripted::client(vec![Reply::error(400, code)]));
        let error = Reader::get(SECRET).send(&db).await.unwrap_err();
        assert!(matches(&error), "{code}: {error:?}");
        says(&error, &["`Reader` get", "`library`", advice, code]);
    }
}

/// Trying again would not help; a conflict would pass.
#[tokio::test]
async fn a_read_that_cannot_be_is_not_tried_again() {
    let cancelled = |codes: [&str; 2]| {
        let reasons = codes.map(|code| format!("{{\"Code\": \"{code}\"}}")).join(", ");
        let kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
        Reply { status: 400, body: format!("{{\"__type\": \"{kind}\", \"CancellationReasons\": [{reasons}]}}") }
    };
    let read = Reply { status: 200, body: "{\"Responses\": [{}, {}]}".to_owned() };
    let gets = || Library::transact_get((Reader::get(SECRET), Reader::get("ada")));

    let db = Db::<Library>::new(scripted::client(vec![cancelled(["None", "ValidationError"])]));
    let error = gets().send(&db).await.unwrap_err();
    says(
        &error,
        &["transact_get on table `library`", "nothing was read", "operation 1, `Reader` get", "ValidationError"],
    );

    let db = Db::<Library>::new(scripted::client(vec![cancelled(["TransactionConflict", "None"]), read]));
    assert_eq!(gets().send(&db).await.unwrap(), (None, None));
}

/// What DynamoDB says may quote values, such as the ends of a range; it is in the error's source for those who ask.
#[tokio::test]
async fn what_the_service_says_is_not_repeated() {
    let body = format!("{{\"__type\": \"com.amazon.coral.validate#ValidationException\", \"message\": \"{SECRET}\"}}");
    let db = Db::<Library>::new(scripted::client(vec![Reply { status: 400, body }]));
    let error = Reader::get("ada").send(&db).await.unwrap_err();
    says(&error, &["`Reader` get", "ValidationException"]);
    let source = std::error::Error::source(&error).expect("the SDK's error");
    assert!(format!("{source:?}").contains(SECRET));

    let body = format!("{{\"__type\": \"x#ConditionalCheckFailedException\", \"message\": \"{SECRET}\"}}");
    let db = Db::<Library>::new(scripted::client(vec![Reply { status: 400, body }]));
    says(&reader("ada").create().send(&db).await.unwrap_err(), &["`Reader` create", "exists already"]);
}

#[tokio::test]
async fn an_answer_that_is_not_dynamodbs_is_an_error() {
    let cut_short = format!("{{\"Item\": {{\"name\": {{\"S\": \"{SECRET}\"");
    for body in ["", "<html>a captive portal</html>", "{\"Item\": 7}", "{", &cut_short] {
        let db = Db::<Library>::new(scripted::client(vec![Reply { status: 200, body: body.to_owned() }]));
        match Reader::get("ada").send(&db).await {
            Ok(found) => assert_eq!((found, body), (None, "")),
            Err(error) => says(&error, &["`Reader` get"]),
        }
    }
}
