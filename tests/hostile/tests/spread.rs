//! Items that are spread over partitions: raw names, generics, a crate of another name, fields that are called like our
//! methods.

#![allow(clippy::cloned_ref_to_slice_refs, reason = "a list of items reads as what is expected")]
#![deny(unused, missing_docs, unreachable_pub, private_interfaces, private_bounds)]

type Outcome = Result<(), dm::Error>;

/// What may be the field of a generic event.
trait Payload: std::fmt::Debug + Clone + PartialEq + Send + Sync + Serialize + for<'de> Deserialize<'de> + 'static {}

impl Payload for u8 {}

mod model {
    #![no_implicit_prelude]

    use ::serde::{Deserialize, Serialize};
    use ::std::{option::Option, string::String};

    #[derive(Debug, Clone, PartialEq, ::dm::Table)]
    #[table(
        crate = ::dm,
        name = "spread",
        pk = "PK",
        sk = "SK",
        gsi(GSI1, pk = "GSI1PK", sk = "GSI1SK"),
        gsi(GSI2, pk = "GSI2PK"),
        lsi(LSI1, sk = "LSI1SK")
    )]
    pub(crate) enum Spread {
        Event(Event<u8>),
        Reading(Reading),
    }

    /// Generic, with a shard of a field of a parameter's type.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
    #[serde(bound = "")]
    #[entity(crate = ::dm, table = Spread, pk = "{limit:shard(3)}", sk = "E#{stream}#{limit}", name = r#match)]
    #[entity(index(GSI2, name = all_of, pk = "{page}#{limit:shard(1000)}"))]
    #[entity(index(LSI1, name = by_page, sk = "{page}"))]
    pub(crate) struct Event<P>
    where
        P: super::Payload,
    {
        pub(crate) limit: P,
        pub(crate) stream: String,
        pub(crate) page: Option<u8>,
    }

    /// Fields called like what the library calls its own.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ::dm::Entity)]
    #[entity(crate = ::dm, table = Spread, pk = "R{type}{in:year}", sk = "{in}{descending}", name = readings)]
    #[entity(index(GSI1, name = r#loop, pk = "L#{in:month}{descending:shard(2)}", sk = "{in}#{all}"))]
    pub(crate) struct Reading {
        pub(crate) r#type: u8,
        pub(crate) r#in: When,
        pub(crate) descending: u8,
        pub(crate) all: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ::dm::KeyPart)]
    #[key_part(crate = ::dm)]
    pub(crate) struct When(pub(crate) ::dm::Timestamp);
}

use dm::prelude::*;
use model::{Event, Reading, Spread, When};

#[tokio::test]
async fn spread_queries_of_hostile_names() -> Outcome {
    let db = Spread::embedded().await?;
    let mut events = Vec::new();
    for limit in 0..9 {
        let event = Event { limit, stream: "s".to_owned(), page: Some(limit % 2) };
        events.push(event.create().send(&db).await?);
    }
    assert_eq!(Event::<u8>::r#match().stream("s").all(&db).await?, events);
    assert_eq!(Event::<u8>::r#match().stream("s").limit(3..5).all(&db).await?, events[3..5]);
    assert_eq!(Event::<u8>::by_page().page(1).count(&db).await?, 4);
    assert_eq!(Event::<u8>::all_of(&1).concurrency(64).count(&db).await?, 4);

    let when = |millis| When(Timestamp::from_millis(millis).expect("in range"));
    let (first, second) = (when(-1), when(0));
    let reading = |at: &When| Reading { r#type: 1, r#in: at.clone(), descending: 2, all: Some("a".to_owned()) };
    let (old, new) = (reading(&first).create().send(&db).await?, reading(&second).create().send(&db).await?);
    let both = Reading::readings(&1).r#in(&first..=&second);
    assert_eq!(both.clone().explain().requests(), 2);
    assert_eq!(both.descending().all(&db).await?, [new.clone(), old.clone()]);
    assert_eq!(Reading::readings(&1).r#in(first.clone()).descending(2).all(&db).await?, [old.clone()]);
    assert_eq!(Reading::r#loop().r#in(first..second.clone()).all(&db).await?, [old.clone()]);
    assert_eq!(Reading::r#loop().r#in(&second).all("a").first(&db).await?, Some(new.clone()));
    assert_eq!(Reading::get(&1, &old.r#in, &2).send(&db).await?, Some(old.clone()));

    // What an index key is made of takes the key along, its shard and its period too.
    let key = new.key();
    key.update().set(|reading| reading.all().to(Some("b".to_owned()))).send(&db).await?;
    assert_eq!(Reading::r#loop().r#in(&second).all("b").count(&db).await?, 1);
    Ok(())
}
