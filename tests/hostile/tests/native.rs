//! Native indexes of callers with raw identifiers, generics, and names of ours.

use dm::prelude::*;

type Outcome = Result<(), dm::Error>;

mod raw {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Table)]
    #[table(crate = dm, name = "raw", pk = "PK", gsi(r#type, native(pk = ("type", "key"), sk = ("match", "native", "query"))))]
    pub(super) enum r#Enum {
        r#Struct(r#Struct),
    }

    /// Fields called like our methods and locals.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(crate = dm, table = r#Enum, pk = "{type}")]
    #[entity(index(r#type, name = r#yield, native(pk = (r#type, key), sk = (r#match, native, query))))]
    pub(super) struct r#Struct {
        pub(super) r#type: String,
        pub(super) key: String,
        pub(super) r#match: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(super) native: Option<r#Loop>,
        pub(super) query: Timestamp,
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
    use raw::{Enum, Loop, Struct};

    let db = Enum::embedded().await?;
    let query = Timestamp::UNIX_EPOCH;
    let written = Struct { r#type: "a".to_owned(), key: "k".to_owned(), r#match: 7, native: Some(Loop::While), query };
    written.clone().create().send(&db).await?;
    Struct { r#type: "b".to_owned(), native: None, ..written.clone() }.create().send(&db).await?;

    let all = Struct::r#yield("a", "k").r#match(7).native(Loop::While).query(..=query).all(&db).await?;
    assert_eq!(all, std::slice::from_ref(&written));
    assert_eq!(Struct::r#yield("a", "k").r#match(5..=7).all(&db).await?, [written]);
    assert_eq!(Struct::r#yield("b", "k").count(&db).await?, 0);
    Ok(())
}

/// A shape of which the key's types are not known where it is written.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(crate = dm, name = "generic", pk = "PK", gsi(GSI1, native(pk = ("owner", "of"), sk = "rank")))]
enum Generic {
    Thing(Thing<u64, Id<String>>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[serde(bound = "R: Serialize + for<'any> Deserialize<'any>, O: Serialize + for<'any> Deserialize<'any>")]
#[entity(crate = dm, table = Generic, pk = "THING#{id}")]
#[entity(index(GSI1, name = of_owner, native(pk = (owner, of), sk = rank)))]
struct Thing<R, O>
where
    R: Serialize + for<'any> Deserialize<'any> + Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static,
    O: Serialize + for<'any> Deserialize<'any> + Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static,
{
    id: u32,
    owner: O,
    of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rank: Option<R>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
#[key_part(crate = dm)]
struct Id<T>(T);

#[tokio::test]
async fn types_of_generic_entities_are_those_of_the_table() -> Outcome {
    let db = Generic::embedded().await?;
    assert_eq!(db.verify().await?, []);
    let owner = Id("ada".to_owned());
    for id in 1..=3 {
        let rank = (id != 2).then(|| u64::from(id) * 10);
        Thing { id, owner: owner.clone(), of: "x".to_owned(), rank }.create().send(&db).await?;
    }
    let found = Thing::<u64, Id<String>>::of_owner(&owner, "x").rank(5..30).all(&db).await?;
    assert_eq!(found.iter().map(|thing| thing.id).collect::<Vec<_>>(), [1]);
    assert_eq!(Thing::<u64, Id<String>>::of_owner(&owner, "x").descending().count(&db).await?, 2);
    Ok(())
}
