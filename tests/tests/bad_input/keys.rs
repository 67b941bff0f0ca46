//! Values that make no key: refused before anything is sent.

use dynamo_model::{Error, key::KeyErrorKind, prelude::*};

use crate::{
    SECRET,
    library::{Library, Loan, Reader, loan, reader},
    says,
};

fn kind(error: &Error) -> &KeyErrorKind {
    match error {
        Error::Key(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_empty_id_names_the_entity_and_the_field() {
    for error in [
        Reader::get("").into_sdk().unwrap_err(),
        Reader::exists("").into_sdk().unwrap_err(),
        Reader::delete("").into_sdk().unwrap_err(),
        reader("").create().into_sdk().unwrap_err(),
        reader("").put().into_sdk().unwrap_err(),
    ] {
        assert_eq!(kind(&error), &KeyErrorKind::EmptyPart);
        says(&error, &["`Reader`", "`PK`", "`reader`", "at least one character"]);
    }
    let error = Loan::of_reader("").into_sdk().unwrap_err();
    says(&error, &["`Loan` query", "`reader`"]);
    says(&Reader::get("").into_sdk().unwrap_err(), &["`Reader` get"]);
    says(&reader("").put().into_sdk().unwrap_err(), &["`Reader` put"]);
}

#[test]
fn an_empty_part_of_an_index_key_is_not_written_either() {
    let error = Reader { city: Some(String::new()), ..reader("ada") }.create().into_sdk().unwrap_err();
    says(&error, &["`Reader`", "`GSI1PK`", "`city`", "is empty"]);
}

#[test]
fn a_key_that_is_too_long_names_its_length_and_the_limit() {
    let long = SECRET.repeat(256);
    for error in [
        Reader::get(&long).into_sdk().unwrap_err(),
        reader(&long).create().into_sdk().unwrap_err(),
        Loan::of_reader(&long).into_sdk().unwrap_err(),
    ] {
        assert_eq!(kind(&error), &KeyErrorKind::TooLong { bytes: long.len() + "READER#".len(), limit: 2048 });
        says(&error, &["`PK`", "`reader`", "3079 bytes", "2048", "shorten"]);
    }
    let error = loan("ada", &long).put().into_sdk().unwrap_err();
    says(&error, &["`SK`", "`book`", "1024"]);
    let error = Loan::of_reader("ada").book(..&*long).into_sdk().unwrap_err();
    says(&error, &["`SK`", "`book`", "1024"]);
}

#[tokio::test]
async fn a_key_that_cannot_be_built_is_never_sent() {
    let db = Db::<Library>::new(crate::scripted::client_that_answers_nothing());
    says(&Reader::get("").send(&db).await.unwrap_err(), &["`reader`"]);
    says(&Loan::of_reader("").all(&db).await.unwrap_err(), &["`reader`"]);
    says(&Loan::of_reader("").count(&db).await.unwrap_err(), &["`reader`"]);
}

#[test]
fn a_text_that_is_no_key_names_the_template() {
    let error = Loan::parse_key("READER#ada", "LOAM#1").unwrap_err();
    assert!(error.to_string().contains("`LOAN#{book}`"), "{error}");
    let error = Loan::parse_key("READER#ada", "LOAN#").unwrap_err();
    assert!(error.to_string().contains("`book` is empty"), "{error}");
    let error = Loan::parse_key("READER#ada", &format!("LOAN#{SECRET}%zz")).unwrap_err();
    assert!(error.to_string().contains("`book`") && !error.to_string().contains(SECRET), "{error}");
    assert!(Loan::parse_key("READER#ada", "LOAN#1#2").is_err());
}

#[test]
fn an_explanation_says_why_nothing_would_be_sent() {
    let explanation = Reader::get("").explain();
    assert_eq!(explanation.operation(), "GetItem");
    assert!(explanation.to_string().contains("not sent") && explanation.to_string().contains("`reader`"));
    let explanation = Loan::of_reader("ada").book("b".."a").explain();
    assert!(explanation.unsent().is_some_and(|reason| reason.contains("range is empty")), "{explanation}");
}
