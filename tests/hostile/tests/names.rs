//! Names in the way: raw identifiers, fields called like our methods and locals, types that shadow the prelude's.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]

use dm::prelude::*;

type Outcome = std::result::Result<(), dm::Error>;

mod raw {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "raw", pk = "PK", sk = "SK", gsi(r#type, pk = "TPK", sk = "TSK"), gsi(r#mut, pk = "MPK"))]
    pub(super) enum r#Enum {
        r#Struct(r#Struct),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = r#Enum, pk = "TYPE#{type}", sk = "MATCH#{match}#{loop}", name = r#where)]
    #[entity(index(r#type, name = r#yield, pk = "LOOP#{loop}", sk = "{match}"))]
    #[entity(index(r#mut, name = r#virtual, pk = "{mut}"))]
    pub(super) struct r#Struct {
        pub(super) r#type: String,
        pub(super) r#match: u8,
        pub(super) r#loop: r#Loop,
        #[entity(version)]
        pub(super) r#move: Version,
        pub(super) r#static: r#Inner,
        pub(super) r#mut: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Attribute)]
    #[attribute(crate = dm)]
    pub(super) struct r#Inner {
        pub(super) r#dyn: u8,
        pub(super) r#box: Option<String>,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
    #[key_part(crate = dm)]
    pub(super) enum r#Loop {
        r#For,
        r#While,
    }
}

