//! The request of a collection is one query, as narrow as its members' templates allow.

use crate::model::{Alone, Group, InProject, Ranked, Ranking, View, Work};

#[test]
fn the_condition_covers_the_members_and_little_else() {
    const LIVE: &str = r#" | filter (NOT attribute_type(expires, "N") OR expires > "#;
    let begins = |text: String, with: &str| {
        let key = text.split(" | ").next().unwrap_or_default().to_owned();
        assert_eq!(key, with);
        text
    };
    let text = begins(
        View::get(("p", &7)).explain().to_string(),
        r#"Query PK = "P#p#00007" AND SK BETWEEN "META" AND "TASK$""#,
    );
    assert!(text.contains(LIVE), "{text}");
    begins(
        Work::query(("p", &7)).explain().to_string(),
        r#"Query PK = "P#p#00007" AND SK BETWEEN "NOTE#" AND "TASK$""#,
    );
    assert_eq!(Alone::query(("p", &7)).explain().to_string(), r#"Query PK = "P#p#00007" AND SK = "META""#);
    begins(Group::get("g").explain().to_string(), r#"Query GSI1 GSI1PK = "G#g" AND GSI1SK BETWEEN "META#" AND "U$""#);
    begins(
        Ranking::get(("p", &7)).explain().to_string(),
        r#"Query LSI1 PK = "P#p#00007" AND LSI1SK BETWEEN "A#" AND "B$""#,
    );
    begins(
        Ranked::query(("p", &7)).explain().to_string(),
        r#"Query LSI1 PK = "P#p#00007" AND begins_with(LSI1SK, "A#")"#,
    );
    let text = InProject::query(("p", &7)).descending().consistent().limit(4).explain().to_string();
    assert!(text.ends_with(" | forward false | consistent true | limit 5"), "{text}");
}

#[test]
fn requests_are_values() {
    assert_eq!(View::get(("p", &7)), View::get((&"p".to_owned(), &7)));
    assert_ne!(View::get(("p", &7)), View::get(("p", &8)));
    assert_ne!(InProject::query(("p", &7)), InProject::query(("p", &7)).limit(1));
    assert_eq!(format!("{:?}", View::get(("p", &7))), r#"CollectionGet { collection: "View", .. }"#);
}
