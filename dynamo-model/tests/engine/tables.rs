//! Tables, their description, tags and end.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{BillingMode, IndexStatus, KeySchemaElement, KeyType, TableStatus, Tag};

use crate::support::{TABLE, attribute, block_on, create_table, key, s, with_table};

#[test]
fn a_table_is_described_as_it_was_created() {
    block_on(async {
        let client = with_table().await;
        let table = client.describe_table().table_name(TABLE).send().await.unwrap().table.unwrap();
        assert_eq!(table.table_status(), Some(&TableStatus::Active));
        assert_eq!(table.key_schema().iter().map(KeySchemaElement::attribute_name).collect::<Vec<_>>(), ["PK", "SK"]);
        let [global] = table.global_secondary_indexes() else { panic!("one global index") };
        assert_eq!((global.index_name(), global.index_status()), (Some("GSI1"), Some(&IndexStatus::Active)));
        let [local] = table.local_secondary_indexes() else { panic!("one local index") };
        assert_eq!(local.index_name(), Some("LSI1"));
        assert_eq!(client.list_tables().send().await.unwrap().table_names(), [TABLE]);
    });
}

#[test]
fn a_table_exists_once_until_it_is_deleted() {
    block_on(async {
        let client = with_table().await;
        let again = client
            .create_table()
            .table_name(TABLE)
            .set_attribute_definitions(Some(vec![attribute("PK")]))
            .key_schema(key("PK", KeyType::Hash))
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await
            .unwrap_err()
            .into_service_error();
        assert!(again.is_resource_in_use_exception(), "{again:?}");

        client.delete_table().table_name(TABLE).send().await.unwrap();
        let gone = client.describe_table().table_name(TABLE).send().await.unwrap_err().into_service_error();
        assert!(gone.is_resource_not_found_exception(), "{gone:?}");
        create_table(&client).await;
    });
}

#[test]
fn tags_are_kept() {
    block_on(async {
        let client = with_table().await;
        let table = client.describe_table().table_name(TABLE).send().await.unwrap().table.unwrap();
        let arn = table.table_arn().unwrap();
        let tag = Tag::builder().key("team").value("data").build().unwrap();
        client.tag_resource().resource_arn(arn).tags(tag.clone()).send().await.unwrap();
        assert_eq!(client.list_tags_of_resource().resource_arn(arn).send().await.unwrap().tags(), [tag]);
        client.untag_resource().resource_arn(arn).tag_keys("team").send().await.unwrap();
        assert!(client.list_tags_of_resource().resource_arn(arn).send().await.unwrap().tags().is_empty());
    });
}

#[test]
fn an_operation_that_is_not_there_says_so() {
    block_on(async {
        let client = with_table().await;
        let error =
            client.describe_continuous_backups().table_name(TABLE).send().await.unwrap_err().into_service_error();
        assert_eq!(error.code(), Some("UnknownOperationException"));
        assert!(error.message().unwrap().contains("`DescribeContinuousBackups`"), "{error:?}");
    });
}

#[test]
fn partiql_runs() {
    block_on(async {
        let client = with_table().await;
        client.execute_statement().statement("INSERT INTO \"main\" VALUE {'PK': 'a', 'SK': 'b'}").send().await.unwrap();
        let found =
            client.execute_statement().statement("SELECT SK FROM \"main\" WHERE PK = 'a'").send().await.unwrap();
        assert_eq!(found.items()[0]["SK"], s("b"));
    });
}