#[tokio::test]
async fn raw_identifiers_lose_their_mark() -> Outcome {
    use raw::{Enum, Inner, Loop, Struct};

    let db = Enum::embedded().await?;
    let written = Struct {
        r#type: "a".to_owned(),
        r#match: 7,
        r#loop: Loop::While,
        r#move: Version::default(),
        r#static: Inner { r#dyn: 3, r#box: None },
        r#mut: "old".to_owned(),
    };
    let written = written.create().send(&db).await?;
    let item = written.to_item()?;
    assert_eq!(item["PK"].as_s().map(String::as_str), Ok("TYPE#a"));
    assert_eq!(item["SK"].as_s().map(String::as_str), Ok("MATCH#007#While"));
    assert_eq!(item["TPK"].as_s().map(String::as_str), Ok("LOOP#While"));
    assert!(item.contains_key("type") && item.contains_key("match") && item.contains_key("move"));

    assert_eq!(Struct::get("a", &7, &Loop::While).send(&db).await?, Some(written.clone()));
    assert_eq!(Struct::r#where("a").r#match(5..=7).all(&db).await?, [written.clone()]);
    assert_eq!(Struct::r#yield(&Loop::While).r#match(7).all(&db).await?, [written.clone()]);
    assert_eq!(Struct::parse_key("TYPE#a", "MATCH#007#While")?, written.key());

    let update = Struct::update("a", &7, &Loop::While);
    update.clone().set(|s| s.r#static().r#dyn().add(1)).set(|s| s.r#mut().to("new")).send(&db).await?;
    update.set(|s| s.r#static().r#box().to("b")).when(|s| s.r#mut().eq("new")).send(&db).await?;
    let changed = Struct::get("a", &7, &Loop::While).send(&db).await?;
    let changed = changed.map(|changed| (changed.r#static, changed.r#mut, changed.r#move));
    assert_eq!(changed, Some((Inner { r#dyn: 4, r#box: Some("b".to_owned()) }, "new".to_owned(), Version::from(3))));
    Ok(())
}

mod ours {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "ours", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub(super) enum Ours {
        Methods(Methods),
        Locals(Locals),
    }

    /// Fields called like the methods that the derive and the traits have.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Ours, pk = "M#{key}#{new}#{get}", sk = "{query}#{limit}#{page}#{send}#{all}")]
    #[entity(index(GSI1, name = found, pk = "{condition}#{name}", sk = "{into_query}#{after}#{clone}#{filter}#{explain}"))]
    pub(super) struct Methods {
        pub(super) key: String,
        pub(super) new: String,
        pub(super) get: String,
        pub(super) query: String,
        pub(super) limit: u8,
        pub(super) page: u8,
        pub(super) send: u8,
        pub(super) all: u8,
        pub(super) condition: String,
        pub(super) name: String,
        pub(super) into_query: u8,
        pub(super) after: u8,
        pub(super) clone: u8,
        pub(super) filter: u8,
        pub(super) explain: u8,
        pub(super) schema: u8,
        pub(super) create: u8,
        pub(super) to_item: u8,
        pub(super) fields: u8,
    }

    /// Fields called like the locals of generated code.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = Ours, pk = "L#{pk}#{sk}#{self_}", sk = "{__keys}#{__query}#{__texts}#{__condition}")]
    pub(super) struct Locals {
        pub(super) pk: String,
        pub(super) sk: String,
        pub(super) self_: String,
        pub(super) __keys: u8,
        pub(super) __query: u8,
        pub(super) __texts: u8,
        pub(super) __condition: u8,
        #[entity(version)]
        pub(super) __stamp: Version,
        #[entity(created_at)]
        pub(super) __item: Timestamp,
        #[entity(updated_at)]
        pub(super) __version: Timestamp,
    }
}

#[tokio::test]
async fn fields_may_be_called_like_methods() -> Outcome {
    use ours::{Methods, Ours};

    let db = Ours::embedded().await?;
    let written = Methods {
        key: "k".to_owned(),
        new: "n".to_owned(),
        get: "g".to_owned(),
        query: "q".to_owned(),
        limit: 1,
        page: 2,
        send: 3,
        all: 4,
        condition: "c".to_owned(),
        name: "n".to_owned(),
        into_query: 5,
        after: 6,
        clone: 7,
        filter: 8,
        explain: 9,
        schema: 10,
        create: 11,
        to_item: 12,
        fields: 13,
    };
    let written = written.create().send(&db).await?;
    assert_eq!(Methods::get("k", "n", "g", "q", &1, &2, &3, &4).send(&db).await?, Some(written.clone()));
    // A step's own parts come before what every query has.
    let query = Methods::query("k", "n", "g").query("q").limit(1).page(2).send(3).all(..=4);
    assert_eq!(query.limit(5).all(&db).await?, [written.clone()]);
    let query = Methods::found("c", "n").into_query(5).after(6).clone(7).filter(8).explain(9);
    assert_eq!(query.all(&db).await?, [written.clone()]);
    let step = Methods::query("k", "n", "g").query("q");
    assert_eq!(QueryRequest::limit(step, 1).all(&db).await?, [written]);
    Ok(())
}

#[tokio::test]
async fn fields_may_be_called_like_locals() -> Outcome {
    use ours::{Locals, Ours};

    let db = Ours::embedded().await?;
    let written = Locals {
        pk: "p".to_owned(),
        sk: "s".to_owned(),
        self_: "self".to_owned(),
        __keys: 1,
        __query: 2,
        __texts: 3,
        __condition: 4,
        __stamp: Version::default(),
        __item: Timestamp::default(),
        __version: Timestamp::default(),
    };
    let written = written.create().send(&db).await?;
    assert_eq!(written.key().get().send(&db).await?, Some(written.clone()));
    assert_eq!(
        Locals::query("p", "s", "self").__keys(1).__query(2).__texts(3).__condition(0..9).all(&db).await?,
        [written]
    );
    Ok(())
}

/// Nothing that the prelude has is what it says here.
#[allow(dead_code)]
mod shadowed {
    use ::dm::{Attribute, Entity, KeyPart, Table};
    use ::serde::{Deserialize, Serialize};

    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Box;
    struct Vec;
    struct String;
    struct Option;
    struct Result;
    trait Clone {}
    trait Copy {}
    trait Debug {}
    trait Default {}
    trait Eq {}
    trait PartialEq {}
    trait From {}
    trait Into {}
    trait Sized {}
    trait Iterator {}
    mod core {}
    mod std {}
    mod dynamo_model {}

    #[derive(::std::fmt::Debug, ::std::clone::Clone, ::std::cmp::PartialEq, Table)]
    #[table(crate = ::dm, name = "shadowed", pk = "PK", sk = "SK", gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"))]
    pub(super) enum Shadowed {
        Thing(::std::boxed::Box<Thing>),
    }

    #[derive(::std::fmt::Debug, ::std::clone::Clone, ::std::cmp::PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = ::dm, table = Shadowed, pk = "THING#{id}", sk = "PART#{part}#{kind}", name = parts)]
    #[entity(index(GSI1, name = by_owner, pk = "OWNER#{owner}", sk = "{part}"))]
    pub(super) struct Thing {
        pub(super) id: ::std::string::String,
        pub(super) part: u8,
        pub(super) kind: Kind,
        pub(super) owner: ::std::option::Option<Id>,
        #[entity(version)]
        pub(super) version: ::dm::Version,
        #[entity(created_at)]
        pub(super) created: ::dm::Timestamp,
        #[entity(updated_at)]
        pub(super) updated: ::dm::Timestamp,
        pub(super) inside: Inside<u8>,
    }

    #[derive(::std::fmt::Debug, ::std::clone::Clone, ::std::cmp::PartialEq, Serialize, Deserialize, Attribute)]
    #[attribute(crate = ::dm)]
    pub(super) struct Inside<T> {
        pub(super) value: ::std::option::Option<T>,
        pub(super) known: Known,
    }

    #[derive(::std::fmt::Debug, ::std::clone::Clone, ::std::cmp::PartialEq, Serialize, Deserialize, Attribute)]
    #[attribute(crate = ::dm)]
    pub(super) struct Known(pub(super) u8);

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::std::cmp::PartialEq,
        ::std::cmp::Eq,
        ::std::hash::Hash,
        Serialize,
        Deserialize,
        KeyPart,
    )]
    #[key_part(crate = ::dm)]
    pub(super) struct Id(pub(super) ::std::string::String);

    #[derive(
        ::std::fmt::Debug,
        ::std::clone::Clone,
        ::std::cmp::PartialEq,
        ::std::cmp::Eq,
        ::std::hash::Hash,
        Serialize,
        Deserialize,
        KeyPart,
    )]
    #[key_part(crate = ::dm)]
    pub(super) enum Kind {
        Large,
    }
}

#[tokio::test]
async fn the_preludes_names_may_mean_other_things() -> Outcome {
    use shadowed::{Id, Inside, Kind, Known, Shadowed, Thing};

    let db = Shadowed::embedded().await?;
    let thing = Thing {
        id: "t".to_owned(),
        part: 1,
        kind: Kind::Large,
        owner: Some(Id("o".to_owned())),
        version: Version::default(),
        created: Timestamp::default(),
        updated: Timestamp::default(),
        inside: Inside { value: None, known: Known(1) },
    };
    let thing = thing.create().send(&db).await?;
    assert_eq!(Thing::by_owner(&Id("o".to_owned())).part(..).all(&db).await?, [thing.clone()]);
    assert_eq!(Shadowed::from_item(thing.to_item()?)?, Shadowed::from(thing));
    let update = Thing::update("t", &1, &Kind::Large).set(|t| t.owner().to(Id("p".to_owned())));
    update.set(|t| (t.inside().value().to(3), t.inside().known().add(Known(1)))).send(&db).await?;
    let changed = Thing::by_owner(&Id("p".to_owned())).all(&db).await?;
    assert_eq!(changed[0].inside, Inside { value: Some(3), known: Known(2) });
    Ok(())
}
