//! What is asked of DynamoDB: the attributes that were named, and those that the library needs.

use dynamo_model::{op::Context, prelude::*};

use crate::{
    model::{Book, Crate},
    shapes::{Card, Heading, Place},
};

fn attributes(explanation: &dynamo_model::explain::Explanation) -> Vec<String> {
    let text = explanation.to_string();
    let asked = text.split(" | ").find_map(|part| part.strip_prefix("project "));
    let mut asked: Vec<String> = asked.unwrap_or_default().split(", ").map(str::to_owned).collect();
    asked.sort_unstable();
    asked
}

#[test]
fn only_what_is_named_is_asked_for() {
    let own = ["PK", "SK", "expires", "kind"];
    let with = |more: &[&str]| {
        let mut all: Vec<String> = own.iter().chain(more).map(|name| (*name).to_owned()).collect();
        all.sort_unstable();
        all
    };
    let card = ["heading", "number", "points", "price", "tags"];
    assert_eq!(attributes(&Book::get("s", &1).select::<Card>().explain()), with(&card));
    assert_eq!(attributes(&Book::on_shelf("s").select::<Card>().explain()), with(&card));
    assert_eq!(attributes(&Book::scan().select::<Card>().explain()), with(&card));
    let on_index = [&card[..], &["SOMESK"]].concat();
    assert_eq!(attributes(&Book::in_brief("g").select::<Card>().explain()), with(&on_index));
    assert_eq!(attributes(&Book::near("s").select::<Heading>().explain()), with(&["heading", "points", "NEARSK"]));
    let places = ["home.CITY", "home.FLOOR", "home.ROOMS"];
    assert_eq!(attributes(&Book::on_shelf("s").select::<Place>().explain()), with(&places));
    assert_eq!(attributes(&Book::listed("g").hydrate().explain()), with(&["OWNSK"]));
    // What an index of keys does not carry cannot be asked of it.
    assert_eq!(attributes(&Crate::bare("g").keys().explain()), ["BARESK", "PK", "SK"]);
    assert_eq!(attributes(&Crate::brief("s").hydrate().explain()), ["BRIEFSK", "PK", "SK"]);
}

#[test]
fn an_index_of_keys_is_not_filtered_by_what_it_lacks() {
    let context = Context::of(<crate::model::Library as dynamo_model::Table>::SCHEMA.table);
    let text = Crate::bare("g").keys().explain_in(&context).to_string();
    assert!(!text.contains("filter"), "{text}");
    let text = Book::in_brief("g").keys().explain_in(&context).to_string();
    assert!(text.contains("filter") && text.contains("expires"), "{text}");
}
