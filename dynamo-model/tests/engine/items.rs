//! Every verb on items, over the table and its indexes.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeValue, DeleteRequest, Get, KeysAndAttributes, Put, PutRequest, ReturnValue, TransactGetItem,
    TransactWriteItem, Update, WriteRequest,
};
use proptest::prelude::*;

use crate::support::{TABLE, block_on, n, s, with_table};

type Item = HashMap<String, AttributeValue>;

fn task(pk: &str, sk: &str, assignee: Option<&str>, due: &str) -> Item {
    let mut item = Item::from([("PK".into(), s(pk)), ("SK".into(), s(sk)), ("LSI1SK".into(), s(due))]);
    if let Some(assignee) = assignee {
        item.extend([("GSI1PK".into(), s(assignee)), ("GSI1SK".into(), s(sk))]);
    }
    item
}

fn put(item: Item) -> WriteRequest {
    WriteRequest::builder().put_request(PutRequest::builder().set_item(Some(item)).build().unwrap()).build()
}

fn texts(items: &[Item], name: &str) -> Vec<String> {
    items.iter().map(|item| item[name].as_s().unwrap().clone()).collect()
}

#[test]
fn batches_write_and_read() {
    block_on(async {
        let client = with_table().await;
        let items = (0..25).map(|i| put(task("p", &format!("t{i:02}"), None, "d"))).collect();
        let written = client.batch_write_item().request_items(TABLE, items).send().await.unwrap();
        assert!(written.unprocessed_items().unwrap().is_empty());

        let keys = (0..30).map(|i| Item::from([("PK".into(), s("p")), ("SK".into(), s(format!("t{i:02}")))])).collect();
        let keys = KeysAndAttributes::builder().set_keys(Some(keys)).build().unwrap();
        let read = client.batch_get_item().request_items(TABLE, keys).send().await.unwrap();
        assert_eq!(read.responses().unwrap()[TABLE].len(), 25);
        assert!(read.unprocessed_keys().unwrap().is_empty());

        let delete = DeleteRequest::builder().key("PK", s("p")).key("SK", s("t00")).build().unwrap();
        let delete = WriteRequest::builder().delete_request(delete).build();
        client.batch_write_item().request_items(TABLE, vec![delete]).send().await.unwrap();
        assert_eq!(client.scan().table_name(TABLE).send().await.unwrap().count(), 24);
    });
}

#[test]
fn queries_read_the_table_and_its_indexes_in_order() {
    block_on(async {
        let client = with_table().await;
        for item in [
            task("p", "t1", Some("ann"), "2"),
            task("p", "t2", None, "3"),
            task("p", "t3", Some("ann"), "1"),
            task("q", "t4", Some("ann"), "1"),
        ] {
            client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
        }
        let query = |condition: &str| client.query().table_name(TABLE).key_condition_expression(condition);

        let table = query("PK = :pk AND SK BETWEEN :a AND :b")
            .expression_attribute_values(":pk", s("p"))
            .expression_attribute_values(":a", s("t2"))
            .expression_attribute_values(":b", s("t9"))
            .send()
            .await
            .unwrap();
        assert_eq!(texts(table.items(), "SK"), ["t2", "t3"]);

        let global = query("GSI1PK = :pk").expression_attribute_values(":pk", s("ann")).index_name("GSI1");
        let newest = global.clone().scan_index_forward(false).send().await.unwrap();
        assert_eq!(texts(newest.items(), "SK"), ["t4", "t3", "t1"]);

        let local =
            query("PK = :pk").expression_attribute_values(":pk", s("p")).index_name("LSI1").send().await.unwrap();
        assert_eq!(texts(local.items(), "SK"), ["t3", "t1", "t2"]);

        let first = global.clone().limit(2).send().await.unwrap();
        let rest = global.set_exclusive_start_key(first.last_evaluated_key).send().await.unwrap();
        assert_eq!(texts(&rest.items.unwrap(), "SK"), ["t4"]);
        assert!(rest.last_evaluated_key.is_none());
    });
}

#[test]
fn segments_of_a_scan_cover_the_table_once() {
    block_on(async {
        let client = with_table().await;
        let written: Vec<String> = (0..40).map(|i| format!("p{i:02}")).collect();
        for pk in &written {
            client.put_item().table_name(TABLE).set_item(Some(task(pk, "t", None, "d"))).send().await.unwrap();
        }
        let mut read = Vec::new();
        for segment in 0..4 {
            let part = client.scan().table_name(TABLE).segment(segment).total_segments(4).send().await.unwrap();
            read.extend(texts(part.items(), "PK"));
        }
        read.sort();
        assert_eq!(read, written);
    });
}

