//! Items that cannot be written, and stored items that are not what they should be.

use aws_sdk_dynamodb::types::AttributeValue::{L, M, N, S};
use dynamo_model::{Error, error::ItemErrorKind, prelude::*};
use dynamo_model_tests::on_engine;
use futures_util::StreamExt as _;

use crate::{
    SECRET,
    library::{Library, Loan, Note, Reader, altered, loan, open, plant, reader},
    says,
};

fn decoding(error: &Error) -> &dynamo_model::error::ItemError {
    match error {
        Error::Decode(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_item_of_400_kb_is_refused_before_it_is_sent() {
    let text = SECRET.repeat(420 * 1024 / SECRET.len());
    let large = Reader { notes: vec![Note { text, page: 1 }], ..reader("ada") };
    let error = large.create().into_sdk().unwrap_err();
    assert!(matches!(&error, Error::Encode(item) if matches!(item.kind(), ItemErrorKind::TooLarge { .. })));
    says(&error, &["`Reader`", "create", "409600", "S3"]);
}

#[test]
fn a_flattened_name_that_is_the_tables_own_is_refused() {
    let mut sly = loan("ada", "1");
    sly.more.insert("PK".to_owned(), SECRET.to_owned());
    let error = sly.put().into_sdk().unwrap_err();
    says(&error, &["`Loan`", "`PK`", "rename"]);
}

#[test]
fn a_flattened_name_of_an_index_that_the_item_is_not_in_is_refused() {
    let mut sly = loan("ada", "1");
    sly.more.insert("GSI1PK".to_owned(), SECRET.to_owned());
    let error = sly.put().into_sdk().unwrap_err();
    says(&error, &["`Loan` put", "`GSI1PK`", "rename"]);
}

#[test]
fn a_bad_item_behind_a_page_does_not_fail_the_page() {
    on_engine("a_bad_item_behind_a_page_does_not_fail_the_page", async |client| {
        let db = open(client).await;
        for book in ["1", "2", "3"] {
            loan("ada", book).create().send(&db).await.unwrap();
        }
        plant(&db, altered(loan("ada", "3").to_item().unwrap(), &[("days", None)])).await;
        let page = Loan::of_reader("ada").limit(2).page(&db).await.unwrap();
        assert_eq!(page.items, [loan("ada", "1"), loan("ada", "2")]);
        let error = Loan::of_reader("ada").limit(2).after(page.next).page(&db).await.unwrap_err();
        says(&error, &["`Loan` query", "days"]);

        let mut stream = std::pin::pin!(Loan::of_reader("ada").stream(&db));
        assert_eq!(stream.next().await.unwrap().unwrap(), loan("ada", "1"));
        assert_eq!(stream.next().await.unwrap().unwrap(), loan("ada", "2"));
        assert!(stream.next().await.unwrap().is_err());
        assert!(stream.next().await.is_none());
    });
}

#[test]
fn a_stored_item_of_the_wrong_type_names_the_path() {
    on_engine("a_stored_item_of_the_wrong_type_names_the_path", async |client| {
        let db = open(client).await;
        let note = |page| M([("text".to_owned(), S(SECRET.to_owned())), ("page".to_owned(), page)].into());
        let notes = L(vec![note(N("1".to_owned())), note(S(SECRET.to_owned()))]);
        plant(&db, altered(reader("ada").to_item().unwrap(), &[("notes", Some(notes))])).await;

        let error = Reader::get("ada").send(&db).await.unwrap_err();
        let item = decoding(&error);
        assert_eq!((item.entity(), item.path().as_deref()), ("Reader", Some("notes[1].page")));
        says(&error, &["`Reader`", "get", "notes[1].page", "number (N)", "string (S)"]);
        let error = Reader::scan().all(&db).await.unwrap_err();
        says(&error, &["scan", "notes[1].page"]);
    });
}

#[test]
fn a_missing_attribute_is_named() {
    on_engine("a_missing_attribute_is_named", async |client| {
        let db = open(client).await;
        plant(&db, altered(loan("ada", "1").to_item().unwrap(), &[("days", None)])).await;
        let error = Loan::of_reader("ada").all(&db).await.unwrap_err();
        says(&error, &["`Loan`", "query", "days", "missing"]);
    });
}

#[test]
fn a_missing_type_attribute_is_no_guess() {
    on_engine("a_missing_type_attribute_is_no_guess", async |client| {
        let db = open(client).await;
        let untyped = altered(loan("ada", "1").to_item().unwrap(), &[("entityType", None)]);
        plant(&db, untyped.clone()).await;
        for error in [
            Loan::get("ada", "1").send(&db).await.unwrap_err(),
            Loan::of_reader("ada").all(&db).await.unwrap_err(),
            Loan::exists("ada", "1").send(&db).await.unwrap_err(),
        ] {
            assert!(matches!(decoding(&error).kind(), ItemErrorKind::NoType { attribute: "entityType", .. }));
            says(&error, &["`Loan`", "`entityType`", "set it"]);
        }
        says(&Library::from_item(untyped).unwrap_err(), &["`library`", "`entityType`"]);
    });
}

#[test]
fn another_entitys_item_under_the_key_is_not_taken_for_this_one() {
    on_engine("another_entitys_item_under_the_key_is_not_taken_for_this_one", async |client| {
        let db = open(client).await;
        let disguised = altered(loan("ada", "1").to_item().unwrap(), &[("entityType", Some(S("Reader".to_owned())))]);
        plant(&db, disguised).await;
        let error = Loan::get("ada", "1").send(&db).await.unwrap_err();
        says(&error, &["`Loan`", "`entityType`", "`Reader`"]);
        assert!(Loan::exists("ada", "1").send(&db).await.is_err());
        // A query passes over it.
        loan("ada", "2").create().send(&db).await.unwrap();
        assert_eq!(Loan::of_reader("ada").all(&db).await.unwrap(), [loan("ada", "2")]);
        assert_eq!(Loan::of_reader("ada").count(&db).await.unwrap(), 1);
    });
}

#[test]
fn an_entity_that_the_table_does_not_know_is_named_as_that() {
    let newer = altered(loan("ada", "1").to_item().unwrap(), &[("entityType", Some(S(SECRET.to_owned())))]);
    says(&Library::from_item(newer.clone()).unwrap_err(), &["`library`", "newer program"]);
    says(&Loan::from_item(newer).unwrap_err(), &["`Loan`", "newer program"]);
}

#[test]
fn a_reason_with_values_is_there_for_those_who_ask() {
    let broken = altered(loan("ada", "1").to_item().unwrap(), &[("days", Some(N("70000".to_owned())))]);
    let error = Loan::from_item(broken).unwrap_err();
    says(&error, &["`Loan`", "days"]);
    assert!(!error.to_string().contains("70000"), "{error}");
    assert!(decoding(&error).reveal().contains("70000"), "{}", decoding(&error).reveal());
}

#[test]
fn the_tables_own_attributes_are_not_taken_for_data() {
    let item = loan("ada", "1").to_item().unwrap();
    assert_eq!(Loan::from_item(item).unwrap().more, [].into());
}
