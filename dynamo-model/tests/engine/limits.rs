//! DynamoDB's largest requests, on the small stacks that tests and runtimes give: refused or answered, never an abort.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::AttributeValue;

use crate::support::{TABLE, block_on, s, with_table};

/// What the filter that nests `open` .. `close` around a comparison `levels` times is answered with.
async fn filter(client: &Client, levels: usize, open: &str, close: &str) -> Option<String> {
    let expression = format!("{}a = :v{}", open.repeat(levels), close.repeat(levels));
    let scan = client.scan().table_name(TABLE).filter_expression(expression).expression_attribute_values(":v", s("v"));
    scan.send().await.err().map(|error| error.into_service_error().code().unwrap().to_owned())
}

#[test]
fn the_deepest_expressions_run_on_a_small_stack() {
    const LONGEST: usize = 4096;
    let test = std::thread::Builder::new().stack_size(1 << 20).spawn(|| {
        block_on(async {
            let client = with_table().await;
            let put = client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("c")).item("a", s("w"));
            put.send().await.unwrap();
            for (open, close) in
                [("a=:v OR ", ""), ("a=:v AND ", ""), ("NOT ", ""), ("NOT(", ")"), ("a=:v OR(a=:v AND ", ")")]
            {
                let most = (LONGEST - "a = :v".len()) / (open.len() + close.len());
                for levels in (1..60).chain([most]) {
                    assert_eq!(filter(&client, levels, open, close).await, None, "{levels} times {open}");
                }
                let beyond = filter(&client, LONGEST, open, close).await;
                assert_eq!(beyond.as_deref(), Some("ValidationException"), "{open}");
            }
        });
    });
    test.unwrap().join().unwrap();
}

fn nested(levels: usize) -> AttributeValue {
    (0..levels).fold(s("leaf"), |value, level| match level % 2 {
        0 => AttributeValue::L(vec![value]),
        _ => AttributeValue::M([("m".to_owned(), value)].into()),
    })
}

#[test]
fn values_nest_32_levels_and_no_more() {
    block_on(async {
        let client = with_table().await;
        let put = |levels| {
            client.put_item().table_name(TABLE).item("PK", s("p")).item("SK", s("c")).item("v", nested(levels)).send()
        };
        put(31).await.unwrap();
        for levels in [32, 60, 65, 200] {
            let error = put(levels).await.unwrap_err().into_service_error();
            assert_eq!(error.code(), Some("ValidationException"), "{levels}");
        }
    });
}

#[test]
fn an_item_over_400_kb_is_refused() {
    block_on(async {
        let client = with_table().await;
        let put = |size| {
            client
                .put_item()
                .table_name(TABLE)
                .item("PK", s("p"))
                .item("SK", s("c"))
                .item("v", s("x".repeat(size)))
                .send()
        };
        put(390 * 1024).await.unwrap();
        let error = put(410 * 1024).await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some("ValidationException"));
    });
}