#[test]
fn an_update_returns_what_it_changed_and_moves_the_item_in_its_index() {
    block_on(async {
        let client = with_table().await;
        client.put_item().table_name(TABLE).set_item(Some(task("p", "t", Some("ann"), "1"))).send().await.unwrap();
        let updated = client
            .update_item()
            .table_name(TABLE)
            .key("PK", s("p"))
            .key("SK", s("t"))
            .update_expression("SET GSI1PK = :bob ADD points :two")
            .expression_attribute_values(":bob", s("bob"))
            .expression_attribute_values(":two", n(2))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await
            .unwrap();
        assert_eq!(updated.attributes.unwrap(), Item::from([("GSI1PK".into(), s("bob")), ("points".into(), n(2))]));

        for (who, count) in [("ann", 0), ("bob", 1)] {
            let found = client.query().table_name(TABLE).index_name("GSI1").key_condition_expression("GSI1PK = :who");
            assert_eq!(found.expression_attribute_values(":who", s(who)).send().await.unwrap().count(), count, "{who}");
        }
        let key = |name: &str| if name == "PK" { s("p") } else { s("t") };
        let delete = client.delete_item().table_name(TABLE).key("PK", key("PK")).key("SK", key("SK"));
        let old = delete.clone().return_values(ReturnValue::AllOld).send().await.unwrap().attributes.unwrap();
        assert_eq!(old["points"], n(2));
        assert!(delete.return_values(ReturnValue::AllOld).send().await.unwrap().attributes.is_none());
    });
}

#[test]
fn transactions_write_all_and_read_together_once_per_token() {
    block_on(async {
        let client = with_table().await;
        let put = Put::builder().table_name(TABLE).set_item(Some(task("p", "a", None, "1"))).build().unwrap();
        let count = Update::builder()
            .table_name(TABLE)
            .key("PK", s("p"))
            .key("SK", s("count"))
            .update_expression("ADD tasks :one")
            .expression_attribute_values(":one", n(1))
            .build()
            .unwrap();
        let write = client
            .transact_write_items()
            .client_request_token("token")
            .transact_items(TransactWriteItem::builder().put(put).build())
            .transact_items(TransactWriteItem::builder().update(count).build());
        write.clone().send().await.unwrap();
        write.send().await.unwrap();

        let get = |sk: &str| {
            let get = Get::builder().table_name(TABLE).key("PK", s("p")).key("SK", s(sk)).build().unwrap();
            TransactGetItem::builder().get(get).build()
        };
        let read =
            client.transact_get_items().transact_items(get("a")).transact_items(get("count")).send().await.unwrap();
        let [a, count] = read.responses() else { panic!("two responses") };
        assert_eq!(a.item().unwrap()["LSI1SK"], s("1"));
        assert_eq!(count.item().unwrap()["tasks"], n(1));
    });
}

fn value() -> impl Strategy<Value = AttributeValue> {
    let text = any::<String>();
    let leaf = prop_oneof![
        text.prop_map(AttributeValue::S),
        any::<i64>().prop_map(n),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| AttributeValue::B(Blob::new(bytes))),
        any::<bool>().prop_map(AttributeValue::Bool),
        Just(AttributeValue::Null(true)),
        prop::collection::btree_set(text, 1..5).prop_map(|set| AttributeValue::Ss(set.into_iter().collect())),
    ];
    leaf.prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(AttributeValue::L),
            prop::collection::hash_map("\\PC{1,10}", inner, 0..6).prop_map(AttributeValue::M),
        ]
    })
}

/// The order of a set means nothing.
fn in_order(value: AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::Ss(mut set) => {
            set.sort();
            AttributeValue::Ss(set)
        }
        AttributeValue::L(list) => AttributeValue::L(list.into_iter().map(in_order).collect()),
        AttributeValue::M(map) => {
            AttributeValue::M(map.into_iter().map(|(name, value)| (name, in_order(value))).collect())
        }
        value => value,
    }
}

#[test]
fn an_item_is_read_as_it_was_written() {
    let client = block_on(with_table());
    proptest!(|(value in value(), pk in "\\PC{1,40}", sk in "\\PC{1,40}")| {
        let item = Item::from([("PK".into(), s(pk.clone())), ("SK".into(), s(sk.clone())), ("v".into(), value)]);
        let read = block_on(async {
            client.put_item().table_name(TABLE).set_item(Some(item.clone())).send().await?;
            client.get_item().table_name(TABLE).key("PK", s(pk)).key("SK", s(sk)).send().await.map_err(aws_sdk_dynamodb::Error::from)
        });
        let read: Item = read.unwrap().item.unwrap().into_iter().map(|(name, value)| (name, in_order(value))).collect();
        prop_assert_eq!(read, item);
    });
}
