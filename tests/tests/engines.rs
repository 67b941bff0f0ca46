//! The harness itself, on the engine that `DYNAMO_MODEL_ENGINE` chooses.

use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ReturnValue, ScalarAttributeType,
};
use dynamo_model_tests::{EngineKind, on_engine, with_engine};

const TABLE: &str = "round-trips";

async fn create_table(client: &Client) {
    client
        .create_table()
        .table_name(TABLE)
        .key_schema(KeySchemaElement::builder().attribute_name("PK").key_type(KeyType::Hash).build().unwrap())
        .attribute_definitions(
            AttributeDefinition::builder().attribute_name("PK").attribute_type(ScalarAttributeType::S).build().unwrap(),
        )
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .expect("the table is created");
}

async fn put(client: &Client, pk: &str, owner: AttributeValue) {
    let put = client.put_item().table_name(TABLE).item("PK", AttributeValue::S(pk.into())).item("owner", owner);
    put.send().await.expect("the item is written");
}

async fn owner(client: &Client, pk: &str) -> Option<AttributeValue> {
    let get = client.get_item().table_name(TABLE).key("PK", AttributeValue::S(pk.into())).consistent_read(true);
    get.send().await.expect("the item is read").item?.remove("owner")
}

#[test]
fn an_item_comes_back_as_it_was_written() {
    on_engine("an_item_comes_back_as_it_was_written", async |client| {
        create_table(&client).await;
        let attribute = AttributeValue::M(
            [
                ("text".to_owned(), AttributeValue::S("# % \u{0} \u{1F600}".into())),
                ("bytes".to_owned(), AttributeValue::B(Blob::new([0, 255, 10]))),
                ("flags".to_owned(), AttributeValue::L(vec![AttributeValue::Bool(true), AttributeValue::Null(true)])),
                ("count".to_owned(), AttributeValue::N("-12.5".into())),
            ]
            .into(),
        );
        put(&client, "USER#1", attribute.clone()).await;
        assert_eq!(owner(&client, "USER#1").await, Some(attribute));
        assert_eq!(owner(&client, "USER#2").await, None);
    });
}

#[test]
fn clients_see_only_their_own_tables() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            // The same name on purpose: a test may run twice at once, by hand and in CI on one server.
            let (one, other) = (engine.client("same name"), engine.client("same name"));
            create_table(&one).await;
            let tables = other.list_tables().send().await.expect("tables are listed");
            assert_eq!(tables.table_names(), [""; 0]);

            create_table(&other).await;
            put(&one, "USER#1", AttributeValue::S("one".into())).await;
            assert_eq!(owner(&other, "USER#1").await, None);
            assert_eq!(owner(&one.clone(), "USER#1").await, Some(AttributeValue::S("one".into())));
        });
    });
}

/// DynamoDB runs the writes of one item one after the other. DynamoDB Local (3.3.1) does so with updates, puts and
/// conditions, but a delete without a condition gives what was there when it came.
#[test]
fn an_item_is_given_to_one_of_those_who_delete_it() {
    with_engine(|engine, runtime| {
        runtime.block_on(async {
            let client = engine.client("an_item_is_given_to_one_of_those_who_delete_it");
            create_table(&client).await;
            let mut to_both = 0;
            for number in 0..200 {
                let pk = format!("USER#{number}");
                put(&client, &pk, AttributeValue::Bool(true)).await;
                let (one, other) = tokio::join!(given_by_delete(&client, &pk), given_by_delete(&client, &pk));
                assert!(one || other, "it is given to none");
                to_both += usize::from(one && other);
            }
            if engine.kind() == EngineKind::Embedded {
                assert_eq!(to_both, 0);
            } else {
                println!("{to_both} of 200 items were given to both who deleted them");
            }
        });
    });
}

async fn given_by_delete(client: &Client, pk: &str) -> bool {
    let delete = client.delete_item().table_name(TABLE).key("PK", AttributeValue::S(pk.into()));
    delete.return_values(ReturnValue::AllOld).send().await.expect("the item is deleted").attributes.is_some()
}

#[test]
fn a_server_ends_when_its_harness_is_told_to() {
    with_server_of_its_own(|mut server, _, connection| {
        drop(server.stdin.take());
        assert!(server.wait().expect("it is waited for").success());
        assert_closed(connection);
    });
}

#[test]
fn a_server_ends_when_its_harness_is_killed() {
    with_server_of_its_own(|mut server, kind, connection| {
        // Open, so that the signal alone ends it.
        let _input = server.stdin.take();
        // A container outlives a harness that cannot act any more; a process does not.
        let signal = if kind == EngineKind::Docker { "TERM" } else { "KILL" };
        let kill = Command::new("kill").args(["-s", signal, &server.id().to_string()]).status();
        assert!(kill.expect("a signal is sent").success());
        assert!(!server.wait().expect("it is waited for").success());
        assert_closed(connection);
    });
}

/// Starts a server of the chosen kind with a harness of its own, and connects to it. What has no server is refused
/// there.
fn with_server_of_its_own(body: impl FnOnce(Child, EngineKind, TcpStream)) {
    with_engine(|engine, _| {
        let argument = match engine.kind() {
            EngineKind::Local => "local",
            EngineKind::Docker => "docker",
            EngineKind::Embedded | EngineKind::Url => {
                let refused = harness("embedded").output().expect("it runs");
                assert_eq!(refused.status.code(), Some(64));
                return;
            }
        };
        let mut server = harness(argument).stdout(Stdio::piped()).stdin(Stdio::piped()).spawn().expect("it starts");
        let mut endpoint = String::new();
        BufReader::new(server.stdout.take().expect("a pipe")).read_line(&mut endpoint).expect("a URL");
        let connection = TcpStream::connect(endpoint.trim_end().trim_start_matches("http://")).expect("it listens");
        body(server, engine.kind(), connection);
    });
}

/// The other end of a connection is gone. (Its port may be another server's by now.)
fn assert_closed(mut connection: TcpStream) {
    connection.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout is set");
    match connection.read(&mut [0]) {
        Ok(read) => assert_eq!(read, 0, "an answer to no question"),
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset, "DynamoDB Local still runs"),
    }
}

fn harness(argument: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_engine"));
    command.arg(argument);
    command
}

#[test]
fn without_java_it_says_what_to_install() {
    let output = harness("local").env("PATH", "").env_remove("JAVA_HOME").output().expect("it runs");
    assert_unavailable(&output, &["Java 17", "apt-get install", "JAVA_HOME"]);
}

#[test]
fn without_docker_it_says_what_to_start() {
    let output = harness("docker").env("DOCKER_HOST", "unix:///nowhere/docker.sock").output().expect("it runs");
    assert_unavailable(&output, &["no Docker engine answers", "/nowhere/docker.sock", "DOCKER_HOST"]);
}

fn assert_unavailable(output: &Output, says: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(69), "{message}");
    assert!(output.stdout.is_empty());
    for words in says {
        assert!(message.contains(words), "`{words}` is not in: {message}");
    }
}
